import { utf8Text } from "./bytes.ts";
import { isWireError, WireError } from "./wire-error.ts";

const MAX_DEPTH = 64;
const LONG = 16; // no integer of fewer digits is beyond 2^53
const QUOTE = 34;
const MINUS = 45;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
const BACKSLASH = 92;
const BRACKET_BIT = 0x20; // [ and { differ in this bit only, and so do ] and }
const OPEN = 0x5b;
const CLOSE = 0x5d;
const BYTE_ORDER_MARK = "\ufeff";
const DROPPED_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const MAY_HOLD_DROPPED_KEY = /proto|constructor|\\u/; // an escape can spell any of them

/**
 * Parse JSON that somebody else wrote.
 *
 * Integers that a double cannot hold become strings of their digits; the keys `__proto__`, `constructor` and
 * `prototype` are left out. Bytes that are not UTF-8 JSON are a `malformed` WireError, more than 64 levels a `too-deep`
 * one.
 */
export function parseJson(written: Uint8Array | string): unknown {
  const text = typeof written === "string" ? written : utf8Text(written);
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const { depth, longNumber } = survey(json);
  if (depth > MAX_DEPTH) {
    throw new WireError("too-deep", `expected at most ${MAX_DEPTH} levels of JSON, found more`);
  }
  const value = parse(json);
  return longNumber ? parse(withLongIntegersQuoted(json)) : value; // quoting is sound only in text that has parsed
}

/** What `parseJson` gives; null where it throws a WireError. */
export function jsonOrNull(written: Uint8Array | string): unknown {
  try {
    return parseJson(written);
  } catch (error) {
    if (isWireError(error)) return null;
    throw error;
  }
}

function parse(json: string): unknown {
  const value = valueIn(json);
  if (value !== undefined) return value;
  throw new WireError(
    "malformed",
    `expected JSON, found ${json.length} characters that are not JSON`,
  );
}

/** Undefined where JSON.parse throws: its error quotes the text, so it must not become a cause. */
function valueIn(json: string): unknown {
  try {
    return MAY_HOLD_DROPPED_KEY.test(json) ? JSON.parse(json, dropKeys) : JSON.parse(json);
  } catch {
    return undefined;
  }
}

function dropKeys(key: string, value: unknown): unknown {
  return DROPPED_KEYS.has(key) ? undefined : value;
}

/** How deep the brackets go, and whether a run of digits outside strings may be too long for a double. */
function survey(json: string): { depth: number; longNumber: boolean } {
  let depth = 0;
  let deepest = 0;
  let digits = 0;
  let longNumber = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code >= DIGIT_0 && code <= DIGIT_9) {
      if (++digits === LONG) longNumber = true;
      continue;
    }
    digits = 0;
    if (code === QUOTE) at = endOfString(json, at);
    else if ((code & ~BRACKET_BIT) === OPEN) deepest = Math.max(deepest, ++depth);
    else if ((code & ~BRACKET_BIT) === CLOSE) depth--;
  }
  return { depth: deepest, longNumber };
}

/** Where the string that opens at `start` closes, or the end of the text. */
function endOfString(json: string, start: number): number {
  let at = json.indexOf('"', start + 1);
  while (at !== -1 && isEscaped(json, at)) at = json.indexOf('"', at + 1);
  return at === -1 ? json.length : at;
}

/** An odd number of backslashes makes what follows them a part of the string. */
function isEscaped(json: string, at: number): boolean {
  let before = at;
  while (json.charCodeAt(before - 1) === BACKSLASH) before--;
  return (at - before) % 2 === 1;
}

const LONG_INTEGER = /^-?\d{16,}$/;

function withLongIntegersQuoted(json: string): string {
  let quoted = "";
  let copied = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(json, at);
    } else if (code === MINUS || (code >= DIGIT_0 && code <= DIGIT_9)) {
      const end = endOfNumber(json, at);
      const number = json.slice(at, end);
      if (LONG_INTEGER.test(number) && !Number.isSafeInteger(Number(number))) {
        quoted += `${json.slice(copied, at)}"${number}"`;
        copied = end;
      }
      at = end - 1;
    }
  }
  return quoted + json.slice(copied);
}

const NUMBER = /[-+.eE\d]+/y;

function endOfNumber(json: string, start: number): number {
  NUMBER.lastIndex = start;
  NUMBER.test(json);
  return NUMBER.lastIndex;
}
