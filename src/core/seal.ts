import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a token comes to: what was sealed, or that it is over. Null is a token that we did not make. */
export type Unsealed = { readonly payload: string; readonly expired: boolean } | null;

/**
 * A token that only the holder of `key` can make: `payload` (letters, digits and `_` only, at most 600), good until
 * `expiresAt`, ms UTC. `purpose` keeps a token for one use from being good for another.
 */
export function seal(key: string, purpose: string, payload: string, expiresAt: number): string {
  const body = `${payload}-${expiresAt.toString(36)}`;
  return `${body}-${mac(key, purpose, body)}`;
}

/** Read a token back, in a time that tells nothing of the right one. Never throws, whatever it is. */
export function unseal(key: string, purpose: string, token: string, now: number): Unsealed {
  const [, body = "", payload = "", expires = "", claimed = ""] =
    /^((\w{1,600})-([0-9a-z]{1,11}))-([0-9a-f]{40})$/.exec(token) ?? [];
  if (body === "" || !same(mac(key, purpose, body), claimed)) return null;
  return { payload, expired: Number.parseInt(expires, 36) <= now };
}

function mac(key: string, purpose: string, body: string): string {
  const made = hmac(sha256, utf8ToBytes(key), utf8ToBytes(`${purpose} ${body}`));
  return bytesToHex(made.subarray(0, 20));
}

function same(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
