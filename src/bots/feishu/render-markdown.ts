import { type MarkdownBlock, readMarkdown, type Span } from "../../core/markdown.ts";
import { withoutMentions } from "./plain-text.ts";

/** A text of our dialect in that of Feishu's markdown element. Feishu docs: card-json-v2-components, rich-text. */
export function renderMarkdown(source: string): string {
  return readMarkdown(source).map(renderBlock).join("\n\n");
}

function renderBlock(block: MarkdownBlock): string {
  return block.lines
    .map((line, index) => {
      const words = renderLine(line);
      if (block.type === "quote") return `> ${words}`;
      if (block.type === "list") return `${block.ordered ? `${index + 1}.` : "-"} ${words}`;
      return words;
    })
    .join("\n");
}

/** A number at the beginning would make a list of the line. */
function renderLine(line: readonly Span[]): string {
  return line
    .map(renderSpan)
    .reduce(
      (sum, next) =>
        sum.endsWith("*") && next.startsWith("*") ? `${sum}\u200b${next}` : sum + next,
      "",
    )
    .replace(/^(\d+)\./, "$1&#46;");
}

function renderSpan(span: Span): string {
  const [, before = "", inside = "", after = ""] = /^(\s*)(.*?)(\s*)$/su.exec(span.text) ?? [];
  if (inside === "") return span.text;
  let words = span.code ? `\`${withoutMentions(inside)}\`` : literally(inside);
  if (span.italic) words = `*${words}*`;
  if (span.bold) words = `**${words}**`;
  if (span.url !== null) words = `[${words}](${span.url})`;
  return before + words + after;
}

/**
 * Words that mean nothing but themselves: `<at id=all></at>` would call a whole chat. The element reads HTML's numbered
 * entities as the characters they stand for.
 */
function literally(words: string): string {
  return words.replace(/[&<>*_~`[\]()#|\\$:!+-]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
