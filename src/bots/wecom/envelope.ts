import type { RawRequest, Receipt } from "../../ports/channel.ts";
import { sameText, utf8Text } from "../../wire/bytes.ts";
import { wecomDecrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { isWireError } from "../../wire/wire-error.ts";
import { parseXml, type XmlNode, xmlNodes, xmlText } from "../../wire/xml.ts";

export type Refused = Extract<Receipt, { readonly type: "refused" }>;
/** What pushes to one app or bot are signed and encrypted with. */
export type Keys = {
  readonly token: string;
  readonly encoding_aes_key: string;
  readonly stale_after_s: number;
  /** Whom a ciphertext must name: the corp of an app; empty for an AI bot. WeCom docs: 90968, 101033. */
  readonly receiveId: string;
};
export type Opened = { readonly type: "opened"; readonly message: string } | Refused;

export function refused(reason: Refused["reason"], detail: string): Refused {
  return { type: "refused", reason, detail };
}

/** The ciphertext of a request: the question of a GET, or what stands in the XML of a POST; null when there is none. */
export function readCiphertext(request: RawRequest): string | null {
  if (request.method === "POST") return xmlText(readRoot(utf8Text(request.body)), "Encrypt");
  return readQuestion(request);
}

/** The ciphertext of the GET that asks whether an address is ours; null when there is none. */
export function readQuestion(request: RawRequest): string | null {
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
  keys: Keys,
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
  const { token } = keys;
  if (!sameText(signature, await wecomSignature({ token, timestamp, nonce, encrypt }))) {
    return refused("signature", "msg_signature is not that of this ciphertext");
  }
  if (!/^\d{10}$/.test(timestamp)) {
    return refused("malformed", "expected a timestamp of 10 digits");
  }
  const skew = Math.abs(now / 1000 - Number(timestamp));
  if (skew > keys.stale_after_s) {
    return refused("stale", `the timestamp is ${Math.round(skew)} s from our clock`);
  }
  return decrypt(keys, encrypt);
}

async function decrypt(keys: Keys, encrypt: string): Promise<Opened> {
  const { receiveId: ours, encoding_aes_key: encodingAesKey } = keys;
  try {
    const { message, receiveId } = await wecomDecrypt({ encodingAesKey, encrypt });
    if (receiveId !== ours) return refused("signature", "the message is for another corp");
    return { type: "opened", message };
  } catch (error) {
    if (isWireError(error)) return refused("signature", "encoding_aes_key does not open this");
    throw error;
  }
}
