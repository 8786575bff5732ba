import { nodeBuffer, plainBytes } from "./node-builtins.ts";
import { WireError } from "./wire-error.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return nodeBuffer === null ? encoder.encode(text) : plainBytes(nodeBuffer.from(text));
}

/** The text of UTF-8 bytes, a byte order mark included; bytes that are not UTF-8 are a `malformed` WireError. */
export function utf8Text(bytes: Uint8Array): string {
  const text = textOrNull(bytes);
  if (text !== null) return text;
  throw new WireError("malformed", "expected UTF-8 text, found bytes that are not UTF-8");
}

function textOrNull(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Lower-case hexadecimal, two digits a byte. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

const ALPHABET = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
const PADDING = 61;
const FOREIGN = 64;
const SEXTETS = new Uint8Array(128).fill(FOREIGN);
ALPHABET.forEach((character, sextet) => {
  SEXTETS[character] = sextet;
});

/** Standard base64 with padding. */
export function base64(bytes: Uint8Array): string {
  if (nodeBuffer === null) return base64ByLoop(bytes);
  return nodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

function base64ByLoop(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(PADDING);
  let held = 0;
  let bits = 0;
  let to = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 6; bits -= 6) text[to++] = ALPHABET[(held >>> (bits - 6)) & 63] ?? 0;
    held &= 63;
  }
  if (bits > 0) text[to] = ALPHABET[(held << (6 - bits)) & 63] ?? 0;
  return decoder.decode(text);
}

/**
 * The bytes of standard base64.
 *
 * Forgives missing padding and unused bits that are not zero (a WeCom EncodingAESKey has both); every other character,
 * white space too, and a length that no bytes can have are a `malformed` WireError.
 */
export function fromBase64(text: string): Uint8Array {
  // Node decodes anything; only what it would have written itself is known to be base64 without a closer look.
  const decoded = nodeBuffer?.from(text, "base64");
  return decoded?.toString("base64") === text ? plainBytes(decoded) : fromBase64ByLoop(text);
}

function fromBase64ByLoop(text: string): Uint8Array {
  const length = lengthWithoutPadding(text);
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let held = 0;
  let bits = 0;
  let to = 0;
  for (let at = 0; at < length; at++) {
    const sextet = SEXTETS[text.charCodeAt(at)] ?? FOREIGN;
    if (sextet === FOREIGN) throw notBase64(`a foreign character at position ${at}`);
    held = ((held << 6) | sextet) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[to++] = held >>> bits;
    }
  }
  return bytes;
}

function lengthWithoutPadding(text: string): number {
  let length = text.length;
  while (length > 0 && text.length - length < 2 && text[length - 1] === "=") length--;
  const padding = text.length - length;
  if (length % 4 === 1) throw notBase64("a text that is cut off");
  if (padding > (4 - (length % 4)) % 4) throw notBase64("too much padding");
  return length;
}

function notBase64(found: string): WireError {
  return new WireError("malformed", `expected base64, found ${found}`);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  if (nodeBuffer !== null) return plainBytes(nodeBuffer.concat(parts));
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Equality of two texts, such as a signature and the one expected, in a time that depends on the lengths only. */
export function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
