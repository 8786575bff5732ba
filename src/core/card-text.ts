import type { Block, Card } from "./card.ts";

/** A card in plain words, for a surface that shows no cards: everything that can be read on it, and no buttons. */
export function cardText(card: Card<string>): string {
  const head = card.subtitle === null ? card.title : `${card.title}（${card.subtitle}）`;
  return [head, ...card.blocks.flatMap(blockText)].join("\n");
}

function blockText(block: Block<string>): string[] {
  switch (block.type) {
    case "paragraph":
    case "note":
      return [block.text];
    case "fields":
      return block.fields.map(({ label, value }) => `${label}：${value}`);
    case "divider":
      return [];
  }
}
