import { type Aes32Key, aes32Key, decryptCbc32, encryptCbc32 } from "./aes-cbc-32.ts";
import { fromBase64 } from "./bytes.ts";

/**
 * The bytes of a file that a WeCom AI bot was sent; `aesKey` is the base64 `aeskey` beside its URL, one per file.
 *
 * A wrong key or a cut file is a `malformed` WireError. WeCom docs: 100719.
 */
export async function wecomMediaDecrypt(aesKey: string, file: Uint8Array): Promise<Uint8Array> {
  return decryptCbc32(await mediaKey(aesKey), file);
}

/** The other side of `wecomMediaDecrypt`. */
export async function wecomMediaEncrypt(aesKey: string, file: Uint8Array): Promise<Uint8Array> {
  return encryptCbc32(await mediaKey(aesKey), file);
}

function mediaKey(aesKey: string): Promise<Aes32Key> {
  return aes32Key(fromBase64(aesKey), "a media aeskey");
}
