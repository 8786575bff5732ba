import { expect } from "vitest";
import type { ConversationEvent } from "../../src/core/conversation/conversation.ts";
import type { TicketEvent } from "../../src/core/ticket/ticket.ts";
import {
  agent,
  aHeard,
  aNewTicket,
  foldTicket,
  givenConversation,
  opened,
  type Past,
} from "./given.ts";

export const LI = agent("li");
export const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
export const resolved: TicketEvent = { type: "resolved", by: LI, text: null };
export const relayed: ConversationEvent = { type: "relayed", ticket: "t1" };
export const opens = expect.objectContaining({
  type: "ticket_opened",
  number: 8,
}) as ConversationEvent;

/** A conversation whose ticket has come this far. */
export const begun: ConversationEvent[] = [
  opened(),
  { type: "heard", heard: aHeard({ text: "broken" }) },
  { type: "ticket_opened", ticket: "t1", number: 7 },
];

export function beside(...past: Past<TicketEvent>[]) {
  return givenConversation(begun, { ticket: foldTicket([...aNewTicket(), ...past]) });
}
