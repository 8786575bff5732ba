import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyMarkdown } from "../../test/support/arbitrary-card.ts";
import { ALL_MARKDOWN, type MarkdownFeature } from "./card-abilities.ts";
import { readMarkdown } from "./markdown.ts";
import { fitMarkdown, plainText, writeMarkdown } from "./markdown-write.ts";

const plain = { bold: false, italic: false, code: false, url: null };

describe("readMarkdown", () => {
  it("reads every mark of the dialect", () => {
    const [block, ...more] = readMarkdown("a**b**_c_*d*`e*`[f **g**](https://x.example/h)");
    expect(more).toEqual([]);
    expect(block).toEqual({
      type: "paragraph",
      lines: [
        [
          { ...plain, text: "a" },
          { ...plain, bold: true, text: "b" },
          { ...plain, italic: true, text: "cd" },
          { ...plain, code: true, text: "e*" },
          { ...plain, url: "https://x.example/h", text: "f " },
          { ...plain, bold: true, url: "https://x.example/h", text: "g" },
        ],
      ],
    });
  });

  it("reads lists, quotations and headings, each until an empty or another line", () => {
    const source = "# 标题\n正文\n\n- 一\n* 二\n1. 先\n2) 后\n> 引\n> 用";
    const shape = readMarkdown(source).map(({ lines, ...block }) => ({
      ...block,
      lines: lines.map((line) => line.map(({ text }) => text).join("")),
    }));
    expect(shape).toEqual([
      { type: "paragraph", lines: ["标题", "正文"] },
      { type: "list", ordered: false, lines: ["一", "二"] },
      { type: "list", ordered: true, lines: ["先", "后"] },
      { type: "quote", lines: ["引", "用"] },
    ]);
  });

  it.each([
    "2 * 3 * 4",
    "file_name_x",
    "** a **",
    "a ** b",
    "`",
    "``",
    "[x](javascript:alert(1))",
    "[](https://x.example)",
    "****",
    "-",
    "<at id=all></at>",
  ])("shows %s as it is written", (source) => {
    expect(plainText(source)).toBe(source);
  });

  it("takes a mark's meaning away behind a backslash", () => {
    expect(plainText("\\*a\\* \\[b](https://x.example) \\- \\`c`")).toBe(
      "*a* [b](https://x.example) - `c`",
    );
  });

  it("comes to an end of a long line of marks", () => {
    const source = "[".repeat(50_000);
    expect(plainText(source)).toBe(source);
  });
});

describe("writeMarkdown", () => {
  it("writes what is read back the same, whatever was written", () => {
    fc.assert(
      fc.property(anyMarkdown, (source) => {
        const once = fitMarkdown(source, ALL_MARKDOWN, 1e6);
        expect(fitMarkdown(once, ALL_MARKDOWN, 1e6)).toBe(once);
        expect(plainText(once)).toBe(plainText(source));
      }),
      { numRuns: 300 },
    );
  });

  it("writes nothing for nothing", () => {
    expect(writeMarkdown(readMarkdown(" \n\n "))).toBe("");
  });
});

describe("fitMarkdown", () => {
  const features = fc.subarray<MarkdownFeature>([...ALL_MARKDOWN]);

  it("leaves only what a tool has, within its length, and then changes nothing more", () => {
    fc.assert(
      fc.property(anyMarkdown, features, fc.integer({ min: 1, max: 80 }), (source, has, most) => {
        const once = fitMarkdown(source, has, most);
        expect(fitMarkdown(once, has, most)).toBe(once);
        const spans = readMarkdown(once).flatMap(({ lines }) => lines.flat());
        const length = spans.reduce((sum, { text }) => sum + [...text].length, 0);
        expect(length).toBeLessThanOrEqual(most);
        if (!has.includes("bold")) expect(spans.some(({ bold }) => bold)).toBe(false);
        if (!has.includes("link")) expect(spans.some(({ url }) => url !== null)).toBe(false);
        for (const { type } of readMarkdown(once))
          expect(type === "paragraph" || has.includes(type)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("closes every mark that it opened before it cuts", () => {
    expect(fitMarkdown("一**二三四**五", ALL_MARKDOWN, 4)).toBe("一**二三**…");
    expect(fitMarkdown("[一二三](https://x.example)", ALL_MARKDOWN, 2)).toBe(
      "[一](https://x.example)…",
    );
  });

  it("never cuts a character in two", () => {
    expect(fitMarkdown("😀😀😀", [], 2)).toBe("😀…");
  });
});

describe("plainText", () => {
  it("keeps dots, numbers and addresses", () => {
    const source = "**看**：\n- [这里](https://x.example)\n\n1. 甲\n2. 乙\n\n> 引";
    expect(plainText(source)).toBe("看：\n• 这里 (https://x.example)\n1. 甲\n2. 乙\n> 引");
  });
});
