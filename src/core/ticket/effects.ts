import type { Policy } from "../config/policy.ts";
import { identityAt } from "../config/policy.ts";
import { type Effect, laneOf } from "../effect.ts";
import type { Destination } from "../message.ts";
import { type Language, type Text, t } from "../text.ts";
import type { Audience } from "./card.ts";
import { ticketDue } from "./decide.ts";
import { streamOf, type Ticket, type TicketEvent } from "./ticket.ts";

type Place = { readonly account: string; readonly to: Destination; readonly audience: Audience; readonly language: Language };

/** Which event puts up which copies of the card: the one table of surfaces, filled from `teams.*.chats`. */
const SURFACES: Partial<Record<TicketEvent["type"], readonly ("team" | "requester" | "owner")[]>> = {
  created: ["requester"],
  queued: ["team"],
  assigned: ["team", "owner"],
};

/** What the requester hears in words, because a card that changes in place rings no bell. */
const TELL_REQUESTER: Partial<Record<TicketEvent["type"], (event: TicketEvent, ticket: Ticket, policy: Policy) => Text>> = {
  claimed: (_event, ticket, policy) => t("tell.claimed", { number: ticket.number, owner: nameOf(ticket.owner, policy) }),
  replied_by_agent: (event, ticket, policy) =>
    t("tell.replied", {
      number: ticket.number,
      who: "by" in event && event.by.kind === "agent" ? nameOf(event.by.id, policy) : t("card.desk"),
      text: "text" in event && event.text !== null ? { ref: event.text } : "",
    }),
  resolved: (_event, ticket) =>
    ticket.resolution === null
      ? t("tell.resolved", { number: ticket.number })
      : t("tell.resolved_with", { number: ticket.number, text: ticket.resolution }),
  closed: (_event, ticket) => t(`tell.closed.${ticket.closeReason ?? "by_agent"}`, { number: ticket.number }),
  cancelled: (_event, ticket) => t("tell.cancelled", { number: ticket.number }),
};

/** What those who work on it hear in words: the owner, or the lead while nobody owns it. */
const TELL_STAFF: Partial<Record<TicketEvent["type"], (ticket: Ticket) => Text>> = {
  assigned: (ticket) => t("tell.assigned", { number: ticket.number, title: ticket.title }),
  replied_by_customer: (ticket) => t("tell.customer_replied", { number: ticket.number, text: lastWords(ticket) }),
  escalated: (ticket) => t("tell.escalated", { number: ticket.number, level: ticket.level }),
  urged: (ticket) => t("tell.urged", { number: ticket.number, count: ticket.urges }),
  reopened: (ticket) => t("tell.reopened", { number: ticket.number }),
};

/** Plan what the events of one step on one ticket must bring about. `ticket` is the state after them. */
export function ticketEffects(events: readonly TicketEvent[], ticket: Ticket, policy: Policy): readonly Effect[] {
  const effects: Effect[] = [];
  for (const event of events) {
    effects.push(...surfacesOf(event, ticket, policy));
    const words = TELL_REQUESTER[event.type]?.(event, ticket, policy);
    if (words !== undefined) effects.push(toRequester(words, ticket));
    const staffWords = TELL_STAFF[event.type]?.(ticket);
    if (staffWords !== undefined) effects.push(...toStaff(staffWords, event, ticket, policy));
  }
  effects.push({ type: "refresh", ticket: ticket.id, version: ticket.version });
  effects.push({ type: "timer", stream: streamOf(ticket.id), dueAt: ticketDue(ticket, policy) });
  return effects;
}

function surfacesOf(event: TicketEvent, ticket: Ticket, policy: Policy): Effect[] {
  const kinds = SURFACES[event.type] ?? [];
  return kinds.flatMap((kind) => placesOf(kind, ticket, policy)).map((place) => ({ type: "surface", ticket: ticket.id, ...place }));
}

function placesOf(kind: "team" | "requester" | "owner", ticket: Ticket, policy: Policy): Place[] {
  const { origin } = ticket;
  switch (kind) {
    case "requester":
      return [{ account: origin.account, to: origin.to, audience: "requester", language: origin.language }];
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
    if (chat !== null) return [{ account, to: { kind: "chat" as const, id: chat }, audience: "team" as const, language }];
    return team.members.flatMap((member) => memberPlace(member, account, language, policy));
  });
}

function memberPlace(member: string, account: string, language: Language, policy: Policy): Place[] {
  const agent = policy.agents.get(member);
  const id = agent === undefined ? null : identityAt(agent, account);
  if (agent === undefined || id === null) return [];
  // A vendor's people see no customer's name, so their copy is the team's.
  return [{ account, to: { kind: "person", id }, audience: agent.role === "vendor" ? "team" : "member", language }];
}

/** The owner's own copy, where the team's chats do not already give each member one. */
function ownerPlaces(ticket: Ticket, policy: Policy): Place[] {
  const chats = policy.teams.get(ticket.team)?.chats ?? [];
  if (ticket.owner === null || chats.some((chat) => chat.chat === null)) return [];
  const reachable = chats.flatMap(({ account, language }) => memberPlace(ticket.owner ?? "", account, language, policy));
  return reachable.slice(0, 1);
}

function toRequester(text: Text, ticket: Ticket): Effect {
  const { account, to, language } = ticket.origin;
  return { type: "message", lane: laneOf(account, to), account, to, language, inReplyTo: null, content: { type: "text", text } };
}

function toStaff(text: Text, event: TicketEvent, ticket: Ticket, policy: Policy): Effect[] {
  const team = policy.teams.get(ticket.team);
  const target = ticket.owner ?? team?.lead ?? null;
  const receivers = event.type === "escalated" && team?.lead != null ? [team.lead] : target === null ? [] : [target];
  return receivers.flatMap((id) => {
    const place = (team?.chats ?? []).flatMap(({ account, language }) => memberPlace(id, account, language, policy))[0];
    if (place === undefined) return [];
    const { account, to, language } = place;
    return [{ type: "message", lane: laneOf(account, to), account, to, language, inReplyTo: null, content: { type: "text", text } }];
  });
}

function lastWords(ticket: Ticket): Text | string {
  const last = ticket.comments.at(-1);
  return last === undefined ? "" : { ref: last.text };
}

function nameOf(agent: string | null, policy: Policy): Text | string {
  if (agent === null) return t("card.desk");
  return policy.agents.get(agent)?.name ?? agent;
}
