import { sayCard } from "../core/card.ts";
import { cardText } from "../core/card-text.ts";
import type { About, AttachmentContent, ReplyTo } from "../core/effect.ts";
import {
  type Content,
  type Destination,
  type InboundMessage,
  type Outbound,
  type UrgentWay,
  withNames,
} from "../core/message.ts";
import type { Text } from "../core/text.ts";
import { textRefs } from "../core/text.ts";
import type { Row } from "../ports/batch.ts";
import type { Delivery } from "../ports/channel.ts";
import type { OutboxRow } from "../ports/store.ts";
import { deliverAttachment } from "./deliver-attachment.ts";
import { ACCOUNT_AWAY, afterFailure, safely, usable } from "./delivery-result.ts";
import { fitSpoken, type Spoken, spokenBy } from "./fit-for.ts";
import { hiddenWords, isSensitive } from "./hidden-words.ts";
import { holdAll } from "./hold-all.ts";
import type { Account, Hub } from "./hub.ts";
import type { InFlight } from "./in-flight.ts";
import { nobodyThere } from "./nobody-there.ts";
import type { Pacer } from "./pacing.ts";
import { signOf } from "./pacing-circuit.ts";
import { remind } from "./remind.ts";
import { reasonOf } from "./step-error.ts";
import { comesBack } from "./undelivered.ts";

const HOLD_MS = 60_000;
/**
 * A message whose next try is further away than this is parked, so that the ones behind it in its lane can pass. The
 * tries before that take two to four minutes, so that a short outage does not change the order of a lane.
 */
const LANE_PATIENCE_MS = 120_000;
/** How often a message looks whether the attachment that it is to send has come; one that holds nothing up, rarely. */
const AWAIT_MS = { inLane: 2_000, parked: 30_000 } as const;
type Payload = {
  readonly to: Destination;
  readonly inReplyTo: ReplyTo | null;
  readonly content: Content<Text> | AttachmentContent;
  readonly urgent?: UrgentWay;
  readonly about?: About;
};
type Tried = Delivery | { readonly type: "waiting" };

/**
 * Begin to deliver the messages whose turn it is: the head of each lane, many lanes at once, as far as `flight` has
 * room. Resolves with how many were taken up, 0 when nothing was due.
 */
export async function deliverOutbox(hub: Hub, pacer: Pacer, flight: InFlight): Promise<number> {
  const now = hub.clock.now();
  const room = flight.free();
  if (room <= 0) return 0;
  const due = flight.fitting(await hub.store.outboxDue(now, room, flight.busy()));
  const slots = pacer.plan(now);
  const waits: Row[] = [];
  const ready: OutboxRow[] = [];
  for (const row of due) {
    const limits = hub.setup().accounts.get(row.account)?.channel.can.pacing ?? [];
    const wait = slots({ account: row.account, destination: row.lane, dueAt: row.dueAt }, limits);
    if (wait > 0) waits.push({ type: "outbox-wait", id: row.id, dueAt: now + wait });
    else ready.push(row);
  }
  if (waits.length > 0)
    await hub.store.commit({ cause: null, streams: [], rows: waits, guards: [] });
  const until = now + HOLD_MS;
  const held = await holdAll(hub, ready, ({ id }) => ({ type: "outbox-hold", id, now, until }));
  for (const row of held) flight.begin(row.account, () => deliverOne(hub, pacer, row, until));
  return held.length + waits.length;
}

async function deliverOne(hub: Hub, pacer: Pacer, row: OutboxRow, until: number): Promise<void> {
  const payload = readPayload(row);
  const delivery = await safely<Tried>(() => attempt(hub, row, payload));
  const tried = { account: row.account, destination: row.lane };
  pacer.heard(tried, signOf(delivery), hub.clock.now(), hub.random());
  const guards = [{ type: "outbox-held", id: row.id, leaseUntil: until }] as const;
  const gone = payload === null ? [] : nobodyThere(hub, row.account, payload.to, delivery);
  const settled = settle(hub, row, delivery);
  const given = { id: row.id, account: row.account, until };
  const isDead = settled.type === "outbox-dead";
  const back = isDead ? comesBack(given, payload?.about, delivery, hub.clock.now()) : [];
  try {
    const written = await hub.store.commit({
      cause: null,
      streams: [],
      rows: [settled, ...gone, ...back],
      guards,
    });
    if (written === "ok") for (const { row: each } of back) hub.queue.wake(each.mailbox);
    if (written === "ok" && delivery.type === "sent" && payload?.urgent !== undefined)
      await remindOf(hub, row, payload, delivery.remoteId).catch((error: unknown) =>
        hub.log.warn("An urgent message came as an ordinary one.", {
          outbox: row.id,
          reason: reasonOf(error),
        }),
      );
  } catch (error) {
    hub.log.error("The result of a delivery was not written down; it is tried again.", {
      outbox: row.id,
      error: reasonOf(error),
    });
  }
}

