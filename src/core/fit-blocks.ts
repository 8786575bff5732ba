import type { Block, CardField, Control } from "./card.ts";
import type { CardAbilities } from "./card-abilities.ts";
import { clip, isWebAddress, lengthOf } from "./fit-text.ts";
import type { FitWords } from "./fit-words.ts";
import { fitMarkdown, lengthOfMarkdown, plainText } from "./markdown-write.ts";

type Note = Extract<Block<string>, { readonly type: "note" }>;
type Worded = Extract<Block<string>, { readonly type: "paragraph" | "markdown" | "note" }>;

/** Less than this of a text tells nothing. */
const SHORTEST = 8;

/** The blocks, once it is known which controls found no room; and links in the place of pictures. */
export function fitBlocks(
  given: readonly Block<string>[],
  can: CardAbilities,
  words: FitWords,
): {
  blocks(dropped: readonly string[]): Block<string>[];
  readonly links: readonly Control<string>[];
} {
  const links: Control<string>[] = [];
  const lowered = given.flatMap((block) => {
    const { block: shown, link } = fitBlock(block, can, words);
    if (link !== null) links.push(link);
    return shown === null ? [] : [shown];
  });
  return {
    links,
    blocks(dropped) {
      const { blocks, left } = fitRows(lowered, can.limits.fields);
      const tail: Note[] = [];
      if (left > 0) tail.push(note(words.more(left), can));
      if (dropped.length > 0) tail.push(note(words.dropped(dropped.join(" · ")), can));
      return [...fitLength(blocks, can, words, tail), ...tail];
    },
  };
}

type Lowered = { readonly block: Block<string> | null; readonly link: Control<string> | null };

function fitBlock(block: Block<string>, can: CardAbilities, words: FitWords): Lowered {
  const { limits, markdown } = can;
  switch (block.type) {
    case "paragraph":
    case "note":
      return only({ type: block.type, text: clip(block.text, limits.text) });
    case "markdown": {
      const text =
        markdown.length === 0
          ? clip(plainText(block.text), limits.text)
          : fitMarkdown(clip(block.text, limits.words * 4), markdown, limits.text);
      if (text === "") return { block: null, link: null };
      return only({ type: markdown.length === 0 ? "paragraph" : "markdown", text });
    }
    case "image":
      return fitImage(block, can, words);
    case "fields":
      return only({ type: "fields", fields: block.fields.map((field) => fitPair(field, can)) });
    case "divider":
      return only(block);
  }
}

function only(block: Block<string>): Lowered {
  return { block, link: null };
}

function fitPair(field: CardField<string>, { limits }: CardAbilities): CardField<string> {
  const { label, value } = limits;
  return { ...field, label: clip(field.label, label), value: clip(field.value, value) };
}

function fitImage(
  image: Extract<Block<string>, { readonly type: "image" }>,
  can: CardAbilities,
  words: FitWords,
): Lowered {
  const { key, url } = image;
  const alt = clip(image.alt, can.limits.button);
  const opens = isWebAddress(url);
  const isShown =
    (can.images === "key" && key !== undefined && key !== "") || (can.images === "url" && opens);
  if (isShown) return only({ ...image, alt });
  if (opens) return { block: null, link: { type: "link", label: alt, url } };
  return only(note(words.image(alt), can));
}

function note(text: string, { limits }: CardAbilities): Note {
  return { type: "note", text: clip(text, Math.min(limits.text, Math.ceil(limits.words / 2))) };
}

/** The first rows of all field lists together, and how many are left over. */
function fitRows(
  blocks: readonly Block<string>[],
  most: number,
): { blocks: Block<string>[]; left: number } {
  let room = most;
  let left = 0;
  const kept = blocks.flatMap((block): Block<string>[] => {
    if (block.type !== "fields") return [block];
    const fields = block.fields.slice(0, room);
    room -= fields.length;
    left += block.fields.length - fields.length;
    return fields.length === 0 ? [] : [{ type: "fields", fields }];
  });
  return { blocks: kept, left };
}

function fitLength(
  blocks: readonly Block<string>[],
  can: CardAbilities,
  words: FitWords,
  tail: readonly Note[],
): Block<string>[] {
  const taken = tail.reduce((sum, { text }) => sum + lengthOf(text), 0);
  const room = { words: can.limits.words - taken, blocks: can.limits.blocks - tail.length };
  const whole = cut(blocks, room, can);
  if (whole.left === 0) return whole.blocks;
  const more = (n: number) => note(words.more(n), can);
  const longest = lengthOf(more(blocks.length).text);
  const cutMore = cut(blocks, { words: room.words - longest, blocks: room.blocks - 1 }, can);
  return [...cutMore.blocks, more(cutMore.left)];
}

/** The first blocks that have room; the first text that has too little is shortened, and later ones are left out. */
function cut(
  blocks: readonly Block<string>[],
  room: { readonly words: number; readonly blocks: number },
  can: CardAbilities,
): { blocks: Block<string>[]; left: number } {
  let left = room.words;
  const kept: Block<string>[] = [];
  let dropped = 0;
  for (const block of blocks) {
    if (kept.length >= room.blocks) dropped += 1;
    else if (!isWorded(block)) kept.push(block);
    else if (sizeOf(block) <= left) {
      kept.push(block);
      left -= sizeOf(block);
    } else if (left >= SHORTEST) {
      kept.push(shorter(block, left, can));
      left = 0;
    } else dropped += 1;
  }
  return { blocks: kept, left: dropped };
}

function isWorded(block: Block<string>): block is Worded {
  return block.type === "paragraph" || block.type === "markdown" || block.type === "note";
}

function sizeOf(block: Worded): number {
  return block.type === "markdown" ? lengthOfMarkdown(block.text) : lengthOf(block.text);
}

function shorter(block: Worded, longest: number, can: CardAbilities): Worded {
  if (block.type !== "markdown") return { ...block, text: clip(block.text, longest) };
  return { ...block, text: fitMarkdown(block.text, can.markdown, longest) };
}
