import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64, concat, fromBase64, hex, sameText, utf8, utf8Text } from "./bytes.ts";

const bytes = fc.uint8Array({ maxLength: 200 });
const malformed = expect.objectContaining({ name: "WireError", code: "malformed" });

describe("bytes", () => {
  it("turn into text and back, byte order marks and Chinese included", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(utf8Text(utf8(`\ufeff${text}冰柜`))).toBe(`\ufeff${text}冰柜`);
      }),
    );
  });

  it("hold half a character as the replacement character", () => {
    expect(utf8Text(utf8("a\ud83db"))).toBe("a\ufffdb");
  });

  it.each([[0xff], [0xc3], [0xe4, 0xb8], [0xc0, 0x80], [0xed, 0xa0, 0x80]])(
    "that are not UTF-8 are refused: %j",
    (...invalid) => {
      expect(() => utf8Text(Uint8Array.from(invalid))).toThrow(malformed);
    },
  );

  it("have the hex and base64 that Node gives them", () => {
    fc.assert(
      fc.property(bytes, (any) => {
        expect(hex(any)).toBe(Buffer.from(any).toString("hex"));
        expect(base64(any)).toBe(Buffer.from(any).toString("base64"));
      }),
    );
  });

  it("come back from base64, with its padding or without", () => {
    fc.assert(
      fc.property(bytes, (any) => {
        expect(fromBase64(base64(any))).toEqual(new Uint8Array(any));
        expect(fromBase64(base64(any).replaceAll("=", ""))).toEqual(new Uint8Array(any));
      }),
    );
  });

  it("ignore the bits of base64 that no byte uses", () => {
    expect(fromBase64("YR==")).toEqual(utf8("a"));
    expect(fromBase64("YWJ")).toEqual(utf8("ab"));
  });

  it.each([
    "YWJj\n",
    " YWJj",
    "YW-j",
    "YW_j",
    "YW=j",
    "=",
    "YWJj=",
    "YW===",
    "Y",
    "YWJjZ",
    "ＹＷＪｊ",
    "YW\u0100j",
    "YW\u0141j", // its low byte is an A
  ])("refuse %j as base64", (text) => {
    expect(() => fromBase64(text)).toThrow(malformed);
  });

  it("are plain Uint8Arrays, whatever they were made from", () => {
    for (const decoded of [fromBase64("YWJj"), fromBase64("YWI"), utf8("ab"), concat(utf8("ab"))]) {
      expect(decoded.constructor).toBe(Uint8Array);
    }
  });

  it("join in order", () => {
    expect(concat(utf8("a"), utf8(""), utf8("bc"))).toEqual(utf8("abc"));
    expect(concat()).toEqual(new Uint8Array(0));
  });

  it("compare as texts, the same exactly when every character is", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(sameText(a, `${a}`)).toBe(true);
        expect(sameText(a, b)).toBe(a === b);
        expect(sameText(a, `${a}\0`)).toBe(false);
        expect(sameText(`${a}\0`, a)).toBe(false);
        expect(sameText(`${a}签${b}`, `${a}名${b}`)).toBe(false);
      }),
    );
  });
});
