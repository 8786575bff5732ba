import type { Card } from "../../../src/core/card.ts";
import { houseCard } from "./card/house.ts";
import type { Line } from "./line.ts";

type WebContent =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "card"; readonly card: Card<string> };

/** A `message` event of `GET /web/:account/events`. */
export type WebMessage = {
  readonly id: string;
  readonly at: number;
  readonly from: "visitor" | "desk";
  readonly content: WebContent;
};

/** A `card` event: the card of an earlier message as it is now. */
export type WebCardChange = {
  readonly id: string;
  readonly card: Card<string>;
};

type Entry = WebMessage & { readonly edition: number };

/** What one visitor of the website has seen so far. */
export type WebTalk = readonly Entry[];

/** Add a message; one that is there already is replaced, as the hub tells it again after a retry. */
export function withMessage(talk: WebTalk, message: WebMessage): WebTalk {
  const known = talk.some((entry) => entry.id === message.id);
  if (!known) return [...talk, { ...message, edition: 1 }];
  return talk.map((entry) => (entry.id === message.id ? renewed(entry, message) : entry));
}

/** Show another card in place of an earlier one; a card that is not there changes nothing. */
export function withCard(talk: WebTalk, change: WebCardChange): WebTalk {
  const content: WebContent = { type: "card", card: change.card };
  return talk.map((entry) =>
    entry.id === change.id ? renewed(entry, { ...entry, content }) : entry,
  );
}

/** The conversation as lines of a panel. */
export function webLines(talk: WebTalk, visitor: string): Line[] {
  return talk.map((entry) => ({
    id: entry.id,
    at: entry.at,
    mine: entry.from === "visitor",
    author: entry.from === "visitor" ? { id: visitor, name: visitor } : null,
    quote: null,
    body:
      entry.content.type === "text"
        ? entry.content
        : { type: "card", card: houseCard(entry.content.card), edition: entry.edition },
  }));
}

/** The same content again is the same edition, so that nothing glows without a change. */
function renewed(entry: Entry, next: WebMessage): Entry {
  const same = JSON.stringify(entry.content) === JSON.stringify(next.content);
  return { ...next, edition: entry.edition + (same ? 0 : 1) };
}
