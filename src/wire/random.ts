const MOST_AT_ONCE = 65_536; // the limit of getRandomValues
const ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const FAIR = 256 - (256 % ALPHANUMERIC.length); // a byte from here on would favour the first letters

/** `count` unpredictable bytes. */
export function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  for (let at = 0; at < count; at += MOST_AT_ONCE) {
    crypto.getRandomValues(bytes.subarray(at, at + MOST_AT_ONCE));
  }
  return bytes;
}

/** `length` unpredictable letters and digits, each equally likely. */
export function randomNonce(length: number): string {
  let nonce = "";
  while (nonce.length < length) {
    for (const byte of randomBytes(length - nonce.length)) {
      if (byte < FAIR) nonce += ALPHANUMERIC[byte % ALPHANUMERIC.length];
    }
  }
  return nonce;
}
