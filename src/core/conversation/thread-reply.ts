import type { Policy } from "../config/policy.ts";
import { may, relationsOf } from "../permission.ts";
import { literal, t } from "../text.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Heard } from "./conversation.ts";
import type { Facts } from "./facts.ts";
import { introduction, wordsFor } from "./introduction.ts";
import { type Response, tell } from "./response.ts";

/** Is the message an answer to a copy of a ticket's card that was made for those who work on it? */
export function isUnderStaffCard({ card }: Pick<Heard, "card">): boolean {
  return card !== undefined && card.audience !== "requester";
}

/** May a message under a card be taken that was not said to the bot? Only from those who work on the ticket. */
export function worksOn(by: Heard["by"], ticket: Ticket, policy: Policy): boolean {
  return by.kind === "agent" && may(relationsOf(by, ticket, policy), "note");
}

/**
 * What colleagues write under a ticket's card belongs to the ticket. It stays among them, unless their team says that it
 * goes to the requester; which of the two it was is said each time.
 */
export function replyInThread(
  heard: Heard,
  ticket: Ticket | null,
  facts: Facts,
  policy: Policy,
): Response {
  if (ticket === null) return tell(t("refusal.unknown_ticket"));
  const { number } = ticket;
  const team = policy.teams.get(ticket.team);
  if (!worksOn(heard.by, ticket, policy))
    return heard.by.kind === "agent"
      ? tell(t("typed.not_your_team", { number, team: literal(team?.name ?? ticket.team) }))
      : tell(wordsFor(introduction(facts, policy)));
  const verb = team?.threadReplies === "customer" ? "comment" : "note";
  const asked = { verb, values: {}, text: heard.text, seen: null };
  return { events: [], ticket: { type: "work", asked, told: t(`thread.${verb}`, { number }) } };
}
