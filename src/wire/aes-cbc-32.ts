import { BLOCK, type CbcKey, cbcKey, decryptPadded, encryptPadded } from "./aes-cbc.ts";

const PAD_TO = 32;

/** A key of the WeCom family, whose first half is also the IV of everything under it. */
export type Aes32Key = {
  readonly cbc: CbcKey;
  readonly iv: Uint8Array;
};

/** Take 32 bytes as such a key; any other length is a `bad-key` WireError naming `what` the bytes were to be. */
export async function aes32Key(raw: Uint8Array, what: string): Promise<Aes32Key> {
  return { cbc: await cbcKey(raw, what), iv: raw.subarray(0, BLOCK) };
}

/** AES-256-CBC with PKCS#7 padding to whole blocks of 32 bytes. */
export function encryptCbc32({ cbc, iv }: Aes32Key, plain: Uint8Array): Promise<Uint8Array> {
  return encryptPadded(cbc, iv, plain, PAD_TO);
}

/** The plaintext of `encryptCbc32`; a wrong length or padding is a `malformed` WireError. */
export function decryptCbc32({ cbc, iv }: Aes32Key, cipher: Uint8Array): Promise<Uint8Array> {
  return decryptPadded(cbc, iv, cipher, PAD_TO);
}
