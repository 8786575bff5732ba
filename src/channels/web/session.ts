import { z } from "zod";
import { base64, fromBase64, sameText, utf8 } from "../../wire/bytes.ts";
import { hmacSha256 } from "../../wire/hmac.ts";
import { parseJson } from "../../wire/json.ts";
import { isWireError } from "../../wire/wire-error.ts";

const sealed = z.object({
  visitor: z.string().min(1),
  name: z.string().nullable(),
  expiresAt: z.int(),
});

/** Who is on the other side of a web page: a random id that only our signature makes believable. */
export type VisitorSession = Readonly<z.infer<typeof sealed>>;

/** Sign a session into a token for the page to keep: base64url of the JSON, a dot, and its HMAC-SHA256. */
export async function sealSession(session: VisitorSession, secret: string): Promise<string> {
  const payload = urlSafe(base64(utf8(JSON.stringify(session))));
  return `${payload}.${await sign(payload, secret)}`;
}

/** The session in a token, or null when it is forged, broken or over. Never rejects, whatever the token is. */
export async function openSession(
  token: string,
  secret: string,
  now: number,
): Promise<VisitorSession | null> {
  const [payload = "", signature = "", ...rest] = token.split(".", 3);
  if (rest.length > 0 || !sameText(await sign(payload, secret), signature)) return null;
  const read = sealed.safeParse(jsonIn(payload));
  return read.success && read.data.expiresAt > now ? read.data : null;
}

/** Null for what is no JSON: a secret that signs other things too must not make them a crash here. */
function jsonIn(payload: string): unknown {
  try {
    return parseJson(fromBase64(payload.replaceAll("-", "+").replaceAll("_", "/")));
  } catch (error) {
    if (isWireError(error)) return null;
    throw error;
  }
}

async function sign(payload: string, secret: string): Promise<string> {
  return urlSafe(base64(await hmacSha256(utf8(secret), utf8(payload))));
}

function urlSafe(text: string): string {
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
