import { base64, fromBase64, sameText, utf8, utf8Text } from "../../wire/bytes.ts";
import { hmacSha256 } from "../../wire/hmac.ts";

/** Who is on the other side of a web page: a random id that only our signature makes believable. */
export type VisitorSession = { readonly visitor: string; readonly name: string | null; readonly expiresAt: number };

/** Sign a session into a token for the page to keep: base64url of the JSON, a dot, and its HMAC-SHA256. */
export async function sealSession(session: VisitorSession, secret: string): Promise<string> {
  const payload = urlSafe(base64(utf8(JSON.stringify(session))));
  return `${payload}.${await sign(payload, secret)}`;
}

/** The session in a token, or null when it is forged, broken or over. */
export async function openSession(token: string, secret: string, now: number): Promise<VisitorSession | null> {
  const [payload = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || !sameText(await sign(payload, secret), signature)) return null;
  const session = JSON.parse(utf8Text(fromBase64(payload.replaceAll("-", "+").replaceAll("_", "/")))) as VisitorSession;
  return session.expiresAt > now ? session : null;
}

async function sign(payload: string, secret: string): Promise<string> {
  return urlSafe(base64(await hmacSha256(utf8(secret), utf8(payload))));
}

function urlSafe(text: string): string {
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
