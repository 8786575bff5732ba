import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An error reply after RFC 9457. It says what is wrong, and nothing of what the request held. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  detail: string,
): Response {
  c.header("content-type", "application/problem+json");
  return c.body(JSON.stringify({ type: "about:blank", status, code, detail }), status);
}
