import type { Card } from "../core/card.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { SurfaceRow } from "../ports/store.ts";
import type { Account } from "./hub.ts";

/** Does the account post cards that never change? Then each change that is told there is another card. */
export function isOneWay(account: Account | null | undefined): boolean {
  return account?.channel.can.card.updates.by === "none";
}

/**
 * Is a change worth another card where cards never change? A new status or owner is, an urge and an escalation too; what
 * is only said is not, or a busy ticket would flood the chat.
 */
export function isNews(
  { statusVersion, raisedVersion = 0 }: Ticket,
  { shown }: SurfaceRow,
): boolean {
  return Math.max(statusVersion, raisedVersion) > shown;
}

/** A card that follows another one of the same ticket in a chat, without what the first one said already. */
export function followUp<T>(card: Card<T>): Card<T> {
  const blocks = card.blocks.filter(({ type }) => type === "fields" || type === "note");
  return { ...card, blocks };
}
