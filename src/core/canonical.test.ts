import fc from "fast-check";
import { expect, it } from "vitest";
import { canonicalJson } from "./canonical.ts";

it("sorts the keys of every object by code unit, at any depth", () => {
  expect(canonicalJson({ b: 1, a: [{ d: 1, c: 2 }], Z: 0, é: 3 })).toBe(
    '{"Z":0,"a":[{"c":2,"d":1}],"b":1,"é":3}',
  );
});

it("leaves undefined values out and keeps null", () => {
  expect(canonicalJson({ a: undefined, b: null })).toBe('{"b":null}');
});

it("writes scalars and empty things as JSON does", () => {
  expect([null, true, -0.5, '\u2028"', [], {}].map(canonicalJson)).toEqual([
    "null",
    "true",
    "-0.5",
    '"\u2028\\""',
    "[]",
    "{}",
  ]);
});

/** What canonical JSON is, in the plainest words. */
function plainly(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plainly).join(",")}]`;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${plainly(inner)}`).join(",")}}`;
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "10",
    "9",
    "-1",
    "",
    "__proto__",
    "\u2028",
    "\ud800",
    "\udfffa",
    '"',
    "\\",
    "\u007f",
  ),
);
const { anything } = fc.letrec((tie) => ({
  anything: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom(null, true, false, 0, -0, 1e21, 5e-324),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("anything"), { maxLength: 4 }),
    fc.dictionary(text, fc.option(tie("anything"), { nil: undefined }), { maxKeys: 6 }),
  ),
}));

it("is the same text for any plain data as when it is written in the plainest way", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const written = canonicalJson(value);
      expect(written).toBe(plainly(value));
      expect(canonicalJson(JSON.parse(written))).toBe(plainly(JSON.parse(written)));
    }),
    { numRuns: 300 },
  );
});

/** The same value with the keys of its objects in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  );
}

it("reads back as the same value, and does not depend on the order of keys", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain: unknown = JSON.parse(JSON.stringify(value));
      const written = canonicalJson(plain);
      expect(JSON.parse(written)).toEqual(plain);
      expect(canonicalJson(reversed(plain))).toBe(written);
    }),
  );
});
