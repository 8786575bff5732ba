import { askedVerb, type Card, decodeAction } from "../core/card.ts";
import { type CardAbilities, PLAIN_TEXT } from "../core/card-abilities.ts";
import { fitCard } from "../core/fit-card.ts";
import { fitWords } from "../core/fit-words.ts";
import { commandFor } from "../core/intent/commands.ts";
import type { Language, Say } from "../core/text.ts";
import type { Account } from "./hub.ts";

/** In which words a card is said. */
export type Spoken = {
  readonly say: Say;
  readonly language: Language;
  /** The number of the ticket that it is about, for the commands that can be typed; null where it is about none. */
  readonly ticket: number | null;
  /** An address where an action can be done once, null for an action that has none; absent where there are none. */
  link?(action: string): string | null;
};

/** A said card as this account can show it, with what fitting says in the same language; words alone without an account. */
export function fitFor(
  account: Account | undefined,
  card: Card<string>,
  spoken: Spoken,
): Card<string> {
  return fitSpoken(account?.channel.can.card ?? PLAIN_TEXT, card, spoken);
}

/** The same for what somebody else knows that a surface can do. */
export function fitSpoken(can: CardAbilities, card: Card<string>, spoken: Spoken): Card<string> {
  return fitCard(card, can, {
    words: fitWords(spoken.say),
    link: (action) => spoken.link?.(action) ?? null,
    command: (action) => commandOf(action, spoken),
  });
}

/**
 * What a conversation's own card is fitted to. Where buttons are links it is said in words with numbers to type: whoever
 * is to choose is in the chat, and can answer there.
 */
export function spokenBy({ channel }: Account): CardAbilities {
  const { card } = channel.can;
  return card.buttons.press === "link" ? PLAIN_TEXT : card;
}

/** "/备注 12": what can be typed in the place of a button; null where there is no such command, or no ticket. */
function commandOf(action: string, { language, ticket }: Spoken): string | null {
  const verb = decodeAction(action)?.verb;
  if (verb === undefined || ticket === null) return null;
  const word = commandFor(askedVerb(verb) ?? verb)?.words[language][0];
  return word === undefined ? null : `/${word} ${ticket}`;
}
