import type { MarkdownFeature } from "./card-abilities.ts";
import { joined, type MarkdownBlock, readMarkdown, type Span, type Spans } from "./markdown.ts";

/** A text of the dialect with only these features and at most so many characters to read, ending in an ellipsis if cut. */
export function fitMarkdown(
  source: string,
  features: readonly MarkdownFeature[],
  longest: number,
): string {
  return writeMarkdown(cutMarkdown(loweredMarkdown(readMarkdown(source), features), longest));
}

/** A text of the dialect in plain words: lists keep their dots and numbers, links their addresses. */
export function plainText(source: string): string {
  return loweredMarkdown(readMarkdown(source), [])
    .flatMap(({ lines }) => lines.map((line) => line.map(({ text }) => text).join("")))
    .join("\n");
}

/** How many characters of a text of the dialect are read. */
export function lengthOfMarkdown(source: string): number {
  return readMarkdown(source).reduce(
    (sum, { lines }) => sum + lines.reduce((n, line) => n + size(line), 0),
    0,
  );
}

function loweredMarkdown(
  blocks: readonly MarkdownBlock[],
  features: readonly MarkdownFeature[],
): MarkdownBlock[] {
  return blocks.map((block) => {
    const lines = block.lines.map((line) =>
      joined(line.flatMap((span) => lowered(span, features))),
    );
    if (block.type === "paragraph" || features.includes(block.type)) return { ...block, lines };
    const marked = lines.map((line, index) => [{ ...NONE, text: markerOf(block, index) }, ...line]);
    return { type: "paragraph", lines: marked.map(joined) };
  });
}

const NONE = { bold: false, italic: false, code: false, url: null } as const;

function markerOf(block: MarkdownBlock, index: number): string {
  if (block.type !== "list") return "> ";
  return block.ordered ? `${index + 1}. ` : "• ";
}

function lowered(span: Span, features: readonly MarkdownFeature[]): Span[] {
  const linked = span.url === null || features.includes("link");
  const style = {
    bold: span.bold && features.includes("bold"),
    italic: span.italic && features.includes("italic"),
    code: span.code && features.includes("code"),
    url: linked ? span.url : null,
  };
  if (linked || span.text === span.url) return [{ ...style, text: span.text }];
  return [
    { ...style, text: span.text },
    { ...NONE, text: ` (${span.url})` },
  ];
}

/** The beginning of a text; code cut short stays code, and every mark that is opened is closed. */
function cutMarkdown(blocks: readonly MarkdownBlock[], longest: number): MarkdownBlock[] {
  let left = blocks.reduce(
    (sum, { lines }) => sum + lines.reduce((n, line) => n + size(line), 0),
    0,
  );
  if (left <= longest) return [...blocks];
  left = Math.max(0, longest - 1);
  const kept: MarkdownBlock[] = [];
  for (const block of blocks) {
    const lines: Spans[] = [];
    for (const line of block.lines) {
      if (size(line) <= left) {
        lines.push(line);
        left -= size(line);
        continue;
      }
      lines.push(joined([...firstOf(line, left), { ...NONE, text: "…" }]));
      return [...kept, { ...block, lines }];
    }
    kept.push({ ...block, lines });
  }
  return kept;
}

function firstOf(line: Spans, most: number): Span[] {
  let left = most;
  const kept: Span[] = [];
  for (const span of line) {
    const text = [...span.text].slice(0, left).join("");
    left -= [...text].length;
    if (text.trim() === "" && left === 0) break;
    kept.push({ ...span, text });
    if (left === 0) break;
  }
  return kept.filter(({ text }) => text !== "");
}

function size(line: Spans): number {
  return line.reduce((sum, { text }) => sum + [...text].length, 0);
}

/** A tree as text of the dialect, from which `readMarkdown` makes the same tree. */
export function writeMarkdown(blocks: readonly MarkdownBlock[]): string {
  return blocks.map(writeBlock).join("\n\n");
}

function writeBlock(block: MarkdownBlock): string {
  return block.lines
    .map((line, index) => {
      const words = writeLine(line);
      if (block.type === "quote") return `> ${words}`;
      if (block.type === "list") return `${block.ordered ? `${index + 1}.` : "-"} ${words}`;
      return words;
    })
    .join("\n");
}

function writeLine(line: Spans): string {
  const parts = line.map((span, index) => writeSpan(span, around(line, index)));
  return parts
    .join("")
    .replace(/^\s/, (space) => `\\${space}`)
    .replace(/^(?:[-+>#]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
    .replace(/(?<!\\) $/, "\\ ");
}

type Around = { readonly before: string; readonly after: string };

function around(line: Spans, index: number): Around {
  return { before: line[index - 1]?.text.at(-1) ?? "", after: line[index + 1]?.text.at(0) ?? "" };
}

function writeSpan(span: Span, { before, after }: Around): string {
  const styled = span.bold || span.italic;
  let words = span.code ? `\`${span.text}\`` : escaped(span.text);
  if (!span.code && styled) words = words.replace(/^ /, "\\ ").replace(/(?<!\\) $/, "\\ ");
  const inside = span.bold || span.code || span.url !== null;
  if (span.italic && (inside || !inWord(span.text, before, after))) words = `_${words}_`;
  if (span.bold) words = `**${words}**`;
  return span.url === null ? words : `[${words}](${span.url})`;
}

/** An underscore between two letters or digits would be read as one. */
function inWord(text: string, before: string, after: string): boolean {
  const touches = (a: string, b: string) => /^[0-9a-z]{2}$/i.test(a + b);
  return touches(before, text.at(0) ?? "") || touches(text.at(-1) ?? "", after);
}

function escaped(text: string): string {
  return text.replace(/[\\*_`[\]]/g, (mark) => `\\${mark}`);
}
