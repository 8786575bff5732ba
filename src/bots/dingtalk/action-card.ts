import type { Block, Card } from "../../core/card.ts";
import type { CardAbilities } from "../../core/card-abilities.ts";
import { fitCard } from "../../core/fit-card.ts";
import { readMarkdown } from "../../core/markdown.ts";
import { DINGTALK_ACTION_CARD } from "./card-abilities.ts";
import { markdownLink, oneLine, plainMarkdown } from "./markdown.ts";
import { renderLine } from "./render-markdown.ts";
import { byteLength, clipped, shortened } from "./shorten.ts";

/** A card as a message of markdown, with links below it that look like buttons. */
export type ActionCard = {
  readonly title: string;
  readonly text: string;
  readonly links: readonly { readonly title: string; readonly url: string }[];
};

/** What the whole message may have is 15 000; the rest is for the links and for what JSON adds. */
const TEXT_BYTES = 9_000;
const BREAK = "  \n";
/** In messages a quotation is grey print. */
const GREY = { open: "> ", close: "" } as const;

/**
 * A card as an ActionCard. Its dialect is that of messages, where only two blanks before a line feed break a line.
 *
 * DingTalk docs: robot-message-type, custom-robots-send-group-messages.
 */
export function renderActionCard(
  given: Card<string>,
  can: CardAbilities = DINGTALK_ACTION_CARD,
): ActionCard {
  const card = fitCard(given, can);
  const title = oneLine(card.title) || "…"; // DingTalk refuses an empty one
  const head = `### ${messageMarkdown(title)}`;
  const parts = [
    head,
    ...(card.subtitle === null ? [] : [`**${messageMarkdown(card.subtitle)}**`]),
    ...card.blocks.map(blockText),
  ].filter((part) => part !== "");
  return {
    title: clipped(title, can.limits.title),
    text: within(parts),
    links: card.controls.flatMap((control) =>
      control.type === "link" && isWebAddress(control.url)
        ? [{ title: oneLine(control.label) || "…", url: control.url }]
        : [],
    ),
  };
}

/** As many parts as there is room for; the first one that has too little is cut, and ends the text. */
function within(parts: readonly string[]): string {
  let text = "";
  for (const part of parts) {
    const more = text === "" ? part : `${text}\n\n${part}`;
    if (byteLength(more) > TEXT_BYTES) {
      const left = TEXT_BYTES - byteLength(text) - 2;
      return left < 20 ? text : `${text}\n\n${shortened(part, left)}`;
    }
    text = more;
  }
  return text;
}

function blockText(block: Block<string>): string {
  switch (block.type) {
    case "paragraph":
      return messageMarkdown(block.text);
    case "markdown":
      return readMarkdown(block.text).map(markdownBlock).join("\n\n");
    case "note":
      return `${GREY.open}${messageMarkdown(block.text)}`;
    case "image":
      return isWebAddress(block.url) ? `!${markdownLink(block.alt, block.url)}` : block.alt;
    case "divider":
      return "---";
    case "fields":
      return block.fields
        .map(({ label, value }) => `**${messageMarkdown(label)}：**${messageMarkdown(value)}`)
        .join(BREAK);
  }
}

function markdownBlock(block: ReturnType<typeof readMarkdown>[number]): string {
  const lines = block.lines.map((line) => renderLine(line).replaceAll("<br>", BREAK));
  if (block.type === "list") {
    return lines.map((line, at) => `${block.ordered ? `${at + 1}.` : "-"} ${line}`).join("\n");
  }
  return (block.type === "quote" ? GREY.open : "") + lines.join(BREAK);
}

/** Words that mean nothing more in the markdown of messages than they say. */
function messageMarkdown(words: string): string {
  return plainMarkdown(words).replaceAll("<br>", BREAK);
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\//i.test(url);
}
