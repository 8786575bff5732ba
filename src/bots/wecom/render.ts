import type { Block, Card, CardField } from "../../core/card.ts";
import { fitCard } from "../../core/fit-card.ts";
import { WECOM_CARD } from "./card-abilities.ts";
import { type Controls, readControls } from "./render-controls.ts";
import { clipped, oneLine, printable } from "./shorten.ts";

/** A `template_card` as its JSON; the XML of a passive reply has the same shape with other names. */
export type CardNode = {
  readonly [name: string]: string | number | CardNode | readonly CardNode[];
};

/** Characters that WeCom shows of each place; the smaller number where its pages differ. WeCom docs: 94888, 101032. */
const { title, subtitle: desc, words: subTitle, label: keyname, value } = WECOM_CARD.limits;
const SIZE = { title, desc, subTitle, source: 13, keyname, value } as const;
const ROWS = 6;

/** desc_color: 0 grey, 1 black, 2 red, 3 green. WeCom docs: 94888. */
const COLORS = { neutral: 0, info: 1, success: 3, warning: 2, danger: 2 } as const;

export type RenderOptions = {
  /** Where a tap leads when the card has no link of its own. */
  readonly cardUrl: string;
  /** A line that stands out on the card: how the reader's click ended. */
  readonly remark: string | null;
};

/**
 * A card as the WeCom template card that can carry its controls: buttons, drop-down lists, check boxes, or nothing.
 *
 * What WeCom's cards do not have is lowered by their table. WeCom docs: 90236, 94888.
 */
export function renderCard(given: Card<string>, options: RenderOptions): CardNode {
  const card = fitCard(given, WECOM_CARD);
  const controls = readControls(card.controls);
  if (controls.type === "choices") return choiceCard(card, controls, options);
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
      ...fields.slice(0, room).map(fieldRow),
      ...links.map(({ label, url }) => ({ ...linkRow(label), type: 1, url })),
    ],
    ...(url === null ? {} : { card_action: { type: 1, url } }),
    ...(controls.type === "buttons" ? controls.parts : {}),
  };
}

/** "Attachment 1: photo.jpg" has its own name for the row; other links stand in both halves. */
function linkRow(label: string): CardNode {
  const [, name, value] = /^([^：:]{1,12})[：:]\s*(.+)$/u.exec(label) ?? [];
  return row(name ?? label, value ?? label);
}

/** A card of lists or check boxes has room for two lines and nothing else. */
function choiceCard(
  card: Card<string>,
  controls: Extract<Controls, { readonly type: "choices" }>,
  options: RenderOptions,
): CardNode {
  const line = options.remark ?? card.blocks.flatMap(blockText)[0] ?? null;
  return {
    card_type: controls.card,
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

/** A person is shown as one, who can be opened. WeCom docs: 90236, type 3. */
function fieldRow({ label, value, contact }: CardField<string>): CardNode {
  const shown = row(label, value);
  return contact === undefined || contact === "" ? shown : { ...shown, type: 3, userid: contact };
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
    .filter(({ url }) => /^https?:\/\//i.test(url));
}

/** WeCom refuses empty texts in most places. */
function orDots(text: string): string {
  return text === "" ? "…" : text;
}
