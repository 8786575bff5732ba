import { type Actor, SYSTEM } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { may, relationsOf } from "../permission.ts";
import { type Refusal, refuse } from "../refusal.ts";
import {
  type Child,
  type ChildKind,
  isOver,
  MOST_CHILDREN,
  type Ticket,
  type TicketEvent,
} from "./ticket.ts";

/* A relation stands in both tickets, and both change in one step. The parent also keeps whether each child is over. */

/** So far up is looked; under a longer chain nothing more can be linked. */
export const DEEPEST = 10;

type OfParent = Extract<TicketEvent, { type: "linked" | "unlinked" | "child_over" | "child_back" }>;
type OfChild = Extract<TicketEvent, { type: "joined" | "parted" }>;

/** Fold a relation into one of its two tickets. */
export function related(ticket: Ticket, event: OfParent | OfChild): Ticket {
  switch (event.type) {
    case "joined": {
      const { ticket: parent, number, kind } = event;
      return { ...ticket, parent: { ticket: parent, number, kind } };
    }
    case "parted": {
      const { parent: _gone, ...rest } = ticket;
      return rest;
    }
    case "linked": {
      const { ticket: child, number, kind } = event;
      return withChildren(ticket, [
        ...(ticket.children ?? []),
        { ticket: child, number, kind, over: false },
      ]);
    }
    case "unlinked":
      return withChildren(
        ticket,
        (ticket.children ?? []).filter((child) => child.ticket !== event.ticket),
      );
    case "child_over":
    case "child_back": {
      const over = event.type === "child_over";
      return withChildren(
        ticket,
        (ticket.children ?? []).map((child) =>
          child.ticket === event.ticket ? { ...child, over } : child,
        ),
      );
    }
  }
}

function withChildren({ children: _old, ...ticket }: Ticket, children: readonly Child[]): Ticket {
  return children.length === 0 ? ticket : { ...ticket, children };
}

/** Children that hold a ticket up: as long as there are any, it cannot be resolved. */
export function holdingUp({ children = [] }: Ticket): readonly Child[] {
  return children.filter(({ kind, over }) => kind === "blocks" && !over);
}

/** Which ticket shall become a child: one of `others`, which also hold all tickets above the parent. */
export type Linking = {
  readonly child: Ticket | null;
  readonly kind: ChildKind;
  readonly others: readonly Ticket[];
};

/** Make a ticket a child of `parent`. A ticket may not become its own ancestor. */
export function link(
  by: Actor,
  { child, kind, others }: Linking,
  parent: Ticket,
  policy: Policy,
): TicketEvent | Refusal {
  if (child === null || !mayLink(by, child, policy)) return refuse("unknown_ticket");
  const { number } = child;
  if (child.id === parent.id) return refuse("link_to_itself");
  if (child.parent?.ticket === parent.id) return refuse("already_done");
  if (child.parent !== undefined)
    return refuse("has_parent", { number, parent: child.parent.number });
  if (isOver(child.status)) return refuse("child_is_over", { number });
  if ((parent.children ?? []).length >= MOST_CHILDREN)
    return refuse("too_many_children", { most: MOST_CHILDREN });
  const above = ancestorsOf(parent, others);
  if (above === null) return refuse("too_deep");
  if (above.some(({ id }) => id === child.id)) return refuse("link_in_circle", { number });
  return { type: "linked", by, ticket: child.id, number, kind };
}

/** A vendor's people hear nothing of tickets that are not theirs, not even that there are any. */
function mayLink(by: Actor, child: Ticket, policy: Policy): boolean {
  const outsider = by.kind === "agent" && policy.agents.get(by.id)?.role === "vendor";
  return !outsider || may(relationsOf(by, child, policy), "note");
}

export function unlink(
  by: Actor,
  number: number,
  { children = [] }: Ticket,
): TicketEvent | Refusal {
  const child = children.find((each) => each.number === number);
  return child === undefined
    ? refuse("no_child", { number })
    : { type: "unlinked", by, ticket: child.ticket };
}

/** All tickets above one, the nearest first; null where they are not all known. */
function ancestorsOf(ticket: Ticket, others: readonly Ticket[]): readonly Ticket[] | null {
  const above: Ticket[] = [];
  for (let at = ticket; at.parent !== undefined; ) {
    const { parent } = at;
    const next = others.find(({ id }) => id === parent.ticket);
    if (next === undefined || above.length >= DEEPEST) return null;
    above.push(next);
    at = next;
  }
  return above;
}

/** What the events of one ticket mean for another one. */
export type KinNews = { readonly ticket: Ticket; readonly events: readonly TicketEvent[] };

/** What has to be written into other tickets, in the same step, because of what happened to this one. */
export function kinNews(
  events: readonly TicketEvent[],
  before: Ticket,
  after: Ticket,
  others: readonly Ticket[],
): readonly KinNews[] {
  const find = (id: string): Ticket[] => others.filter((other) => other.id === id).slice(0, 1);
  const below = events.flatMap((event): KinNews[] => {
    if (event.type === "linked") {
      const { id: ticket, number } = after;
      const { by, kind } = event;
      const joined: TicketEvent = { type: "joined", by, ticket, number, kind };
      return find(event.ticket).map((child) => ({ ticket: child, events: [joined] }));
    }
    if (event.type !== "unlinked") return [];
    const parted: TicketEvent = { type: "parted", by: event.by };
    return find(event.ticket).map((child) => ({ ticket: child, events: [parted] }));
  });
  const over = isOver(after.status);
  if (before.parent === undefined || over === isOver(before.status)) return below;
  const type = over ? "child_over" : "child_back";
  const last = events.at(-1);
  const by = last !== undefined && "by" in last ? last.by : SYSTEM;
  const above = find(before.parent.ticket).map(
    (parent): KinNews => ({
      ticket: parent,
      events: [{ type, by, ticket: after.id }],
    }),
  );
  return [...below, ...above];
}
