import { aes32Key, decryptCbc32, encryptCbc32 } from "./aes-cbc-32.ts";
import { base64, concat, fromBase64, utf8, utf8Text } from "./bytes.ts";
import { sha1Hex } from "./digest.ts";
import { keyCache } from "./key-cache.ts";
import { randomBytes } from "./random.ts";
import { WireError } from "./wire-error.ts";

const RANDOM = 16;
const HEAD = RANDOM + 4;

/**
 * `msg_signature` of WeCom, of WeChat's safe mode and of DingTalk events: hex SHA-1 of the four texts in sorted order.
 *
 * With an empty `encrypt` it is the plain `signature` of WeChat. As @wecom/crypto 1.0.1 does it.
 */
export function wecomSignature(signed: {
  readonly token: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypt: string;
}): Promise<string> {
  const { token, timestamp, nonce, encrypt } = signed;
  return sha1Hex(utf8([token, timestamp, nonce, encrypt].sort().join("")));
}

/**
 * Encrypt a message: base64 of AES-256-CBC over 16 random bytes, the message's length, the message and `receiveId`.
 *
 * `receiveId` is the corp id (WeCom app), the app id (WeChat), the owner key (DingTalk) or empty (AI bot).
 * `random` (16 bytes) is for replaying known answers; leave it out otherwise. As @wecom/crypto 1.0.1 does it.
 */
export async function wecomEncrypt(sealed: {
  readonly encodingAesKey: string;
  readonly message: string;
  readonly receiveId: string;
  readonly random?: Uint8Array;
}): Promise<string> {
  const key = await aesKey(sealed.encodingAesKey);
  const head = new Uint8Array(HEAD);
  head.set(sealed.random ?? randomBytes(RANDOM));
  const message = utf8(sealed.message);
  new DataView(head.buffer).setUint32(RANDOM, message.length);
  return base64(await encryptCbc32(key, concat(head, message, utf8(sealed.receiveId))));
}

/**
 * What is inside `encrypt`; the caller still has to compare `receiveId` with its own.
 *
 * A wrong key, padding or inner length is a `malformed` WireError, a key that is none a `bad-key` one.
 */
export async function wecomDecrypt(sealed: {
  readonly encodingAesKey: string;
  readonly encrypt: string;
}): Promise<{ message: string; receiveId: string }> {
  const key = await aesKey(sealed.encodingAesKey);
  const plain = await decryptCbc32(key, fromBase64(sealed.encrypt));
  if (plain.length < HEAD) {
    throw new WireError(
      "malformed",
      `expected at least ${HEAD} bytes inside, found ${plain.length}`,
    );
  }
  const end = HEAD + new DataView(plain.buffer, plain.byteOffset).getUint32(RANDOM);
  if (end > plain.length) {
    throw new WireError("malformed", `the message claims to end at byte ${end} of ${plain.length}`);
  }
  return {
    message: utf8Text(plain.subarray(HEAD, end)),
    receiveId: utf8Text(plain.subarray(end)),
  };
}

const aesKey = keyCache(async (encodingAesKey: string) => {
  if (/^[A-Za-z\d+/]{43}$/.test(encodingAesKey)) {
    return aes32Key(fromBase64(encodingAesKey), "an EncodingAESKey");
  }
  const found = encodingAesKey.length;
  throw new WireError(
    "bad-key",
    `an EncodingAESKey has 43 letters and digits, found ${found} characters`,
  );
});
