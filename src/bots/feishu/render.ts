import type { Card, Tone } from "../../core/card.ts";
import type { CardAbilities } from "../../core/card-abilities.ts";
import { fitCard } from "../../core/fit-card.ts";
import { utf8 } from "../../wire/bytes.ts";
import { FEISHU_CARD } from "./card-abilities.ts";
import { uniqueNames } from "./names.ts";
import { type NativeCard, plain } from "./native-card.ts";
import { renderBlock } from "./render-block.ts";
import { renderControls, renderMenu } from "./render-control.ts";

const MOST_ELEMENTS = 200; // Feishu docs: card-json-v2-structure; a text object counts too

/** Feishu docs: title component of card JSON 2.0, template. */
const TEMPLATES: Readonly<Record<Tone, string>> = {
  neutral: "grey",
  info: "blue",
  success: "green",
  warning: "orange",
  danger: "red",
};

/**
 * A card as Feishu's card JSON 2.0, always within its limits; `can` is the table of a group webhook where one posts it.
 *
 * A card that is too large loses words first, then blocks from the end, and buttons only when nothing else is left.
 */
export function renderCard(card: Card<string>, can: CardAbilities = FEISHU_CARD): NativeCard {
  for (const smaller of everSmaller(card, can)) {
    const native = build(smaller);
    if (fits(native, can.limits.bytes)) return native;
  }
  return build({ ...fitCard(card, shortOf(can, SHORTEST)), blocks: [], controls: [] });
}

/** The text of a card for the field `content`. */
export function cardContent(card: Card<string>, can: CardAbilities = FEISHU_CARD): string {
  return JSON.stringify(renderCard(card, can));
}

const SHORTEST = 60;

function* everSmaller(card: Card<string>, can: CardAbilities): Generator<Card<string>> {
  for (const longest of [6_000, 2_000, 600, 200]) yield fitCard(card, shortOf(can, longest));
  const short = fitCard(card, shortOf(can, SHORTEST));
  yield short;
  for (let count = short.blocks.length; count > 0; ) {
    count = fewer(count);
    const left = [...short.blocks.slice(0, count), { type: "note", text: "…" } as const];
    yield { ...short, blocks: left };
  }
  for (let count = short.controls.length; count > 0; ) {
    count = fewer(count);
    yield { ...short, blocks: [], controls: short.controls.slice(0, count) };
  }
}

/** The same with no words longer than `longest`. */
function shortOf(can: CardAbilities, longest: number): CardAbilities {
  const { text, label, value, button, confirm, question, option } = can.limits;
  const words = { text, label, value, button, confirm, question, option };
  const shorter = Object.entries(words).map(([name, most]) => [name, Math.min(most, longest)]);
  return { ...can, limits: { ...can.limits, ...Object.fromEntries(shorter) } };
}

function fewer(count: number): number {
  return Math.min(count - 1, Math.floor(count * 0.8));
}

function build(card: Card<string>): NativeCard {
  const subtitle = card.subtitle === null ? {} : { subtitle: plain(card.subtitle) };
  return {
    schema: "2.0",
    config: { update_multi: true },
    header: { title: plain(card.title), ...subtitle, template: TEMPLATES[card.tone] },
    body: {
      elements: [
        ...card.blocks.flatMap(renderBlock),
        ...renderControls(card.controls, uniqueNames()),
        ...renderMenu(card),
      ],
    },
  };
}

function fits(card: NativeCard, bytes: number): boolean {
  if (countElements(card) > MOST_ELEMENTS) return false;
  return utf8(JSON.stringify(JSON.stringify(card))).length <= bytes;
}

function countElements(value: unknown): number {
  if (Array.isArray(value))
    return value.reduce<number>((sum, each) => sum + countElements(each), 0);
  if (typeof value !== "object" || value === null) return 0;
  const inside = Object.values(value).reduce<number>((sum, each) => sum + countElements(each), 0);
  return inside + ("tag" in value ? 1 : 0);
}
