import { type Actor, actorName } from "../core/actor.ts";
import type { Policy } from "../core/config/policy.ts";
import { type Facts, type ListPage, teamsOf, type Wanted } from "../core/conversation/facts.ts";
import type { ListName } from "../core/intent/commands.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { LIST_PAGE, type TicketQuery } from "../ports/store.ts";
import type { Hub } from "./hub.ts";
import { kinOf } from "./kin-of.ts";

/** Who asks for them, and how their account sees them. */
export type Asker = {
  readonly by: Actor;
  readonly account: string;
  readonly person: string;
  readonly policy: Policy;
  readonly now: number;
};

/** Read what a step needs to be known, beside the states of its own streams. */
export async function factsFor(
  hub: Hub,
  wanted: Wanted,
  asker: Asker,
): Promise<{ readonly facts: Facts; readonly tickets: readonly Ticket[] }> {
  const named = await ticketOf(hub, wanted);
  const kin = await kinOf(hub, named, wanted.child);
  const list = wanted.list === null ? null : await pageOf(hub, wanted.list, asker);
  const { account, person: id } = asker;
  return {
    facts: {
      named: named?.id ?? null,
      others: kin.map((other) => other.id),
      ...(list === null ? {} : { list }),
      ...(asker.by.kind === "agent" ? {} : { seenAs: { account, id } }),
    },
    tickets: named === null ? [] : [named, ...kin],
  };
}

/** Tickets beside this one, each once. */
export function besides(ticket: Ticket | null, tickets: readonly Ticket[]): readonly Ticket[] {
  return tickets.filter(
    ({ id }, at) => id !== ticket?.id && tickets.findIndex((each) => each.id === id) === at,
  );
}

async function ticketOf(hub: Hub, { ticket }: Wanted): Promise<Ticket | null> {
  if (ticket === null) return null;
  return "id" in ticket ? hub.store.ticket(ticket.id) : hub.store.ticketNumbered(ticket.number);
}

async function pageOf(
  hub: Hub,
  { list, page }: NonNullable<Wanted["list"]>,
  asker: Asker,
): Promise<ListPage> {
  const { tickets, total } = await hub.store.ticketList(queryOf(list, asker), page);
  const pages = Math.max(1, Math.ceil(total / LIST_PAGE));
  // It got shorter since its buttons were made.
  if (page >= pages) return pageOf(hub, { list, page: pages - 1 }, asker);
  return {
    list: asker.by.kind === "agent" ? list : "asked",
    page,
    pages,
    total,
    rows: tickets.map(({ number, title, status, owner, store, createdAt }) => ({
      number,
      title,
      status,
      owner,
      store: store?.name ?? null,
      at: createdAt,
    })),
  };
}

/** Whoever is no agent sees what they asked for themselves, whatever list they name. */
function queryOf(list: ListName, { by, policy, now }: Asker): TicketQuery {
  if (by.kind !== "agent" || list === "asked")
    return { list: "requester", requester: actorName(by) };
  const teams = teamsOf(by, policy);
  switch (list) {
    case "mine":
      return { list: "owner", owner: by.id };
    case "queue":
      return { list: "queue", teams };
    default:
      return { list: "overdue", teams, owner: by.id, now };
  }
}
