import { concat } from "./bytes.ts";
import { parsedUrl } from "./public-url.ts";
import { failureCode, NEVER_CONNECTED } from "./vendor-call.ts";

/** What came of fetching a file. `file` is any answer with its bytes, an error's as well: see `status`. */
export type FileAnswer =
  | {
      readonly type: "file";
      readonly status: number;
      readonly headers: Headers;
      readonly bytes: Uint8Array;
    }
  | { readonly type: "too-large" }
  /** It leads to where we do not go. */
  | { readonly type: "forbidden" }
  | { readonly type: "unreached"; readonly reason: string }
  | { readonly type: "unanswered"; readonly reason: string };

export type FileCall = {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** May we go there? Asked for the address and for each it redirects to. Without it no redirect is followed. */
  allowed?(url: string): boolean;
};

const TIMEOUT_MS = 60_000;
const MOST_REDIRECTS = 3;

/**
 * GET a file of at most `maxBytes`, counted as they come whatever length is claimed, within a minute in all. Never
 * rejects. The reason holds no URL.
 */
export async function fetchFile(send: typeof fetch, call: FileCall): Promise<FileAnswer> {
  try {
    return await follow(send, call, AbortSignal.timeout(TIMEOUT_MS));
  } catch (error) {
    const reason = failureCode(error);
    return { type: NEVER_CONNECTED.has(reason) ? "unreached" : "unanswered", reason };
  }
}

async function follow(
  send: typeof fetch,
  call: FileCall,
  signal: AbortSignal,
): Promise<FileAnswer> {
  let { url } = call;
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    if (call.allowed?.(url) === false) return { type: "forbidden" };
    const headers = hops === 0 ? { ...call.headers } : {};
    const response = await send(url, { headers, redirect: "manual", signal });
    if (response.status < 300 || response.status >= 400) return read(response, call.maxBytes);
    await response.body?.cancel();
    const location = response.headers.get("location");
    const next = location === null ? null : parsedUrl(location, url);
    if (call.allowed === undefined || next === null) break;
    url = next.href;
  }
  return { type: "unanswered", reason: "redirected" };
}

async function read(response: Response, maxBytes: number): Promise<FileAnswer> {
  const { status, headers } = response;
  if (Number(headers.get("content-length") ?? 0) > maxBytes) {
    await response.body?.cancel();
    return { type: "too-large" };
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const next = await reader?.read();
    if (next?.value === undefined) break;
    length += next.value.length;
    if (length > maxBytes) {
      await reader?.cancel();
      return { type: "too-large" };
    }
    chunks.push(next.value);
  }
  return { type: "file", status, headers, bytes: concat(...chunks) };
}

/** The file name in a `content-disposition` header; null when there is none to be read. */
export function fileNameIn(headers: Headers): string | null {
  const header = headers.get("content-disposition") ?? "";
  const extended = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(header)?.[1];
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(header);
  const written = extended ?? plain?.[1] ?? plain?.[2] ?? "";
  try {
    return decodeURIComponent(written) || null;
  } catch {
    return written; // a percent sign that is one
  }
}
