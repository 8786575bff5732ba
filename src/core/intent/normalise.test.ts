import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexOfPhrase, normalise, wording } from "./normalise.ts";

const anyText = fc.string({ unit: "binary" });

describe("normalise", () => {
  it.each([
    ["ＡＢＣ　１２３！", "abc 123!"],
    ["冰\u200b柜\u00ad坏\ufeff了", "冰柜坏了"],
    ["转 人 工", "转人工"],
    ["  Hello\r\n\tWorld\u0000 ", "hello world"],
    ["K11 店 no. 5", "k11店no. 5"],
    ["it’s", "it's"],
    ["\ud800坏了", "坏了"],
  ])("spells %j as %j", (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it("changes nothing when it is done twice", () => {
    fc.assert(fc.property(anyText, (text) => normalise(normalise(text)) === normalise(text)));
  });

  it("leaves no control, format or lone surrogate character", () => {
    fc.assert(fc.property(anyText, (text) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(normalise(text))));
  });
});

describe("wording", () => {
  it.each([
    ["取消！", "取消"],
    ["怎么，开发票？", "怎么开发票"],
    ["「 已解决 」~", "已解决"],
    ["Any update?", "any update"],
    ["？？!", ""],
  ])("takes the punctuation from %j", (text, expected) => {
    expect(wording(normalise(text))).toBe(expected);
  });
});

describe("indexOfPhrase", () => {
  it("finds Chinese anywhere", () => {
    expect(indexOfPhrase("我要转人工客服", "转人工")).toBe(2);
  });

  it("finds Latin words and digits only whole", () => {
    expect(indexOfPhrase("many updates", "any update")).toBe(-1);
    expect(indexOfPhrase("order 20123156", "12315")).toBe(-1);
    expect(indexOfPhrase("打12315投诉", "12315")).toBe(1);
    expect(indexOfPhrase("201231 12315", "12315")).toBe(7);
  });

  it("finds nothing for an empty phrase", () => {
    expect(indexOfPhrase("abc", "")).toBe(-1);
  });
});
