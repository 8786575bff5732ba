import { type Actor, actorName } from "../core/actor.ts";
import type { Command } from "../core/command.ts";
import type { Policy } from "../core/config/policy.ts";
import type { Conversation, Heard, Prompt } from "../core/conversation/conversation.ts";
import { wantedFor } from "../core/conversation/facts.ts";
import { isUnderStaffCard, worksOn } from "../core/conversation/thread-reply.ts";
import { deriveId } from "../core/id.ts";
import { readPick } from "../core/intent/typed.ts";
import type { Destination, InboundMessage } from "../core/message.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import type { Row } from "../ports/batch.ts";
import type { InboxRow } from "../ports/store.ts";
import { attachmentsIn } from "./attachments-in.ts";
import { type CardUnder, cardUnder } from "./card-under.ts";
import { batchOf } from "./commit-step.ts";
import { besides, factsFor } from "./facts-for.ts";
import type { Hub, Setup } from "./hub.ts";
import { type Identified, identify } from "./identify.ts";
import { readBody } from "./inbox-body.ts";
import { kinOf } from "./kin-of.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { isUnreadable, messageWords, quotedWords, withQuoted } from "./message-words.ts";
import { type PlaceOf, placeOf } from "./place-of.ts";
import { readWords } from "./read-words.ts";
import { StepError } from "./step-error.ts";
import { type Worked, workedOf } from "./worked.ts";

/**
 * Work one message in two steps, each a commit: first what was understood of it, then what is done about it. A crash
 * between the two leaves the message heard and undecided, and the next try goes on from there.
 */
export async function workMessage(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const message = readBody(row, "message");
  const setup = hub.setup();
  const { place, open } = await placeOf(hub, row.account, message);
  const under = await cardUnder(hub, row.account, message);
  const isSaid = message.addressed || open?.form != null;
  if (!isSaid && (under === null || !isUnderStaffCard(under))) return ignore(hub, row, turn);
  const who = await identify(hub, setup, row.account, message.sender, hub.clock.now());
  if (!isSaid && !isWork(under, who.actor, setup.policy)) return ignore(hub, row, turn);
  const scene = { row, message, turn, place, open, under, who };
  if (open?.pending?.inbox === row.id) return respondTo(hub, setup, scene, open);
  const heard = await hear(hub, setup, scene);
  if (heard === null) return "conflict";
  return respondTo(hub, setup, scene, heard);
}

/** Colleagues who talk under a ticket's card talk about the ticket, with the bot or without it. */
function isWork(under: CardUnder | null, actor: Actor, policy: Policy): boolean {
  return under !== null && worksOn(actor, under.ticket, policy);
}

type Hearing = {
  readonly row: InboxRow;
  readonly message: InboundMessage;
  readonly turn: RowTurn;
  readonly place: PlaceOf["place"];
  readonly open: Conversation | null;
  readonly under: CardUnder | null;
  readonly who: Identified;
};

/** Understand the message and commit that. The conversation after it, or null on a conflict. */
async function hear(hub: Hub, setup: Setup, scene: Hearing): Promise<Conversation | null> {
  const { row, message, turn, place, open, who } = scene;
  const now = hub.clock.now();
  const { heard, rows } = await understand(hub, setup, scene, now);
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
  { row, message, place, open, under, who }: Hearing,
  now: number,
): Promise<{ heard: Heard; rows: readonly Row[] }> {
  const { actor } = who;
  const say = hub.catalogs(setup.policy.hub.locale, new Map());
  const words = messageWords(message.parts, say);
  const isAnswer = open?.form != null || open?.prompt !== undefined;
  const quoted = isAnswer || under !== null ? null : await quotedWords(hub, setup, row, message);
  const text = words === "" ? null : deriveId(row.id, "text");
  const understood = await setup.understander.understand(words);
  const stores = await hub.store.findStores(setup.understander.storeNames(words));
  const subject = actorName(actor);
  const at = row.receivedAt;
  const { read, rows: kept } = readWords(
    { inbox: row.id, words, text, subject, at, card: cardOf(under), prompt: promptIn(open, now) },
    setup.policy,
  );
  const picks = isNumbered(setup, row.account, open) ? readPick(words) : null;
  const files = attachmentsIn(setup, { row, message, conversation: place.stream, actor });
  const heard: Heard = {
    inbox: row.id,
    by: actor,
    messageId: message.messageId,
    thread: message.place.thread,
    text,
    attachments: message.parts.flatMap((part) => ("key" in part ? [part.type] : [])),
    ...(files.attached.length === 0 ? {} : { attached: files.attached }),
    ...(isUnreadable(message.parts, words) ? { unreadable: true } : {}),
    understood,
    stores,
    ...read,
    ...(under === null ? {} : { card: under.card }),
    ...(picks === null ? {} : { picks }),
  };
  const body = withQuoted(words, quoted, say);
  const rows: Row[] = text === null ? [] : [{ type: "text", id: text, subject, body, at }];
  return { heard, rows: [...rows, ...kept, ...files.rows] };
}

/** Does the account show numbers to type in the place of buttons? One with links does for what is not about a ticket. */
function isNumbered(setup: Setup, account: string, open: Conversation | null): boolean {
  const press = setup.accounts.get(account)?.channel.can.card.buttons.press;
  return press === "reply" || (press === "link" && open?.ticket == null);
}

function cardOf(under: CardUnder | null) {
  return under === null ? null : { ...under.card, number: under.ticket.number };
}

/** What the bot waits to be answered. */
function promptIn(open: Conversation | null, now: number): Prompt | null {
  const prompt = open?.prompt ?? null;
  return prompt !== null && now < prompt.until ? prompt : null;
}

const NO_FACTS = { facts: null, tickets: [] };

async function respondTo(
  hub: Hub,
  setup: Setup,
  { row, message, turn }: Hearing,
  conversation: Conversation,
): Promise<Worked> {
  const now = hub.clock.now();
  const ticket = conversation.ticket === null ? null : await hub.store.ticket(conversation.ticket);
  const asker = {
    by: conversation.pending?.by ?? conversation.party,
    account: row.account,
    person: message.sender.id,
    policy: setup.policy,
    now,
  };
  const kin = await kinOf(hub, ticket);
  const wanted = wantedFor(conversation);
  const { facts, tickets } = wanted === null ? NO_FACTS : await factsFor(hub, wanted, asker);
  const number = await hub.numbers.take();
  const command: Command = {
    type: "respond",
    at: now,
    stream: `conversation:${conversation.id}`,
    number,
    ...(facts === null ? {} : { facts }),
  };
  const cause = deriveId(row.id, "respond");
  const world = { conversation, ticket, others: besides(ticket, [...kin, ...tickets]) };
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
