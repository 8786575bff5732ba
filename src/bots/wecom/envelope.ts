import type { RawRequest, Receipt } from "../../ports/channel.ts";
import { sameText, utf8Text } from "../../wire/bytes.ts";
import { wecomDecrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { isWireError } from "../../wire/wire-error.ts";
import { parseXml, type XmlNode, xmlNodes, xmlText } from "../../wire/xml.ts";
import type { WecomConfig } from "./config.ts";

export type Refused = Extract<Receipt, { readonly type: "refused" }>;
export type Opened = { readonly type: "opened"; readonly message: string } | Refused;

export function refused(reason: Refused["reason"], detail: string): Refused {
  return { type: "refused", reason, detail };
}

/** The ciphertext of a request: the question of a GET, or what stands in the XML of a POST; null when there is none. */
export function readCiphertext(request: RawRequest): string | null {
  if (request.method === "POST") return xmlText(readRoot(utf8Text(request.body)), "Encrypt");
  // Some senders leave the "+" of base64 bare, and a query reads that as a space.
  return new URLSearchParams(request.query).get("echostr")?.replaceAll(" ", "+") ?? null;
}

/** The `<xml>` element; a `malformed` WireError when the root is another one. */
export function readRoot(text: string): XmlNode {
  return xmlNodes(parseXml(text), "xml")[0] ?? {};
}

/**
 * Prove and decrypt: the signature covers the ciphertext, its timestamp (s) and nonce, and the ciphertext names us.
 *
 * WeCom docs: 90238, 90968.
 */
export async function openCiphertext(
  config: WecomConfig,
  request: RawRequest,
  encrypt: string | null,
  now: number,
): Promise<Opened> {
  const query = new URLSearchParams(request.query);
  const signature = query.get("msg_signature");
  const timestamp = query.get("timestamp");
  const nonce = query.get("nonce");
  if (!signature || !timestamp || !nonce || !encrypt) {
    return refused("signature", "msg_signature, timestamp, nonce or the ciphertext is missing");
  }
  const { token } = config;
  if (!sameText(signature, await wecomSignature({ token, timestamp, nonce, encrypt }))) {
    return refused("signature", "msg_signature is not that of this ciphertext");
  }
  if (!/^\d{10}$/.test(timestamp)) {
    return refused("malformed", "expected a timestamp of 10 digits");
  }
  const skew = Math.abs(now / 1000 - Number(timestamp));
  if (skew > config.stale_after_s) {
    return refused("stale", `the timestamp is ${Math.round(skew)} s from our clock`);
  }
  return decrypt(config, encrypt);
}

async function decrypt(config: WecomConfig, encrypt: string): Promise<Opened> {
  const { corp_id: corpId, encoding_aes_key: encodingAesKey } = config;
  try {
    const { message, receiveId } = await wecomDecrypt({ encodingAesKey, encrypt });
    if (receiveId !== corpId) return refused("signature", "the message is for another corp");
    return { type: "opened", message };
  } catch (error) {
    if (isWireError(error)) return refused("signature", "encoding_aes_key does not open this");
    throw error;
  }
}
