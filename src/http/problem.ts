import type { HttpReply } from "../ports/channel.ts";

/** An error reply after RFC 9457. It says what is wrong, and nothing of what the request held. */
export function problem(
  status: number,
  code: string,
  detail: string,
  headers: HttpReply["headers"] = {},
): HttpReply {
  return {
    status,
    headers: { "content-type": "application/problem+json", ...headers },
    body: JSON.stringify({ type: "about:blank", status, code, detail }),
  };
}
