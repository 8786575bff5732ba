import type { Card, Tone } from "../../core/card.ts";
import { utf8 } from "../../wire/bytes.ts";
import { uniqueNames } from "./names.ts";
import { type NativeCard, plain } from "./native-card.ts";
import { shorten } from "./plain-text.ts";
import { renderBlock } from "./render-block.ts";
import { renderControls } from "./render-control.ts";

const MOST_ELEMENTS = 200; // Feishu docs: card-json-v2-structure; a text object counts too
const MOST_BYTES = 29_000; // of 30 KB for the whole request (230025), in which the card is a text inside JSON
const LONGEST_TITLE = 200; // the head shows four lines
const LONGEST_URL = 2_000;

/** Feishu docs: title component of card JSON 2.0, template. */
const TEMPLATES: Readonly<Record<Tone, string>> = {
  neutral: "grey",
  info: "blue",
  success: "green",
  warning: "orange",
  danger: "red",
};

/**
 * A card as Feishu's card JSON 2.0, always within its limits.
 *
 * A card that is too large loses words first, then blocks from the end, and buttons only when nothing else is left.
 */
export function renderCard(card: Card<string>): NativeCard {
  const usable = { ...card, controls: card.controls.filter(isSendable) };
  for (const { smaller, longest } of everSmaller(usable)) {
    const native = build(smaller, longest);
    if (fits(native)) return native;
  }
  return build({ ...card, blocks: [], controls: [] }, SHORTEST);
}

/** The text of a card for the field `content`. */
export function cardContent(card: Card<string>): string {
  return JSON.stringify(renderCard(card));
}

const SHORTEST = 60;

function* everSmaller(card: Card<string>): Generator<{ smaller: Card<string>; longest: number }> {
  for (const longest of [6_000, 2_000, 600, 200, SHORTEST]) yield { smaller: card, longest };
  for (let count = card.blocks.length; count > 0; ) {
    count = fewer(count);
    const left = [...card.blocks.slice(0, count), { type: "note", text: "…" } as const];
    yield { smaller: { ...card, blocks: left }, longest: SHORTEST };
  }
  for (let count = card.controls.length; count > 0; ) {
    count = fewer(count);
    const smaller = { ...card, blocks: [], controls: card.controls.slice(0, count) };
    yield { smaller, longest: SHORTEST };
  }
}

function fewer(count: number): number {
  return Math.min(count - 1, Math.floor(count * 0.8));
}

function build(card: Card<string>, longest: number): NativeCard {
  const subtitle =
    card.subtitle === null ? {} : { subtitle: plain(shorten(card.subtitle, LONGEST_TITLE)) };
  return {
    schema: "2.0",
    config: { update_multi: true },
    header: {
      title: plain(shorten(card.title, LONGEST_TITLE)),
      ...subtitle,
      template: TEMPLATES[card.tone],
    },
    body: {
      elements: [
        ...card.blocks.flatMap((block) => renderBlock(block, longest)),
        ...renderControls(card.controls, uniqueNames(), longest),
      ],
    },
  };
}

function isSendable(control: Card<string>["controls"][number]): boolean {
  return control.type !== "link" || control.url.length <= LONGEST_URL;
}

function fits(card: NativeCard): boolean {
  if (countElements(card) > MOST_ELEMENTS) return false;
  return utf8(JSON.stringify(JSON.stringify(card))).length <= MOST_BYTES;
}

function countElements(value: unknown): number {
  if (Array.isArray(value))
    return value.reduce<number>((sum, each) => sum + countElements(each), 0);
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, each) => sum + countElements(each), 0);
  return inside + ("tag" in value ? 1 : 0);
}
