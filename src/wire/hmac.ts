import { nodeCrypto, plainBytes } from "./node-builtins.ts";

const HMAC_SHA256 = { name: "HMAC", hash: "SHA-256" };
const EMPTY_KEY = new Uint8Array(1); // Web Crypto refuses a key of no bytes; HMAC pads with zeros, so this equals it

/** HMAC-SHA-256, 32 bytes; a key of any length, none included. */
export async function hmacSha256(key: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  if (nodeCrypto !== null) {
    return plainBytes(nodeCrypto.createHmac("sha256", key).update(data).digest());
  }
  const raw = key.length === 0 ? EMPTY_KEY : key;
  const imported = await crypto.subtle.importKey("raw", raw, HMAC_SHA256, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, data));
}
