import type { Conversation } from "../../src/core/conversation/conversation.ts";
import {
  type Facts,
  type ListPage,
  type Wanted,
  wantedByPress,
  wantedFor,
} from "../../src/core/conversation/facts.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";

const PAGE = 8;

export type Told = { readonly facts: Facts; readonly others: readonly Ticket[] };

/** What the shell would read for the pending message, out of tickets in memory. */
export function factsFor(conversation: Conversation, tickets: readonly Ticket[]): Told {
  const wanted = wantedFor(conversation);
  return wanted === null ? { facts: {}, others: [] } : told(wanted, tickets);
}

/** And for a press on a button of a list. */
export function factsForPress(verb: string, tickets: readonly Ticket[]): Told {
  return told(wantedByPress(verb), tickets);
}

function told({ ticket, child, list }: Wanted, tickets: readonly Ticket[]): Told {
  const isMeant = (each: Ticket): boolean =>
    ticket !== null && ("id" in ticket ? each.id === ticket.id : each.number === ticket.number);
  const named = tickets.find(isMeant) ?? null;
  const kin = tickets.filter(({ number, id }) => number === child && id !== named?.id);
  return {
    facts: {
      named: named?.id ?? null,
      others: kin.map(({ id }) => id),
      ...(list === null ? {} : { list: pageOf(list, tickets) }),
      seenAs: { account: "feishu/hq", id: "ou_clerk" },
    },
    others: [...(named === null ? [] : [named]), ...kin],
  };
}

function pageOf({ list, page }: NonNullable<Wanted["list"]>, all: readonly Ticket[]): ListPage {
  const rows = all
    .slice(page * PAGE, (page + 1) * PAGE)
    .map(({ number, title, status, owner, store, createdAt: at }) => ({
      number,
      title,
      status,
      owner,
      store: store?.name ?? null,
      at,
    }));
  return { list, page, pages: Math.max(1, Math.ceil(all.length / PAGE)), total: all.length, rows };
}
