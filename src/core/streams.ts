import type { Command } from "./command.ts";
import type { Conversation, ConversationEvent } from "./conversation/conversation.ts";
import { evolveConversation } from "./conversation/evolve.ts";
import type { StreamStep } from "./step.ts";
import { evolveTicket } from "./ticket/evolve.ts";
import { streamOf, type Ticket, type TicketEvent } from "./ticket/ticket.ts";

type ConversationStep = StreamStep & {
  readonly state: { readonly kind: "conversation"; readonly value: Conversation };
};
type TicketStep = StreamStep & {
  readonly state: { readonly kind: "ticket"; readonly value: Ticket };
};

/** One step of a conversation's stream: these events after that state, and what it comes to. */
export function converse(
  command: Command,
  before: Conversation | null,
  events: readonly ConversationEvent[],
): ConversationStep {
  const stream = before === null ? command.stream : `conversation:${before.id}`;
  const id = stream.slice("conversation:".length);
  const at = Math.max(command.at, before?.lastAt ?? 0);
  const after = events.reduce<Conversation | null>(
    (state, event) => evolveConversation(state, event, at, id),
    before,
  );
  if (after === null) throw new Error(`A step of ${stream} has no events and no state.`);
  return {
    stream,
    expectedVersion: before?.version ?? 0,
    at,
    events,
    state: { kind: "conversation", value: after },
  };
}

/** One step of a ticket's stream. A new ticket has no state before it, and its id is given. */
export function workOn(
  command: Command,
  before: Ticket | null,
  events: readonly TicketEvent[],
  newId?: string,
): TicketStep {
  const id = before?.id ?? newId ?? "";
  const at = Math.max(command.at, before?.lastAt ?? 0);
  const after = events.reduce<Ticket | null>(
    (state, event) => evolveTicket(state, event, at, id),
    before,
  );
  if (after === null) throw new Error(`A step of ${streamOf(id)} has no events and no state.`);
  return {
    stream: streamOf(id),
    expectedVersion: before?.version ?? 0,
    at,
    events,
    state: { kind: "ticket", value: after },
  };
}
