import { sameActor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { agentName, identityAt } from "../config/policy.ts";
import { type Effect, laneOf } from "../effect.ts";
import type { Destination } from "../message.ts";
import { type Language, type Text, t } from "../text.ts";
import type { Audience } from "./card.ts";
import { ticketDue } from "./decide.ts";
import { streamOf, type Ticket, type TicketEvent } from "./ticket.ts";

type Place = {
  readonly account: string;
  readonly to: Destination;
  readonly audience: Audience;
  readonly language: Language;
};

/** Which event puts up which copies of the card: the one table of surfaces, filled from `teams.*.chats`. */
const SURFACES: Partial<Record<TicketEvent["type"], readonly ("team" | "requester" | "owner")[]>> =
  {
    created: ["requester"],
    queued: ["team"],
    assigned: ["team", "owner"],
  };

/** What the requester hears in words, because a card that changes in place rings no bell. Null: this time nothing. */
const TELL_REQUESTER: Partial<
  Record<TicketEvent["type"], (event: TicketEvent, ticket: Ticket, policy: Policy) => Text | null>
> = {
  claimed: (_event, ticket, policy) =>
    t("tell.claimed", { number: ticket.number, owner: nameOf(ticket.owner, policy) }),
  replied_by_agent: (event, ticket, policy) =>
    t("tell.replied", {
      number: ticket.number,
      who:
        "by" in event && event.by.kind === "agent" ? nameOf(event.by.id, policy) : t("card.desk"),
      text: "text" in event && event.text !== null ? { ref: event.text } : "",
    }),
  paused: (event, ticket) =>
    "waiting" in event && event.waiting === "customer"
      ? t("tell.awaited", { number: ticket.number })
      : null,
  // Who reopens their own ticket knows it.
  reopened: (event, ticket) =>
    "by" in event && sameActor(event.by, ticket.requester)
      ? null
      : t("tell.taken_up_again", { number: ticket.number }),
  resolved: (_event, ticket) =>
    ticket.resolution === null
      ? t("tell.resolved", { number: ticket.number })
      : t("tell.resolved_with", { number: ticket.number, text: ticket.resolution }),
  closed: (_event, ticket) =>
    t(`tell.closed.${ticket.closeReason ?? "by_agent"}`, { number: ticket.number }),
  cancelled: (_event, ticket) => t("tell.cancelled", { number: ticket.number }),
};

/** What those who work on it hear in words. */
const TELL_STAFF: Partial<Record<TicketEvent["type"], (ticket: Ticket, policy: Policy) => Text>> = {
  assigned: (ticket, policy) =>
    t("tell.assigned", {
      number: ticket.number,
      title: ticket.title,
      owner: nameOf(ticket.owner, policy),
    }),
  replied_by_customer: (ticket) =>
    t("tell.customer_replied", { number: ticket.number, text: lastWords(ticket) }),
  escalated: (ticket) => t("tell.escalated", { number: ticket.number, level: ticket.level }),
  urged: (ticket) => t("tell.urged", { number: ticket.number, count: ticket.urges }),
  reopened: (ticket) => t("tell.reopened", { number: ticket.number }),
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
    if (words != null) effects.push(tellAt(ticket.origin, words));
    const staffWords = TELL_STAFF[event.type]?.(ticket, policy);
    if (staffWords !== undefined)
      effects.push(...staffPlaces(event, ticket, policy).map((place) => tellAt(place, staffWords)));
  }
  const { id, version, statusVersion: turned } = ticket;
  effects.push({ type: "refresh", ticket: id, version, turned });
  effects.push({ type: "timer", stream: streamOf(ticket.id), dueAt: ticketDue(ticket, policy) });
  return effects;
}

function surfacesOf(event: TicketEvent, ticket: Ticket, policy: Policy): Effect[] {
  const kinds = SURFACES[event.type] ?? [];
  return kinds
    .flatMap((kind) => placesOf(kind, ticket, policy))
    .map((place) => ({ type: "surface", ticket: ticket.id, ...place }));
}

function placesOf(kind: "team" | "requester" | "owner", ticket: Ticket, policy: Policy): Place[] {
  const { origin } = ticket;
  switch (kind) {
    case "requester":
      return [
        {
          account: origin.account,
          to: origin.to,
          audience: "requester",
          language: origin.language,
        },
      ];
    case "team":
      return teamPlaces(ticket.team, policy);
    case "owner":
      return ownerPlaces(ticket, policy);
  }
}

function teamPlaces(teamId: string, policy: Policy): Place[] {
  const team = policy.teams.get(teamId);
  if (team === undefined) return [];
  return team.chats.flatMap(({ account, chat, language }) => {
    if (chat !== null)
      return [
        { account, to: { kind: "chat" as const, id: chat }, audience: "team" as const, language },
      ];
    return team.members.flatMap((member) => memberPlace(member, account, language, policy));
  });
}

function memberPlace(member: string, account: string, language: Language, policy: Policy): Place[] {
  const agent = policy.agents.get(member);
  const id = agent === undefined ? null : identityAt(agent, account);
  if (agent === undefined || id === null) return [];
  // A vendor's people see no customer's name, so their copy is the team's.
  return [
    {
      account,
      to: { kind: "person", id },
      audience: agent.role === "vendor" ? "team" : "member",
      language,
    },
  ];
}

/** The owner's own copy, where the team's chats do not already give each member one. */
function ownerPlaces(ticket: Ticket, policy: Policy): Place[] {
  const chats = policy.teams.get(ticket.team)?.chats ?? [];
  if (ticket.owner === null || chats.some((chat) => chat.chat === null)) return [];
  const reachable = chats.flatMap(({ account, language }) =>
    memberPlace(ticket.owner ?? "", account, language, policy),
  );
  return reachable.slice(0, 1);
}

type Address = Pick<Place, "account" | "to" | "language">;

function tellAt({ account, to, language }: Address, text: Text): Effect {
  return {
    type: "message",
    lane: laneOf(account, to),
    account,
    to,
    language,
    inReplyTo: null,
    content: { type: "text", text },
  };
}

/** Who is told: the owner, or the lead for whom an escalation is; where neither can be reached, the team's chats. */
function staffPlaces(event: TicketEvent, ticket: Ticket, policy: Policy): Address[] {
  const team = policy.teams.get(ticket.team);
  const chats = team?.chats ?? [];
  const people = event.type === "escalated" ? [team?.lead] : [ticket.owner, team?.lead];
  const reachable = people.flatMap((id) =>
    chats.flatMap(({ account, language }) =>
      id == null ? [] : memberPlace(id, account, language, policy),
    ),
  );
  const rooms = chats.flatMap(({ account, chat, language }) =>
    chat === null ? [] : [{ account, to: { kind: "chat" as const, id: chat }, language }],
  );
  return reachable.length > 0 ? reachable.slice(0, 1) : rooms;
}

function lastWords(ticket: Ticket): Text | string {
  const last = ticket.comments.at(-1);
  return last === undefined ? "" : { ref: last.text };
}

function nameOf(agent: string | null, policy: Policy): Text | string {
  return agent === null ? t("card.desk") : agentName(policy, agent);
}
