import type { Command } from "../core/command.ts";
import type { Conversation } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { Hub } from "./hub.ts";

export type WhereSaid = {
  readonly conversation: Conversation | null;
  readonly ticket: Ticket | null;
};

/**
 * The conversation in which a message was responded to, and the ticket that took it: the one that it meant, which need
 * not be the conversation's. One that was not responded to yet is in the newest conversation under `key`.
 */
export async function whereSaid(hub: Hub, inbox: string, key: string): Promise<WhereSaid> {
  const input = await hub.store.cause(deriveId(inbox, "respond"));
  const command = input === null ? null : (JSON.parse(input) as Command);
  const responded = command?.type === "respond" ? command : null;
  const conversation =
    responded === null
      ? (await hub.store.newestConversation(key)).conversation
      : await hub.store.conversation(responded.stream);
  const id = responded?.facts?.named ?? conversation?.ticket ?? null;
  return { conversation, ticket: id === null ? null : await hub.store.ticket(id) };
}
