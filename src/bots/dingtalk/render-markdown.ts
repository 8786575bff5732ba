import { type MarkdownBlock, readMarkdown, type Span, type Spans } from "../../core/markdown.ts";
import { markdownLink, plainMarkdown } from "./markdown.ts";

/** One line of a markdown text, and its words without marks. */
export type MarkdownLine = {
  readonly shown: string;
  readonly words: string;
  /** Does a block begin with it? */
  readonly isFirst: boolean;
};

/**
 * A text of our dialect, line by line, in the markdown of DingTalk's cards: bold, italic and links.
 *
 * What else our dialect has is lowered by the card's table. DingTalk docs: markdown-variable-new.
 */
export function renderMarkdown(source: string): MarkdownLine[] {
  return readMarkdown(source).flatMap((block: MarkdownBlock) =>
    block.lines.map((line, index) => ({
      shown: renderLine(line),
      words: line.map(({ text }) => text).join(""),
      isFirst: index === 0,
    })),
  );
}

/** One line of it. */
export function renderLine(line: Spans): string {
  return line.map(renderSpan).reduce(beside, "");
}

/** Two marks that touch would be read as one. */
function beside(sum: string, next: string): string {
  return sum.endsWith("*") && next.startsWith("*") ? `${sum}\u200b${next}` : sum + next;
}

function renderSpan(span: Span): string {
  const [, before = "", inside = "", after = ""] = /^(\s*)(.*?)(\s*)$/su.exec(span.text) ?? [];
  if (inside === "") return span.text;
  let words = span.url === null ? plainMarkdown(inside) : markdownLink(inside, span.url);
  if (span.italic) words = `*${words}*`;
  if (span.bold) words = `**${words}**`;
  return before + words + after;
}
