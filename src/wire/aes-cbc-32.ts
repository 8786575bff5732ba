import { concat } from "./bytes.ts";
import { WireError } from "./wire-error.ts";

const BLOCK = 16;
const PAD_BLOCK = 32;
const NOTHING = new Uint8Array(0);

/** A key of the WeCom family, whose first half is also the IV of everything under it. */
export type Aes32Key = {
  readonly key: CryptoKey;
  readonly iv: Uint8Array;
};

/** Take 32 bytes as such a key; any other length is a `bad-key` WireError naming `what` the bytes were to be. */
export async function aes32Key(raw: Uint8Array, what: string): Promise<Aes32Key> {
  if (raw.length !== 32) {
    throw new WireError("bad-key", `${what} must hold 32 bytes, found ${raw.length}`);
  }
  const usages = ["encrypt", "decrypt"];
  const key = await crypto.subtle.importKey("raw", raw, "AES-CBC", false, usages);
  return { key, iv: raw.subarray(0, BLOCK) };
}

/** AES-256-CBC with PKCS#7 padding to whole blocks of 32 bytes. */
export async function encryptCbc32(key: Aes32Key, plain: Uint8Array): Promise<Uint8Array> {
  const pad = PAD_BLOCK - (plain.length % PAD_BLOCK);
  const padded = concat(plain, new Uint8Array(pad).fill(pad));
  const cipher = new Uint8Array(await cbc(key, padded));
  return cipher.subarray(0, padded.length); // Web Crypto adds a 16-byte padding block of its own
}

/**
 * The plaintext of `encryptCbc32`; a wrong length or padding is a `malformed` WireError.
 *
 * Web Crypto takes no padding above 16 bytes. It is given a valid padding block of its own, made by encrypting nothing
 * with the last block as IV, and the vendor's padding is then taken off here.
 */
export async function decryptCbc32(key: Aes32Key, cipher: Uint8Array): Promise<Uint8Array> {
  if (cipher.length === 0 || cipher.length % PAD_BLOCK !== 0) {
    throw new WireError(
      "malformed",
      `expected whole blocks of 32 encrypted bytes, found ${cipher.length} bytes`,
    );
  }
  const end = new Uint8Array(await cbc({ ...key, iv: cipher.subarray(-BLOCK) }, NOTHING));
  const algorithm = { name: "AES-CBC", iv: key.iv };
  const padded = await crypto.subtle.decrypt(algorithm, key.key, concat(cipher, end));
  return withoutPadding(new Uint8Array(padded));
}

function cbc({ key, iv }: Aes32Key, plain: Uint8Array): Promise<ArrayBuffer> {
  return crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, plain);
}

function withoutPadding(padded: Uint8Array): Uint8Array {
  const pad = padded.at(-1) ?? 0;
  const inRange = pad >= 1 && pad <= PAD_BLOCK;
  if (!inRange || padded.subarray(-pad).some((byte) => byte !== pad)) {
    throw new WireError("malformed", "cannot decrypt: the key differs or the text was changed");
  }
  return padded.subarray(0, -pad);
}
