import type { IncomingMessage } from "node:http";
import { sameText } from "./wire/bytes.ts";

/**
 * Is it an operator who asks? Who has the admin token is one, and who asks from the machine itself. What a proxy passes
 * on comes from that machine too, so that a forwarded request needs the token.
 */
export function isOperator(
  { headers, socket }: IncomingMessage,
  adminToken: string | null,
): boolean {
  const { authorization = "", forwarded, "x-forwarded-for": forwardedFor } = headers;
  if (adminToken !== null && sameText(authorization, `Bearer ${adminToken}`)) return true;
  if (forwarded !== undefined || forwardedFor !== undefined) return false;
  const { remoteAddress } = socket;
  return (
    remoteAddress === "127.0.0.1" || remoteAddress === "::1" || remoteAddress === "::ffff:127.0.0.1"
  );
}
