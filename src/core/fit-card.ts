import type { Card } from "./card.ts";
import type { CardAbilities } from "./card-abilities.ts";
import { fitBlocks } from "./fit-blocks.ts";
import { fitControls } from "./fit-controls.ts";
import { clip } from "./fit-text.ts";
import { type FitOptions, WORDLESS } from "./fit-words.ts";

/**
 * Lower a card to what a surface can do, with nothing lost in silence.
 *
 * In this order: pictures become links or notes; fields that the surface lacks become simpler ones; a form that cannot be
 * filled in becomes a button that asks in the chat (`askAction`); buttons that cannot be heard of become links, or numbers
 * to type; folded controls and buttons beyond its room go into its menu, and beyond that into a note that names them and
 * their commands, the primary ones last; words are shortened. A fitted card stays as it is when it is fitted again.
 */
export function fitCard(
  card: Card<string>,
  can: CardAbilities,
  options: FitOptions = WORDLESS,
): Card<string> {
  const { blocks, links } = fitBlocks(card.blocks, can, options.words);
  const stands = (url: string): boolean =>
    card.controls.some((control) => control.type === "link" && control.url === url);
  const more = links.filter((link) => link.type !== "link" || !stands(link.url));
  const { controls, dropped } = fitControls([...card.controls, ...more], can, options);
  const { title, subtitle } = can.limits;
  return {
    tone: card.tone,
    title: clip(card.title, title),
    subtitle: card.subtitle === null ? null : clip(card.subtitle, subtitle),
    blocks: blocks(dropped),
    controls,
    ...(card.more === undefined ? {} : { more: clip(card.more, can.limits.button) }),
  };
}
