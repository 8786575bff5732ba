import { sameActor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import type { Effect } from "../effect.ts";
import { t } from "../text.ts";
import { attachedEffects } from "./attached.ts";
import { stateOf } from "./card.ts";
import { ticketDue } from "./decide.ts";
import { directPlaces, type Holder, placesOf, workPlaces } from "./places.ts";
import { toldStaff } from "./remind.ts";
import { TELL_REQUESTER } from "./tell.ts";
import { tellAt } from "./tell-at.ts";
import { isOver, streamOf, type Ticket, type TicketEvent } from "./ticket.ts";

/** Which event puts up which copies of the card: the one table of surfaces, filled from `teams.*.chats`. */
const SURFACES: Partial<Record<TicketEvent["type"], readonly Holder[]>> = {
  created: ["requester"],
  queued: ["team"],
  assigned: ["team", "owner"],
  transferred: ["team"],
  escalated: ["watchers"],
  watched: ["watchers"],
};

/** Plan what the events of one step on one ticket must bring about. `ticket` is the state after them. */
export function ticketEffects(
  events: readonly TicketEvent[],
  ticket: Ticket,
  policy: Policy,
): readonly Effect[] {
  const effects: Effect[] = [];
  for (const event of events) {
    effects.push(...surfacesOf(event, ticket, policy));
    const words = TELL_REQUESTER[event.type]?.(event, ticket, policy);
    if (words != null) effects.push(about(tellAt(ticket.origin, words), ticket, wordsOf(event)));
    effects.push(...toldStaff(event, ticket, policy));
    if (event.type === "attached") {
      const staff = workPlaces(event, ticket, policy);
      const passedOn = attachedEffects(event, ticket, policy, { staff, told: effects });
      const forStaff = sameActor(event.by, ticket.requester);
      effects.push(
        ...passedOn.map((each) => (forStaff ? each : about(each, ticket, nameIn(each)))),
      );
    }
  }
  const { id, version, statusVersion: turned } = ticket;
  const isTurned = turned > version - events.length;
  if (isTurned) effects.push(...watchersTold(events, ticket, policy, effects));
  effects.push({ type: "refresh", ticket: id, version, turned });
  effects.push({ type: "timer", stream: streamOf(ticket.id), dueAt: ticketDue(ticket, policy) });
  if (isTurned) effects.push({ type: "overdue", ticket: id, at: overdueAt(ticket, policy) });
  return effects;
}

/** The same message, as one that comes back to the ticket when it cannot be delivered. */
function about(effect: Effect, { id }: Ticket, text: string | null): Effect {
  return effect.type === "message" ? { ...effect, about: { ticket: id, text } } : effect;
}

function wordsOf(event: TicketEvent): string | null {
  return "text" in event && typeof event.text === "string" ? event.text : null;
}

function nameIn(effect: Effect): string | null {
  if (effect.type !== "message" || effect.content.type !== "attachment") return null;
  const { name } = effect.content;
  return "ref" in name ? name.ref : null;
}

/** From when on a ticket counts as overdue, ms UTC; null once nothing is owed. */
function overdueAt({ status, createdAt }: Ticket, policy: Policy): number | null {
  return status === "resolved" || isOver(status) ? null : createdAt + policy.ticket.overdueMs;
}

function surfacesOf(event: TicketEvent, ticket: Ticket, policy: Policy): Effect[] {
  const kinds = SURFACES[event.type] ?? [];
  return kinds
    .flatMap((kind) => placesOf(kind, ticket, policy))
    .map((place) => ({ type: "surface", ticket: ticket.id, ...place }));
}

/** Who watches hears of a new status or owner, unless they did it, have the ticket, or were told already. */
function watchersTold(
  events: readonly TicketEvent[],
  ticket: Ticket,
  policy: Policy,
  told: readonly Effect[],
): Effect[] {
  const { number, title, watchers, owner, team } = ticket;
  const last = events.at(-1);
  const words = t("tell.watched", { number, title, state: stateOf(ticket, policy) });
  return watchers
    .filter((id) => id !== owner && !didIt(last, id))
    .flatMap((id) => directPlaces(id, team, policy))
    .map((place) => tellAt(place, words))
    .filter(
      ({ lane }) => !told.some((effect) => effect.type === "message" && effect.lane === lane),
    );
}

function didIt(event: TicketEvent | undefined, id: string): boolean {
  return event !== undefined && "by" in event && sameActor(event.by, { kind: "agent", id });
}
