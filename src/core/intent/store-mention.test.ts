import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mentions, normaliseName } from "./store-mention.ts";

describe("mentions", () => {
  it.each([
    ["你好，我是人民广场店的，冰柜坏了", "人民广场店"],
    ["我们K11店的收银机死机了麻烦安排人来看看谢谢", "K11 店"],
    ["喜茶（人民广场店）冰柜不制冷", "喜茶(人民广场店)"],
    ["万达2号店漏水", "万达2号店"],
    ["SH-0123 咖啡机漏水", "sh 0123"],
    ["门店编号１００８６报修", "10086"],
    ["The coffee machine at Central Park is leaking", "Central Park"],
    ["the machine in store NY42 leaks", "ny-42"],
  ])("finds in %j the store %j", (text, name) => {
    expect(mentions(text)).toContain(normaliseName(name));
  });

  it("finds a name in a long complaint that has more than 90 pieces", () => {
    const text =
      "今天早上开门的时候发现人民广场店冰柜不制冷温度一直显示二十度昨天晚上还好好的不知道是什么原因麻烦尽快安排师傅上门维修";
    expect(mentions(text)).toHaveLength(90);
    expect(mentions(text)).toContain("人民广场店");
  });

  it("names codes first and then the longest", () => {
    const found = mentions("人民广场店SH0123");
    expect(found[0]).toBe("sh0123");
    expect(found.indexOf("人民广场店")).toBeLessThan(found.indexOf("广场店"));
  });

  it("takes no name across the end of a sentence", () => {
    expect(mentions("我在人民。广场店")).not.toContain("人民广场店");
  });

  it("takes neither a lone character nor a short number for a name", () => {
    expect(mentions("店 12")).toEqual(["店12"]);
    expect(mentions("12")).toEqual([]);
    expect(mentions("")).toEqual([]);
  });

  it("finds any short Chinese name that stands alone", () => {
    const name = fc.string({
      unit: fc.constantFrom(..."人民广场万达店的和平不夜城"),
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(fc.property(name, (text) => mentions(text).includes(normaliseName(text))));
  });

  it("returns at most 90 different candidates in index form for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const found = mentions(text);
        return found.length <= 90 && new Set(found).size === found.length;
      }),
    );
    expect(mentions("冰柜坏了".repeat(5000)).length).toBeLessThanOrEqual(90);
  });
});

describe("normaliseName", () => {
  it.each([
    ["喜茶（人民广场店）", "喜茶人民广场店"],
    ["Store #5 – K11", "store5k11"],
    ["ＳＨ-０１２３", "sh0123"],
  ])("spells %j as %j", (name, expected) => {
    expect(normaliseName(name)).toBe(expected);
  });
});
