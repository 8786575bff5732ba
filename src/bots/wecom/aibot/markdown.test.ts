import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byteLength } from "../shorten.ts";
import { markdownOf, textMarkdown } from "./markdown.ts";

/** What a reader of markdown sees of a text that has no marks in force. */
const read = (markdown: string) => markdown.replace(/\\([!-/:-@[-`{-~])/g, "$1");

describe("words as markdown", () => {
  it.each([
    ["冰柜 3 号柜不制冷", "冰柜 3 号柜不制冷"],
    ["*急* _a_ `b` [c](d)", "\\*急\\* \\_a\\_ \\`b\\` \\[c\\](d)"],
    ["# 一\n- 二\n2. 三\n> 四", "\\# 一\n\\- 二\n2\\. 三\n\\> 四"],
    ["<@ZhangSan> <think>", "\\<@ZhangSan\\> \\<think\\>"],
    ["a\\b", "a\\\\b"],
    ["见 https://desk.test/a_b?c=*d* 谢谢_", "见 https://desk.test/a_b?c=*d* 谢谢\\_"],
    ["10-12 点", "10-12 点"],
  ])("writes %j so that it reads just so", (words, markdown) => {
    expect(markdownOf(words)).toBe(markdown);
  });

  it("reads as it was said, whatever it was", () => {
    const words = fc.string({ unit: fc.constantFrom(..."ab *_`[]<>|~#+=-.)(1\n\\好") });
    fc.assert(fc.property(words, (said) => read(markdownOf(said)) === said));
  });

  it("keeps to 20480 bytes, and never ends in the middle of an escape", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 20_490 }), fc.nat(3), (count, shift) => {
        const markdown = markdownOf("a".repeat(shift) + "*".repeat(count));
        expect(byteLength(markdown)).toBeLessThanOrEqual(20_480);
        expect(markdown).toMatch(/^a*(\\\*)*…?$/);
      }),
    );
  });
});

describe("those who are meant", () => {
  const li = { id: "LiLei", name: "李雷" };
  const all = { id: "all", name: "所有人" };
  const odd = { id: "a> <@all", name: "怪" };
  const text = { type: "text", text: "*急*", mentions: [li, all, odd] } as const;

  it("are called in a group by their ids, and nobody else is", () => {
    const markdown = textMarkdown(text, { kind: "chat", id: "wrg1" });
    expect(markdown).toBe("<@LiLei> @所有人 @怪 \\*急\\*");
  });

  it("are named where there is nobody to call", () => {
    const markdown = textMarkdown({ ...text, mentions: [li] }, { kind: "person", id: "LiLei" });
    expect(markdown).toBe("@李雷 \\*急\\*");
  });

  it("leave room for at most 20480 bytes", () => {
    const long = { ...text, text: "a".repeat(30_000) };
    const markdown = textMarkdown(long, { kind: "chat", id: "wrg1" });
    expect(byteLength(markdown)).toBeLessThanOrEqual(20_480);
    expect(markdown).toMatch(/^<@LiLei> .*…$/);
  });
});
