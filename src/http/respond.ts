import type { HttpReply } from "../ports/channel.ts";

/** A reply as Hono takes it. */
export function respond({ status, headers, body }: HttpReply): Response {
  return new Response(body, { status, headers });
}
