import type { Block, Card } from "../../core/card.ts";
import { inlineMarkdown, markdownLink, plainMarkdown } from "./markdown.ts";
import { renderMarkdown } from "./render-markdown.ts";
import { byteLength, shortened, VARIABLE_BYTES } from "./shorten.ts";

/** What links may take of it; a link that does not fit is left out, because half an address is none. */
const LINKS_BYTES = 512;
const NOTE = { open: "<font colorTokenV2=common_level3_base_color>", close: "</font>" } as const;

/** Words of a person or of policy between markdown of ours; `gap` stands between this piece and the one before. */
type Piece = {
  readonly gap: "\n\n" | "<br>";
  readonly open: string;
  readonly words: string;
  readonly close: string;
  /** How it is shown when there is room for all of it, where that is more than its words. */
  readonly whole?: string;
};

/** The blocks of a card and its links as one markdown text of at most 1 KB. DingTalk docs: markdown-variable-new. */
export function renderBody(card: Card<string>): string {
  const links = renderLinks(card);
  const room = VARIABLE_BYTES - (links === "" ? 0 : byteLength(links) + 2);
  const words = fill(card.blocks.flatMap(pieces), room);
  return [words, links].filter((part) => part !== "").join("\n\n");
}

function renderLinks(card: Card<string>): string {
  let links = "";
  for (const control of card.controls) {
    if (control.type !== "link" || !/^https?:\/\//i.test(control.url)) continue;
    const more = [links, markdownLink(control.label, control.url)].filter(Boolean).join("<br>");
    if (byteLength(more) <= LINKS_BYTES) links = more;
  }
  return links;
}

function pieces(block: Block<string>): Piece[] {
  switch (block.type) {
    case "paragraph":
      return [{ gap: "\n\n", open: "", words: block.text, close: "" }];
    case "markdown":
      return renderMarkdown(block.text).map(({ shown, words, isFirst }) => ({
        gap: isFirst ? "\n\n" : "<br>",
        open: "",
        words,
        close: "",
        whole: shown,
      }));
    case "image":
      return [{ gap: "\n\n", ...NOTE, words: block.alt }];
    case "note":
      return [{ gap: "\n\n", ...NOTE, words: block.text }];
    case "divider":
      return [{ gap: "\n\n", open: "***", words: "", close: "" }];
    case "fields":
      return block.fields.map((field, index) => ({
        gap: index === 0 ? "\n\n" : "<br>",
        open: `**${inlineMarkdown(field.label)}：**`,
        words: field.value,
        close: "",
      }));
  }
}

/** As many pieces as there is room for; the first one that has too little is cut, and ends the text. */
function fill(all: readonly Piece[], room: number): string {
  let text = "";
  for (const piece of all) {
    const gap = text === "" ? "" : piece.gap;
    const show = (words: string) => `${gap}${piece.open}${plainMarkdown(words)}${piece.close}`;
    const left = room - byteLength(text);
    const whole = piece.whole === undefined ? show(piece.words) : gap + piece.whole;
    if (byteLength(whole) > left) return text + shortened(piece.words, left, show);
    text += whole;
  }
  return text;
}
