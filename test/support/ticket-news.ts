import type { Policy } from "../../src/core/config/policy.ts";
import type { Effect } from "../../src/core/effect.ts";
import { ticketEffects } from "../../src/core/ticket/effects.ts";
import type { TicketEvent } from "../../src/core/ticket/ticket.ts";
import { agent, foldTicket, type Past } from "./given.ts";
import { aPolicy } from "./policy.ts";

export const LI = agent("li");
export const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };

/** What the last events of a ticket's past bring about. */
export function effectsOf(
  past: readonly Past<TicketEvent>[],
  news: readonly TicketEvent[],
  policy: Policy = aPolicy(),
): readonly Effect[] {
  return ticketEffects(news, foldTicket([...past, ...news]), policy);
}
