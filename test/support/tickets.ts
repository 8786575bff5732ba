import type { Ticket, TicketEvent, TicketStatus } from "../../src/core/ticket/ticket.ts";
import { agent, aNewTicket, foldTicket } from "./given.ts";

export const STATUSES: readonly TicketStatus[] = [
  "new",
  "assigned",
  "in_progress",
  "waiting_customer",
  "waiting_external",
  "resolved",
  "closed",
  "cancelled",
];

const BY = agent("an");
const CLAIMED: TicketEvent = { type: "claimed", by: BY, owner: "an" };

const PASTS: Readonly<Record<TicketStatus, readonly TicketEvent[]>> = {
  new: [],
  assigned: [{ type: "assigned", by: BY, owner: "an", team: "cold" }],
  in_progress: [CLAIMED],
  waiting_customer: [CLAIMED, { type: "paused", by: BY, waiting: "customer" }],
  waiting_external: [CLAIMED, { type: "paused", by: BY, waiting: "external" }],
  resolved: [CLAIMED, { type: "resolved", by: BY, text: "words-3" }],
  closed: [CLAIMED, { type: "closed", by: BY, reason: "by_agent" }],
  cancelled: [CLAIMED, { type: "cancelled", by: BY }],
};

/** A ticket of the admin's in a status; but for `new`, the admin owns it too. */
export function ticketIn(status: string): Ticket {
  const past = PASTS[status as TicketStatus];
  if (past === undefined) throw new Error(`There is no status "${status}".`);
  return foldTicket([...aNewTicket({ requester: BY }), ...past]);
}
