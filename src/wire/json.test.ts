import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, utf8 } from "./bytes.ts";
import { parseJson } from "./json.ts";

function parse(json: string): unknown {
  return parseJson(utf8(json));
}

function refusal(code: string) {
  return expect.objectContaining({ name: "WireError", code });
}

function holdsLongInteger(value: unknown): boolean {
  if (typeof value === "number") return Number.isInteger(value) && !Number.isSafeInteger(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsLongInteger);
}

const DROPPED_KEY = /"(__proto__|constructor|prototype)":/;

const value = fc
  .jsonValue({ maxDepth: 6 })
  .filter((any) => !holdsLongInteger(any) && !DROPPED_KEY.test(JSON.stringify(any)));

describe("parseJson", () => {
  it("agrees with JSON.parse where no integer is too long for a double", () => {
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1), (any, indent) => {
        const json = JSON.stringify(any, null, indent);
        expect(parse(json)).toEqual(JSON.parse(json));
      }),
    );
  });

  it("keeps every integer beyond 2^53 as its digits, wherever it stands", () => {
    const long = fc
      .bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
      .filter((any) => any > 2n ** 53n || any < -(2n ** 53n));
    fc.assert(
      fc.property(long, value, fc.string(), (integer, other, key) => {
        const sides = [JSON.stringify(key), JSON.stringify(other)];
        const json = `[${integer},{"a": ${integer} ,${JSON.stringify(`k${key}`)}:${integer}},${sides}]`;
        expect(parse(json)).toEqual([
          String(integer),
          { a: String(integer), [`k${key}`]: String(integer) },
          key,
          JSON.parse(JSON.stringify(other)),
        ]);
      }),
    );
  });

  it.each([
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
    ["9007199254740992", "9007199254740992"],
    ["9007199254740993", "9007199254740993"],
    [" -9007199254740993\n", "-9007199254740993"],
    ["1700000000000000", 1700000000000000],
    ["0.12345678901234567890", 0.12345678901234568],
    ["12345678901234567890.5", 12345678901234567000],
    ["12345678901234567890e3", Number("12345678901234567890e3")],
    ['"12345678901234567890"', "12345678901234567890"],
    ['"\\"12345678901234567890"', '"12345678901234567890'],
    ['["\\\\",12345678901234567890]', ["\\", "12345678901234567890"]],
  ])("reads %s", (json, expected) => {
    expect(parse(json)).toEqual(expected);
  });

  it.each([
    "{12345678901234567890:1}",
    "012345678901234567890",
    "[1234567890123456789 0]",
    "--12345678901234567890",
    "12345678901234567890x",
  ])("does not make JSON of %s, which is none", (text) => {
    expect(() => parse(text)).toThrow(refusal("malformed"));
  });

  it.each(["", "{", '{"a":}', "undefined", "[1,]", '"\n"', "'a'", '"\\', "]".repeat(200)])(
    "refuses %.20j",
    (text) => {
      expect(() => parse(text)).toThrow(refusal("malformed"));
    },
  );

  it("refuses bytes that are not UTF-8", () => {
    const json = concat(utf8('"'), Uint8Array.of(0xff), utf8('"'));
    expect(() => parseJson(json)).toThrow(refusal("malformed"));
  });

  it("takes a byte order mark at the start", () => {
    expect(parse('\ufeff{"a":"\ufeff"}')).toEqual({ a: "\ufeff" });
  });

  it("takes 64 levels and refuses 65", () => {
    expect(parse(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeInstanceOf(Array);
    expect(() => parse(`${"[".repeat(65)}${"]".repeat(65)}`)).toThrow(refusal("too-deep"));
    expect(() => parse(`${'{"a":'.repeat(65)}1${"}".repeat(65)}`)).toThrow(refusal("too-deep"));
  });

  it.each(["[", '{"a":', '[{"constructor":'])(
    "refuses 100,000 times %s without a crash",
    (open) => {
      expect(() => parse(open.repeat(100_000))).toThrow(refusal("too-deep"));
    },
  );

  it("does not count brackets inside strings", () => {
    expect(parse(JSON.stringify({ a: '["'.repeat(100) }))).toEqual({ a: '["'.repeat(100) });
  });

  it("leaves out keys that could reach a prototype, however they are spelt", () => {
    const json =
      '{"a":{"__proto__":{"x":1},"\\u005f_proto__":{"x":1},"constructor":1,"prot\\u006ftype":1,"b":"constructor"}}';
    const parsed = parse(json);
    expect(parsed).toEqual({ a: { b: "constructor" } });
    expect(Object.keys((parsed as { a: object }).a)).toEqual(["b"]);
    expect("x" in {}).toBe(false);
  });

  it("leaves those keys out beside a long integer too", () => {
    expect(parse('{"__proto__":12345678901234567890,"id":12345678901234567890}')).toEqual({
      id: "12345678901234567890",
    });
  });

  it("says nothing of the text in an error", () => {
    const attempt = () => parse('{"phone":13800138000x}');
    expect(attempt).toThrow(refusal("malformed"));
    expect(attempt).toThrow(/^(?!.*13800138000)/);
  });
});
