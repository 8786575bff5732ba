import { type Actor, sameActor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { relationsOf } from "../permission.ts";
import { type Audience, ticketCard } from "../ticket/card.ts";
import { teamPlaces } from "../ticket/places.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { cardWords } from "./card-words.ts";
import type { Conversation, Heard } from "./conversation.ts";
import { just, type Response } from "./response.ts";

/** How much of a ticket somebody may know. A number grants nothing: to strangers no ticket has it. */
export function sight(
  by: Actor,
  ticket: Ticket,
  policy: Policy,
): "everything" | "existence" | "nothing" {
  if (relationsOf(by, ticket, policy).some((relation) => relation !== "vendor"))
    return "everything";
  const agent = by.kind === "agent" ? policy.agents.get(by.id) : undefined;
  return agent === undefined || agent.role === "vendor" ? "nothing" : "existence";
}

type Reading = {
  readonly conversation: Conversation;
  readonly heard: Pick<Heard, "by">;
  readonly policy: Policy;
};

/** A ticket as it stands now, in words: only the copies of its card follow what happens to it. */
export function showTicket(ticket: Ticket, { conversation, heard, policy }: Reading): Response {
  const audience = audienceFor(heard.by, ticket, conversation, policy);
  const text = cardWords(ticketCard(ticket, audience, policy));
  return { ...just({ type: "shown", ticket: ticket.id }), says: [{ type: "text", text }] };
}

/** In a chat of many nobody reads who asked, and none but the team's own chats read what the requester may not. */
function audienceFor(
  by: Actor,
  ticket: Ticket,
  { account, to }: Conversation,
  policy: Policy,
): Audience {
  if (sameActor(by, ticket.requester) || by.kind !== "agent") return "requester";
  const vendor = policy.agents.get(by.id)?.role === "vendor";
  if (to.kind === "person") return vendor ? "team" : "member";
  const isTeams = teamPlaces(ticket.team, policy).some(
    (place) => place.account === account && place.to.kind === "chat" && place.to.id === to.id,
  );
  return isTeams ? "team" : "requester";
}
