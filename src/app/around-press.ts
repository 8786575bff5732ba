import { type ActionRef, askedVerb } from "../core/card.ts";
import type { Command, OwnChat } from "../core/command.ts";
import { type Conversation, conversationStream } from "../core/conversation/conversation.ts";
import { wantedByPress } from "../core/conversation/facts.ts";
import type { InboundAction } from "../core/message.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import { factsFor } from "./facts-for.ts";
import type { Hub, Setup } from "./hub.ts";
import type { Identified } from "./identify.ts";
import { directKey } from "./receive-inbound.ts";

type Press = {
  readonly account: string;
  readonly inbound: Pick<InboundAction, "operator">;
  readonly action: ActionRef;
  readonly who: Identified;
  readonly now: number;
};

/** What a press is decided by beside the stream of its card. */
export type AroundPress = {
  readonly told: Pick<Extract<Command, { type: "act" }>, "facts" | "chat">;
  /** The clicker's own conversation, where they will be asked there. */
  readonly conversation: Conversation | null;
  readonly tickets: readonly Ticket[];
};

/** Read what a press needs to be known: the clicker's own chat, a page of a list, one ticket, or who the clicker is. */
export async function aroundPress(hub: Hub, setup: Setup, press: Press): Promise<AroundPress> {
  const { account, inbound, action, who, now } = press;
  const person = inbound.operator.id;
  const isTicket = action.subject.startsWith("ticket:");
  if (isTicket && askedVerb(action.verb) !== null) return ownChat(hub, setup, press);
  const wanted = wantedByPress(isTicket ? "" : action.verb);
  const needed = wanted.list !== null || wanted.ticket !== null || who.actor.kind !== "agent";
  if (!needed) return { told: {}, conversation: null, tickets: [] };
  const asker = { by: who.actor, account, person, policy: setup.policy, now };
  const { facts, tickets } = await factsFor(hub, wanted, asker);
  return { told: { facts }, conversation: null, tickets };
}

async function ownChat(
  hub: Hub,
  setup: Setup,
  { account, inbound, who }: Press,
): Promise<AroundPress> {
  const { id } = inbound.operator;
  const key = directKey(account, id);
  const { generation, conversation } = await hub.store.newestConversation(key);
  const open = conversation?.status === "open" ? conversation : null;
  const chat: OwnChat = {
    stream: conversationStream(key, open === null ? generation + 1 : generation),
    key,
    account,
    to: { kind: "person", id },
    partyName: who.name,
    language: setup.policy.hub.locale,
  };
  const seenAs = { account, id };
  const facts = who.actor.kind === "agent" ? {} : { facts: { seenAs } };
  return { told: { chat, ...facts }, conversation: open, tickets: [] };
}
