import { BLOCK, cbcKey, decryptPadded, encryptPadded } from "./aes-cbc.ts";
import { base64, concat, fromBase64, utf8, utf8Text } from "./bytes.ts";
import { sha1Hex, sha256, sha256Hex } from "./digest.ts";
import { hmacSha256 } from "./hmac.ts";
import { keyCache } from "./key-cache.ts";
import { randomBytes } from "./random.ts";

/**
 * `X-Lark-Signature` of an event or callback: hex SHA-256 of timestamp, nonce, Encrypt Key and the body as received.
 *
 * The header's timestamp is in seconds. Feishu docs: encrypt-key-encryption-configuration-case.
 */
export function feishuSignature(signed: {
  readonly timestamp: string;
  readonly nonce: string;
  readonly encryptKey: string;
  readonly body: Uint8Array;
}): Promise<string> {
  const { timestamp, nonce, encryptKey, body } = signed;
  return sha256Hex(concat(utf8(timestamp + nonce + encryptKey), body));
}

/**
 * `X-Lark-Signature` of the older card callback (`card.action.trigger_v1`): hex SHA-1 with the Verification Token.
 *
 * As the RequestHandle of Feishu's node-sdk computes it, over the body as received.
 */
export function feishuCardV1Signature(signed: {
  readonly timestamp: string;
  readonly nonce: string;
  readonly verificationToken: string;
  readonly body: Uint8Array;
}): Promise<string> {
  const { timestamp, nonce, verificationToken, body } = signed;
  return sha1Hex(concat(utf8(timestamp + nonce + verificationToken), body));
}

/**
 * The value of `encrypt` in a Feishu push: base64 of the IV and AES-256-CBC under SHA-256 of the Encrypt Key.
 *
 * Without `iv` (16 bytes) a random one is taken. Feishu docs: encrypt-key-encryption-configuration-case.
 */
export async function feishuEncrypt(
  encryptKey: string,
  plaintext: string,
  iv: Uint8Array = randomBytes(BLOCK),
): Promise<string> {
  const cipher = await encryptPadded(await aesKey(encryptKey), iv, utf8(plaintext), BLOCK);
  return base64(concat(iv, cipher));
}

/** The text inside `encrypt`; a wrong key, a cut or a forged text is a `malformed` WireError. */
export async function feishuDecrypt(encryptKey: string, encrypted: string): Promise<string> {
  const bytes = fromBase64(encrypted);
  const iv = bytes.subarray(0, BLOCK);
  const cipher = bytes.subarray(BLOCK);
  return utf8Text(await decryptPadded(await aesKey(encryptKey), iv, cipher, BLOCK));
}

const aesKey = keyCache(async (encryptKey: string) =>
  cbcKey(await sha256(utf8(encryptKey)), "the digest of an Encrypt Key"),
);

/**
 * `sign` of a custom group bot: the HMAC key is `timestamp`, a line feed and the secret, and the message is empty.
 *
 * `timestamp` is in seconds. No SDK of Feishu has this; the answer is checked against another HMAC only.
 */
export async function feishuCustomBotSign(timestamp: string, secret: string): Promise<string> {
  return base64(await hmacSha256(utf8(`${timestamp}\n${secret}`), new Uint8Array(0)));
}
