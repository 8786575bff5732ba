import { type Actor, actorName } from "../core/actor.ts";
import type { Command } from "../core/command.ts";
import {
  type Conversation,
  conversationStream,
  type Heard,
} from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import { type Destination, type InboundMessage, messageText, type Part } from "../core/message.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import type { Row } from "../ports/batch.ts";
import type { InboxRow } from "../ports/store.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub, Setup } from "./hub.ts";
import { identify } from "./identify.ts";
import { readBody } from "./inbox-body.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { conversationKey } from "./receive-inbound.ts";
import { StepError } from "./step-error.ts";
import { type Worked, workedOf } from "./worked.ts";

/**
 * Work one message in two steps, each a commit: first what was understood of it, then what is done about it. A crash
 * between the two leaves the message heard and undecided, and the next try goes on from there.
 */
export async function workMessage(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const message = readBody(row, "message");
  const setup = hub.setup();
  const key = conversationKey(row.account, message);
  const { generation, conversation } = await hub.store.newestConversation(key);
  const open = conversation?.status === "open" ? conversation : null;
  const place = {
    key,
    stream: conversationStream(key, open === null ? generation + 1 : generation),
  };
  if (!message.addressed && open?.form == null) return ignore(hub, row, turn);
  if (open?.pending?.inbox === row.id) return respondTo(hub, setup, row, turn, open);
  const heard = await hear(hub, setup, { row, message, turn, place, open });
  if (heard === null) return "conflict";
  return respondTo(hub, setup, row, turn, heard);
}

type Hearing = {
  readonly row: InboxRow;
  readonly message: InboundMessage;
  readonly turn: RowTurn;
  readonly place: { readonly key: string; readonly stream: string };
  readonly open: Conversation | null;
};

/** Understand the message and commit that. The conversation after it, or null on a conflict. */
async function hear(
  hub: Hub,
  setup: Setup,
  { row, message, turn, place, open }: Hearing,
): Promise<Conversation | null> {
  const now = hub.clock.now();
  const who = await identify(hub, setup, row.account, message.sender, now);
  const { heard, rows } = await understand(hub, setup, row, message, who.actor);
  const command: Command = {
    type: "hear",
    at: now,
    ...place,
    account: row.account,
    to: destinationOf(message),
    party: who.actor,
    partyName: who.name,
    language: setup.policy.hub.locale,
    heard,
  };
  // A dead letter that was heard long ago is heard anew when it comes back, in the conversation as it is then.
  const cause = deriveId(row.id, "hear", place.stream, open?.version ?? 0);
  const world = { conversation: open, ticket: null };
  const step = decideStep(command, cause, world, setup.policy);
  if (isRefusal(step)) throw new StepError(`Hearing was refused: ${step.refused}.`);
  const result = await turn.commit(
    batchOf(step, {
      cause,
      kind: "inbound",
      command,
      actor: actorName(who.actor),
      configHash: setup.policy.hash,
      now,
      hold: null,
      rows: [...who.rows, ...rows],
      guards: [{ type: "inbox-open", id: row.id }],
      world,
    }),
  );
  const state = step.streams[0]?.state;
  return result === "ok" && state?.kind === "conversation" ? state.value : null;
}

async function understand(
  hub: Hub,
  setup: Setup,
  row: InboxRow,
  message: InboundMessage,
  actor: Actor,
): Promise<{ heard: Heard; rows: readonly Row[] }> {
  const words = messageText(message.parts) || attachmentNames(message.parts);
  const text = words === "" ? null : deriveId(row.id, "text");
  const understood = await setup.understander.understand(words);
  const stores = await hub.store.findStores(setup.understander.storeNames(words));
  const heard: Heard = {
    inbox: row.id,
    by: actor,
    messageId: message.messageId,
    thread: message.place.thread,
    text,
    attachments: message.parts.flatMap((part) => ("key" in part ? [part.type] : [])),
    understood,
    stores,
  };
  const rows: Row[] =
    text === null
      ? []
      : [{ type: "text", id: text, subject: actorName(actor), body: words, at: row.receivedAt }];
  return { heard, rows };
}

async function respondTo(
  hub: Hub,
  setup: Setup,
  row: InboxRow,
  turn: RowTurn,
  conversation: Conversation,
): Promise<Worked> {
  const now = hub.clock.now();
  const ticket = conversation.ticket === null ? null : await hub.store.ticket(conversation.ticket);
  const number = await hub.numbers.take();
  const command: Command = {
    type: "respond",
    at: now,
    stream: `conversation:${conversation.id}`,
    number,
  };
  const cause = deriveId(row.id, "respond");
  const world = { conversation, ticket };
  const step = decideStep(command, cause, world, setup.policy);
  if (isRefusal(step)) throw new StepError(`Responding was refused: ${step.refused}.`);
  const opened = step.streams.some(({ events }) =>
    events.some((event) => event.type === "created"),
  );
  if (!opened) hub.numbers.giveBack(number);
  const result = await turn.finish(
    batchOf(step, {
      cause,
      kind: "inbound",
      command,
      actor: actorName(conversation.party),
      configHash: setup.policy.hash,
      now,
      hold: null,
      rows: [{ type: "inbox-done", id: row.id, outcome: null, at: now }],
      guards: [{ type: "inbox-open", id: row.id }],
      world,
    }),
  );
  if (result === "ok" && step.effects.length > 0) hub.queue.wakeDelivery();
  return workedOf(result);
}

/** Said in a group and not to us: nothing is kept but the mark that it was seen. */
async function ignore(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const rows = [{ type: "inbox-done", id: row.id, outcome: null, at: hub.clock.now() }] as const;
  return workedOf(
    await turn.finish({
      cause: null,
      streams: [],
      rows,
      guards: [{ type: "inbox-open", id: row.id }],
    }),
  );
}

function destinationOf(message: InboundMessage): Destination {
  return message.place.kind === "group"
    ? { kind: "chat", id: message.place.chat }
    : { kind: "person", id: message.sender.id };
}

function attachmentNames(parts: readonly Part[]): string {
  return parts.flatMap((part) => ("key" in part ? [`[${part.name ?? part.type}]`] : [])).join(" ");
}
