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
