import type { Context } from "hono";
import type { RawRequest } from "../ports/channel.ts";

type Headers = RawRequest["headers"];

/** The request as it came, for a channel to prove. */
export async function rawRequest(c: Context): Promise<RawRequest> {
  const { method, url } = c.req;
  return {
    method: method === "GET" ? "GET" : "POST",
    query: url.includes("?") ? new URL(url).search.slice(1) : "",
    headers: headersOf(c),
    body: new Uint8Array(await c.req.arrayBuffer()),
  };
}

/** All headers, lower-cased: Node's own parsed ones where there are any, since a `Headers` object is slow to make. */
export function headersOf(c: Context): Headers {
  const { incoming } = (c.env ?? {}) as { readonly incoming?: { readonly headers?: Headers } };
  return incoming?.headers ?? c.req.header();
}
