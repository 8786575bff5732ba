import { describe, expect, it } from "vitest";
import { tokens } from "./tokens.ts";

describe("tokens", () => {
  it("makes characters and pairs of Chinese", () => {
    expect(tokens("冰柜坏")).toEqual(["c:冰", "c:柜", "c:冰柜", "c:坏", "c:柜坏"]);
  });

  it("makes words, pairs of words and pieces of 3 and 4 letters of Latin", () => {
    expect(tokens("no pos")).toEqual([
      ..."w:no|g:<no|g:no>|g:<no>".split("|"),
      ..."w:pos|b:no pos|g:<po|g:pos|g:os>|g:<pos|g:pos>".split("|"),
    ]);
  });

  it("takes all numbers for the same", () => {
    expect(tokens("订单12345")).toEqual(tokens("订单9"));
  });

  it("keeps repeats, so that they can be counted", () => {
    expect(tokens("坏坏").filter((token) => token === "c:坏")).toHaveLength(2);
  });

  it("adds Chinese words only when asked", () => {
    expect(tokens("咖啡机漏水").some((token) => token.startsWith("s:"))).toBe(false);
    expect(tokens("咖啡机漏水", "word").some((token) => token.startsWith("s:"))).toBe(true);
  });

  it("makes nothing of punctuation", () => {
    expect(tokens("?! ...")).toEqual([]);
  });
});