/** Only after the message is written down as sent: a hub that is killed in between rings nobody twice. */
async function remindOf(
  hub: Hub,
  row: OutboxRow,
  { to, content, urgent }: Payload,
  remoteId: string,
): Promise<void> {
  const account = usable(hub, row.account);
  if (account === null || urgent === undefined || content.type !== "text") return;
  const say = hub.catalogs(row.language, await hub.store.texts(textRefs(content)));
  await remind(hub, account, { outbox: row.id, to, remoteId, text: say(content.text), urgent });
}

async function attempt(hub: Hub, row: OutboxRow, payload: Payload | null): Promise<Tried> {
  const account = usable(hub, row.account);
  if (account === null) return ACCOUNT_AWAY;
  if (payload === null) return UNREADABLE;
  const { to, inReplyTo, content, about } = payload;
  const { language } = row;
  const words = await hub.store.texts(textRefs(content));
  const say = hub.catalogs(language, words);
  const message = { id: row.id, to, inReplyTo: await replyTo(hub, inReplyTo) };
  if (content.type === "attachment")
    return deliverAttachment(hub, account.channel, { message, content, say });
  const send = (spoken: Spoken): Promise<Delivery> =>
    account.channel.send({ ...message, content: sayContent(content, spoken, account) });
  const delivery = await send({ say, language, ticket: null });
  // What is for the requester comes back to its ticket; of what is for others they hear at least that it is there.
  if (about !== undefined || words.size === 0 || !isSensitive(delivery)) return delivery;
  const without = hub.catalogs(language, hiddenWords(hub, language, words));
  return send({ say: without, language, ticket: null });
}

/** What a step wrote down; null when it no longer is that. */
function readPayload(row: OutboxRow): Payload | null {
  try {
    const payload = JSON.parse(row.payload) as Partial<Payload> | null;
    return payload?.to === undefined || payload.content === undefined ? null : (payload as Payload);
  } catch {
    return null;
  }
}

const UNREADABLE: Delivery = {
  type: "failed",
  class: "content",
  afterMs: null,
  reason: "the stored message cannot be read",
};

/** With the vendor's own handle for answering, which is kept nowhere but with the message that came in. */
async function replyTo(hub: Hub, reply: ReplyTo | null): Promise<Outbound<string>["inReplyTo"]> {
  if (reply === null) return null;
  const { inbox, messageId, thread } = reply;
  const row = await hub.store.inboxRow(inbox);
  const inbound = row?.body == null ? null : (JSON.parse(row.body) as InboundMessage);
  return { messageId, thread, handle: inbound?.handle ?? null };
}

/** In words of one language; a card in plain words where the account shows none. */
function sayContent(content: Content<Text>, spoken: Spoken, account: Account): Content<string> {
  if (content.type === "text") return sayText(content, spoken, account);
  const can = spokenBy(account);
  const card = fitSpoken(can, sayCard(content.card, spoken.say), spoken);
  return can.shown === "card" ? { type: "card", card } : { type: "text", text: cardText(card) };
}

/** With the names of those who are mentioned, where the account cannot call them. */
function sayText(
  { text, mentions = [] }: Extract<Content<Text>, { readonly type: "text" }>,
  { say }: Spoken,
  { channel }: Account,
): Content<string> {
  const words = say(text);
  if (mentions.length === 0) return { type: "text", text: words };
  return channel.can.mentions === true
    ? { type: "text", text: words, mentions }
    : { type: "text", text: withNames(words, mentions) };
}

/** What a delivery means for its message. */
function settle(hub: Hub, row: OutboxRow, delivery: Tried): Row {
  const now = hub.clock.now();
  const { id, account, attempts } = row;
  if (delivery.type === "waiting") {
    const parked = now - row.createdAt >= LANE_PATIENCE_MS;
    const dueAt = now + (parked ? AWAIT_MS.parked : AWAIT_MS.inLane);
    return { type: "outbox-await", id, dueAt, parked };
  }
  if (delivery.type === "sent") {
    hub.counters.count("delivered", { account });
    return { type: "outbox-sent", id, remoteId: delivery.remoteId, at: now };
  }
  const { error, waitMs } = afterFailure(hub, { kind: "outbox", id, account, attempts }, delivery);
  if (waitMs === null) return { type: "outbox-dead", id, error, at: now };
  return {
    type: waitMs <= LANE_PATIENCE_MS ? "outbox-retry" : "outbox-parked",
    id,
    dueAt: now + waitMs,
    error,
  };
}
