import { concat } from "./bytes.ts";
import { nodeCrypto, plainBytes } from "./node-builtins.ts";
import { WireError } from "./wire-error.ts";

/** How many bytes AES-CBC takes at a time, which is also the length of an IV. */
export const BLOCK = 16;

/** A key at work on whole blocks. It knows no padding, because the vendors differ in theirs. */
export type CbcKey = {
  encrypt(iv: Uint8Array, blocks: Uint8Array): Promise<Uint8Array>;
  decrypt(iv: Uint8Array, blocks: Uint8Array): Promise<Uint8Array>;
};

/** Take 32 bytes as a key of AES-256-CBC; any other length is a `bad-key` WireError naming `what` they were to be. */
export async function cbcKey(raw: Uint8Array, what: string): Promise<CbcKey> {
  if (raw.length !== 32) {
    throw new WireError("bad-key", `${what} must hold 32 bytes, found ${raw.length}`);
  }
  return nodeCrypto === null ? webKey(raw) : nodeKey(nodeCrypto, raw);
}

/**
 * In CBC a block opens with the block before it. One decipher that hears each IV as a block therefore serves every
 * message; a new one costs more than what it decrypts.
 */
function nodeKey(node: NonNullable<typeof nodeCrypto>, raw: Uint8Array): CbcKey {
  const cipher = "aes-256-cbc";
  const decipher = node.createDecipheriv(cipher, raw, new Uint8Array(BLOCK)).setAutoPadding(false);
  return {
    encrypt: async (iv, blocks) =>
      plainBytes(node.createCipheriv(cipher, raw, iv).setAutoPadding(false).update(blocks)),
    async decrypt(iv, blocks) {
      decipher.update(iv); // and nothing may be awaited before the next
      return plainBytes(decipher.update(blocks));
    },
  };
}

/** Web Crypto always pads to 16 bytes: what it adds is cut off, and what it wants to take off is added. */
async function webKey(raw: Uint8Array): Promise<CbcKey> {
  const usages = ["encrypt", "decrypt"];
  const key = await crypto.subtle.importKey("raw", raw, "AES-CBC", false, usages);
  const encrypt = async (iv: Uint8Array, plain: Uint8Array) =>
    new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, plain));
  return {
    encrypt: async (iv, blocks) => (await encrypt(iv, blocks)).subarray(0, blocks.length),
    async decrypt(iv, blocks) {
      const end = await encrypt(blocks.subarray(-BLOCK), new Uint8Array(0));
      const name = "AES-CBC";
      return new Uint8Array(await crypto.subtle.decrypt({ name, iv }, key, concat(blocks, end)));
    },
  };
}

/** Encrypt with PKCS#7 padding to whole multiples of `padTo` bytes: 16 as everybody does, 32 in the WeCom family. */
export function encryptPadded(
  key: CbcKey,
  iv: Uint8Array,
  plain: Uint8Array,
  padTo: 16 | 32,
): Promise<Uint8Array> {
  const pad = padTo - (plain.length % padTo);
  const padded = new Uint8Array(plain.length + pad).fill(pad, plain.length);
  padded.set(plain);
  return key.encrypt(iv, padded);
}

/** The plaintext of `encryptPadded`; a wrong length or padding is a `malformed` WireError. */
export async function decryptPadded(
  key: CbcKey,
  iv: Uint8Array,
  cipher: Uint8Array,
  padTo: 16 | 32,
): Promise<Uint8Array> {
  if (cipher.length === 0 || cipher.length % padTo !== 0) {
    throw new WireError(
      "malformed",
      `expected whole blocks of ${padTo} encrypted bytes, found ${cipher.length} bytes`,
    );
  }
  const padded = await key.decrypt(iv, cipher);
  const pad = padded.at(-1) ?? 0;
  const inRange = pad >= 1 && pad <= padTo;
  if (!inRange || padded.subarray(-pad).some((byte) => byte !== pad)) {
    throw new WireError("malformed", "cannot decrypt: the key differs or the text was changed");
  }
  return padded.subarray(0, -pad);
}
