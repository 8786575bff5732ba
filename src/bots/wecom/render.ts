import type { Block, Card } from "../../core/card.ts";
import { type Controls, readControls } from "./render-controls.ts";
import { byteLength, clipped, oneLine, printable } from "./shorten.ts";

/** A `template_card` as its JSON; the XML of a passive reply has the same shape with other names. */
export type CardNode = {
  readonly [name: string]: string | number | CardNode | readonly CardNode[];
};

/** Characters that WeCom shows of each place; the smaller number where its pages differ. WeCom docs: 94888, 101032. */
const SIZE = { title: 26, desc: 30, subTitle: 112, source: 13, keyname: 5, value: 26 } as const;
const ROWS = 6;
const URL_BYTES = 1024;

/** desc_color: 0 grey, 1 black, 2 red, 3 green. WeCom docs: 94888. */
const COLORS = { neutral: 0, info: 1, success: 3, warning: 2, danger: 2 } as const;

export type RenderOptions = {
  /** Where a tap leads when the card has no link of its own. */
  readonly cardUrl: string;
  /** A line that stands out on the card: how the reader's click ended. */
  readonly remark: string | null;
};

/**
 * A card as the WeCom template card that can carry its controls: buttons, drop-down lists, or neither.
 *
 * WeCom has no text input and no confirm box; what its cards cannot carry is left out. WeCom docs: 90236, 94888.
 */
export function renderCard(card: Card<string>, options: RenderOptions): CardNode {
  const controls = readControls(card.controls);
  if (controls.type === "selects") return selectCard(card, controls, options);
  const links = readLinks(card);
  const fields = card.blocks.flatMap((block) => (block.type === "fields" ? block.fields : []));
  const room = ROWS - links.length;
  const subTitle = [
    ...card.blocks.flatMap(blockText),
    ...fields.slice(room).map(({ label, value }) => oneLine(`${label}：${value}`)),
  ];
  const url = links[0]?.url ?? (controls.type === "none" ? options.cardUrl : null);
  return {
    card_type: controls.type === "none" ? "text_notice" : "button_interaction",
    ...source(card, true),
    main_title: mainTitle(card, null),
    ...(options.remark === null ? {} : { quote_area: { type: 0, quote_text: options.remark } }),
    ...(subTitle.length === 0
      ? {}
      : { sub_title_text: clipped(subTitle.join("\n"), SIZE.subTitle) }),
    horizontal_content_list: [
      ...fields.slice(0, room).map(({ label, value }) => row(label, value)),
      ...links.map(({ label, url }) => ({ ...row(label, label), type: 1, url })),
    ],
    ...(url === null ? {} : { card_action: { type: 1, url } }),
    ...(controls.type === "buttons" ? controls.parts : {}),
  };
}

/** A card of drop-down lists has room for two lines and nothing else. */
function selectCard(
  card: Card<string>,
  controls: Extract<Controls, { readonly type: "selects" }>,
  options: RenderOptions,
): CardNode {
  const line = options.remark ?? card.blocks.flatMap(blockText)[0] ?? null;
  return {
    card_type: "multiple_interaction",
    ...source(card, false),
    main_title: mainTitle(card, line),
    ...controls.parts,
  };
}

/** The status line stands at the very top, in the colour of the tone where the card type has one. */
function source(card: Card<string>, colored: boolean): CardNode {
  const subtitle = oneLine(card.subtitle ?? "");
  if (subtitle === "") return {};
  const desc = clipped(subtitle, SIZE.source);
  return { source: colored ? { desc, desc_color: COLORS[card.tone] } : { desc } };
}

/** A status line that is too long for the top is repeated whole under the title. */
function mainTitle(card: Card<string>, line: string | null): CardNode {
  const subtitle = oneLine(card.subtitle ?? "");
  const isCut = [...subtitle].length > SIZE.source;
  const desc = oneLine(line ?? (isCut ? subtitle : ""));
  return {
    title: orDots(clipped(oneLine(card.title), SIZE.title)),
    ...(desc === "" ? {} : { desc: clipped(desc, SIZE.desc) }),
  };
}

function blockText(block: Block<string>): string[] {
  if (block.type !== "paragraph" && block.type !== "note") return [];
  const text = printable(block.text).trim();
  return text === "" ? [] : [text];
}

function row(label: string, value: string): CardNode {
  return {
    keyname: orDots(clipped(oneLine(label), SIZE.keyname)),
    value: orDots(clipped(oneLine(value), SIZE.value)),
  };
}

function readLinks(card: Card<string>) {
  return card.controls
    .flatMap((control) => (control.type === "link" ? [control] : []))
    .filter(({ url }) => /^https?:\/\//i.test(url) && byteLength(url) <= URL_BYTES)
    .slice(0, 3);
}

/** WeCom refuses empty texts in most places. */
function orDots(text: string): string {
  return text === "" ? "…" : text;
}
