import type { Block, Card } from "../card.ts";
import { type Text, t } from "../text.ts";

/** What can be read on a card, line by line: for a moment's look, where a card would go on looking true. */
export function cardWords({ title, subtitle, blocks }: Card<Text>): Text {
  return lines([title, ...(subtitle === null ? [] : [subtitle]), ...blocks.flatMap(wordsOf)]);
}

/** One text of several lines. */
export function lines(texts: readonly Text[]): Text {
  return texts.reduce((before, line) => t("lines", { before, line }));
}

function wordsOf(block: Block<Text>): Text[] {
  switch (block.type) {
    case "paragraph":
    case "note":
    case "markdown":
      return [block.text];
    case "fields":
      return block.fields.map(({ label, value }) => t("line.field", { label, value }));
    case "image":
      return [block.alt];
    case "divider":
      return [];
  }
}
