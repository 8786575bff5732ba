import { type Agent, identityAt, type Policy, type TeamChat } from "../config/policy.ts";
import type { Destination } from "../message.ts";
import { seesRequester } from "../permission.ts";
import type { Language } from "../text.ts";
import type { Audience } from "./card.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";

/** Where a copy of a ticket's card stands, and for whom it is made. */
export type Place = {
  readonly account: string;
  readonly to: Destination;
  readonly audience: Audience;
  readonly language: Language;
};

export type Address = Pick<Place, "account" | "to" | "language">;

/** Whose copies there are. */
export type Holder = "team" | "requester" | "owner" | "watchers";

export function placesOf(kind: Holder, ticket: Ticket, policy: Policy): Place[] {
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
    case "watchers":
      return ticket.watchers.flatMap((watcher) => directPlaces(watcher, ticket.team, policy));
  }
}

/** Where the tickets of a team stand. */
export function teamPlaces(teamId: string, policy: Policy): Place[] {
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
      audience: seesRequester(agent.role === "agent" ? [] : [agent.role]) ? "member" : "team",
      language,
    },
  ];
}

/** The owner's own copy, where the team's chats do not already give each member one. */
function ownerPlaces(ticket: Ticket, policy: Policy): Place[] {
  const chats = withPeople(policy.teams.get(ticket.team)?.chats ?? []);
  if (ticket.owner === null || chats.some((chat) => chat.chat === null)) return [];
  const reachable = chats.flatMap(({ account, language }) =>
    memberPlace(ticket.owner ?? "", account, language, policy),
  );
  return reachable.slice(0, 1);
}

/** Those through which somebody can be written to. */
function withPeople(chats: readonly TeamChat[]): readonly TeamChat[] {
  return chats.filter(({ board }) => board !== true);
}

/** The one place where an agent is written to directly: at an account of this team first, else wherever they are. */
export function directPlaces(agent: string, team: string, policy: Policy): Place[] {
  const known = policy.agents.get(agent);
  if (known === undefined) return [];
  const own = policy.teams.get(team)?.chats ?? [];
  const all = [...policy.teams.values()].flatMap(({ chats }) => chats);
  return [...withPeople([...own, ...all]), ...accountsOf(known, policy)]
    .flatMap(({ account, language }) => memberPlace(agent, account, language, policy))
    .slice(0, 1);
}

/** Accounts that are named in an agent's identities, for one who is at no account of any team. */
function accountsOf({ identities }: Agent, { hub }: Policy) {
  return Object.keys(identities)
    .filter((where) => where.includes("/"))
    .map((account) => ({ account, language: hub.locale }));
}

/**
 * Who is told: the owner, or the lead for whom an escalation is; where neither can be reached, the team's chats. A team
 * that gets a ticket from another one is told in its chats.
 */
export function staffPlaces(event: TicketEvent, ticket: Ticket, policy: Policy): Address[] {
  const team = policy.teams.get(ticket.team);
  const chats = team?.chats ?? [];
  const rooms = roomsOf(ticket, policy);
  if (event.type === "transferred" && rooms.length > 0) return rooms;
  const people = event.type === "escalated" ? [team?.lead] : [ticket.owner, team?.lead];
  const reachable = people.flatMap((id) =>
    withPeople(chats).flatMap(({ account, language }) =>
      id == null ? [] : memberPlace(id, account, language, policy),
    ),
  );
  return reachable.length > 0 ? reachable.slice(0, 1) : rooms;
}

/** Where the ticket is worked: the team's chats, and the owner's. */
export function workPlaces(event: TicketEvent, ticket: Ticket, policy: Policy): Address[] {
  const rooms = roomsOf(ticket, policy);
  const isPersonal = ticket.owner !== null || rooms.length === 0;
  return isPersonal ? [...rooms, ...staffPlaces(event, ticket, policy)] : rooms;
}

/** The chats in which the ticket's team talks. A board gets the ticket's cards and no talk. */
export function roomsOf(ticket: Ticket, policy: Policy): Address[] {
  const chats = withPeople(policy.teams.get(ticket.team)?.chats ?? []);
  return chats.flatMap(({ account, chat, language }) =>
    chat === null ? [] : [{ account, to: { kind: "chat" as const, id: chat }, language }],
  );
}
