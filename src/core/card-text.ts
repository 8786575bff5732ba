import type { Block, Card, Control } from "./card.ts";
import { PLAIN_TEXT } from "./card-abilities.ts";
import { bytesOf } from "./fit-text.ts";
import { plainText } from "./markdown-write.ts";

/**
 * A card in plain words, for a surface that shows no cards: everything that can be read on it, its links, and the numbers
 * that can be typed for its buttons (`fitCard` gives them). At most `bytes` in UTF-8: what can be read gives way first,
 * from its end, then links.
 */
export function cardText(card: Card<string>, bytes: number = PLAIN_TEXT.limits.bytes): string {
  const head = card.subtitle === null ? card.title : `${card.title}（${card.subtitle}）`;
  const said = card.blocks.flatMap(blockText);
  const links = card.controls.flatMap(linkText);
  const replies = card.controls.flatMap(replyText);
  const all = (blocks: readonly string[], opens: readonly string[]) =>
    [head, ...blocks, ...opens, ...replies].join("\n");
  for (let kept = said.length; kept >= 0; kept--) {
    const blocks = kept < said.length ? [...said.slice(0, kept), "…"] : said;
    const text = all(blocks, links);
    if (bytesOf(text) <= bytes) return text;
  }
  for (let kept = links.length - 1; kept >= 0; kept--) {
    const text = all(["…"], links.slice(0, kept));
    if (bytesOf(text) <= bytes) return text;
  }
  return firstBytes(all([], []), bytes);
}

/** What each number under a text means: the actions of the numbered buttons of a fitted card. */
export function repliesOf(card: Card<string>): { number: number; action: string }[] {
  return card.controls.flatMap((control) =>
    control.type === "reply" ? [{ number: control.number, action: control.action }] : [],
  );
}

function blockText(block: Block<string>): string[] {
  switch (block.type) {
    case "paragraph":
    case "note":
      return [block.text];
    case "markdown":
      return [plainText(block.text)];
    case "fields":
      return block.fields.map(({ label, value }) => `${label}：${value}`);
    case "image":
      return [block.alt];
    case "divider":
      return [];
  }
}

function linkText(control: Control<string>): string[] {
  return control.type === "link" ? [`${control.label}：${control.url}`] : [];
}

function replyText(control: Control<string>): string[] {
  return control.type === "reply" ? [control.label] : [];
}

function firstBytes(text: string, bytes: number): string {
  let kept = "";
  let left = bytes - bytesOf("…");
  for (const character of text) {
    left -= bytesOf(character);
    if (left < 0) return `${kept}…`;
    kept += character;
  }
  return text;
}
