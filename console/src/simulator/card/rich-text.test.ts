import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RichSpan, richText } from "./rich-text.ts";

const spansOf = (source: string): readonly RichSpan[] => richText(source)[0]?.spans ?? [];
const wordsOf = (source: string) => spansOf(source).map((span) => span.text);

describe("marked-up text", () => {
  test("keeps marks inside marks", () => {
    expect(spansOf("a **b *c*** <font color='red'>**d**</font>")).toMatchObject([
      { text: "a ", bold: false },
      { text: "b ", bold: true, italic: false },
      { text: "c", bold: true, italic: true },
      { text: " ", bold: false },
      { text: "d", bold: true, color: "red" },
    ]);
  });

  test("reads both marks of italics, and none inside a name", () => {
    const slanted = spansOf("_a b_ *c* file_name_x").filter(({ italic }) => italic);
    expect(slanted.map(({ text }) => text)).toEqual(["a b", "c"]);
  });

  test("takes each kind of line for what it is", () => {
    const source = "# 头\n- 一\n2. 二\n> 引\n---\n\n文";
    expect(richText(source).map((line) => [line.type, line.marker])).toEqual([
      ["heading", null],
      ["item", "•"],
      ["item", "2."],
      ["quote", null],
      ["rule", null],
      ["space", null],
      ["text", null],
    ]);
  });

  test("reads a colour by name, by number and by DingTalk's token", () => {
    const colors = ["color='grey-600'", 'color="#A1B2C3"', "colorTokenV2=common_level3_base_color"];
    expect(colors.map((color) => spansOf(`<font ${color}>x</font>`)[0]?.color)).toEqual([
      "grey",
      "#a1b2c3",
      "grey",
    ]);
  });

  test("links to web pages only", () => {
    expect(spansOf("[看](https://a.example/x)")[0]).toMatchObject({
      text: "看",
      href: "https://a.example/x",
    });
    expect(spansOf("[看](javascript:x)")[0]).toMatchObject({
      text: "[看](javascript:x)",
      href: null,
    });
  });

  test("knows who is mentioned", () => {
    expect(spansOf("<at id=ou_1></at>好")).toMatchObject([
      { text: "ou_1", mention: "ou_1" },
      { text: "好", mention: null },
    ]);
  });

  test("shows what was escaped as it was meant", () => {
    expect(wordsOf("\\*\\*不粗\\*\\*").join("")).toBe("**不粗**");
    expect(wordsOf("&#42;&#42;a&#42;&#42; &lt;b&gt; &unknown;")).toEqual(["**a** <b> &unknown;"]);
  });

  test("shows text without marks unchanged, whatever it is", () => {
    const plain = fc.stringMatching(/^[\p{L}\p{N} ,.:()'"|=+]*[\p{L}\p{N}]$/u);
    fc.assert(
      fc.property(plain, (text) => {
        fc.pre(!/^\s*(\d+[.)]|[-*+#>])/.test(text));
        expect(wordsOf(text).join("")).toBe(text);
      }),
    );
  });

  test("never fails, whatever it is given", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => richText(text).length > 0));
  });
});
