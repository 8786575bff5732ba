import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { deriveId } from "./id.ts";

/** The first 100 bits of the digest in base 32, by big-number arithmetic. */
function byArithmetic(parts: readonly (string | number)[]): string {
  const digest = BigInt(`0x${bytesToHex(sha256(utf8ToBytes(JSON.stringify(parts))))}`);
  const top = digest >> 156n;
  const digits = Array.from({ length: 20 }, (_, i) => Number((top >> BigInt(5 * (19 - i))) & 31n));
  return digits.map((digit) => "0123456789abcdefghjkmnpqrstvwxyz".charAt(digit)).join("");
}

const anyParts = fc.array(fc.oneof(fc.string(), fc.integer()), { maxLength: 5 });

it("is the first 100 bits of the parts' digest, in 20 characters", () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      expect(deriveId(...parts)).toBe(byArithmetic(parts));
    }),
  );
});

it("never changes: ids that were given out before stay as they are", () => {
  expect(deriveId("inbox", "feishu/hq", "events", "evt-1")).toBe("23yv2h5d94pjkqnexwdy");
});

it("tells parts apart by where one ends and by whether it is a number", () => {
  const ids = [
    deriveId("ab", "c"),
    deriveId("a", "bc"),
    deriveId("abc"),
    deriveId(1),
    deriveId("1"),
    deriveId(),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
