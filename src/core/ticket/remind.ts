import { identityAt, type Policy, type Team } from "../config/policy.ts";
import { loudestOf, type Reminded } from "../config/remind.ts";
import type { Mention } from "../message.ts";
import { type Text, t } from "../text.ts";
import { roomsOf, staffPlaces } from "./places.ts";
import { TELL_STAFF } from "./tell.ts";
import { type Told, tellAt } from "./tell-at.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";

/** Which events people are reminded of, and what is said where nobody is told of them anyway. */
const REMINDED_OF: Partial<Record<TicketEvent["type"], Reminded>> = {
  queued: "queued",
  urged: "urged",
  escalated: "escalated",
};
const WORDS: Partial<Record<TicketEvent["type"], (ticket: Ticket) => Text>> = {
  queued: ({ number, title }) => t("tell.queued", { number, title }),
};

/** More than so many at once are no reminder, and no tool takes any number of them. */
const MOST_MENTIONED = 20;

/**
 * What those who work on a ticket hear of an event, in person or in their chats, and how they are reminded: an @ in each
 * chat of the team for the owner, else the lead, else the members; an urgent message for the owner, else the lead. An
 * escalation is for the lead.
 */
export function toldStaff(event: TicketEvent, ticket: Ticket, policy: Policy): Told[] {
  const told = TELL_STAFF[event.type]?.(ticket, policy, event) ?? null;
  const staff =
    told === null ? [] : staffPlaces(event, ticket, policy).map((place) => tellAt(place, told));
  const what = REMINDED_OF[event.type];
  const team = policy.teams.get(ticket.team);
  const words = told ?? WORDS[event.type]?.(ticket) ?? null;
  if (what === undefined || team === undefined || words === null) return staff;
  const ways = team.remind[what];
  const way = loudestOf(ways);
  const personal = way === null ? [] : inPerson(event, ticket, policy, words);
  const rooms = ways.includes("mention") ? mentioned(event, ticket, policy, words) : [];
  return merged([
    ...staff,
    ...personal.map((message) => (way === null ? message : { ...message, urgent: way })),
    ...rooms,
  ]);
}

/** The one person whom a reminder is for, where they are written to. */
function inPerson(event: TicketEvent, ticket: Ticket, policy: Policy, words: Text): Told[] {
  return staffPlaces(event, ticket, policy)
    .filter(({ to }) => to.kind === "person")
    .map((place) => tellAt(place, words));
}

function mentioned(event: TicketEvent, ticket: Ticket, policy: Policy, words: Text): Told[] {
  const team = policy.teams.get(ticket.team);
  return roomsOf(ticket, policy).flatMap((room) => {
    const mentions =
      team === undefined ? [] : meant(event, ticket, team, { policy, at: room.account });
    const content = { type: "text" as const, text: words, mentions };
    return mentions.length === 0 ? [] : [{ ...tellAt(room, words), content }];
  });
}

/** The first of owner, lead and members who is known at the chat's account. */
function meant(
  event: TicketEvent,
  { owner }: Ticket,
  { lead, members }: Team,
  { policy, at }: { readonly policy: Policy; readonly at: string },
): readonly Mention[] {
  const first = event.type === "escalated" ? [lead] : [owner, lead];
  const known = (ids: readonly (string | null)[]) => ids.flatMap((id) => mentionAt(id, at, policy));
  const one = known(first).slice(0, 1);
  return one.length > 0 ? one : known(members).slice(0, MOST_MENTIONED);
}

function mentionAt(agent: string | null, account: string, policy: Policy): Mention[] {
  const known = agent === null ? undefined : policy.agents.get(agent);
  const id = known === undefined ? null : identityAt(known, account);
  return known === undefined || id === null ? [] : [{ id, name: known.name }];
}

/** One message for each lane: who is told, is mentioned or rung in the same one. */
function merged(messages: readonly Told[]): Told[] {
  const byLane = new Map<string, Told>();
  for (const message of messages)
    byLane.set(message.lane, { ...byLane.get(message.lane), ...message });
  return [...byLane.values()];
}
