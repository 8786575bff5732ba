import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // Crockford base 32: safe in URLs, task ids and file names

/**
 * An id that follows from what caused it: the same parts give the same 20 characters (100 bits) for ever.
 *
 * A retry or a replay therefore makes the same rows, and the same idempotency keys towards a vendor.
 * Nothing may be ordered by such an id, and knowing one grants no access.
 */
export function deriveId(...parts: readonly (string | number)[]): string {
  const digest = sha256(utf8ToBytes(JSON.stringify(parts)));
  let id = "";
  let bits = 0;
  let held = 0;
  for (const byte of digest) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && id.length < 20) {
      bits -= 5;
      id += ALPHABET[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
    if (id.length === 20) break;
  }
  return id;
}
