import { sayCard } from "../core/card.ts";
import { cardText } from "../core/card-text.ts";
import type { ReplyTo } from "../core/effect.ts";
import type { Content, Destination, InboundMessage, Outbound } from "../core/message.ts";
import type { Say, Text } from "../core/text.ts";
import { textRefs } from "../core/text.ts";
import type { Row } from "../ports/batch.ts";
import type { Delivery } from "../ports/channel.ts";
import type { OutboxRow } from "../ports/store.ts";
import { ACCOUNT_AWAY, afterFailure, safely, usable } from "./delivery-result.ts";
import { holdAll } from "./hold-all.ts";
import type { Hub } from "./hub.ts";
import type { InFlight } from "./in-flight.ts";
import type { Pacer } from "./pacing.ts";
import { reasonOf } from "./step-error.ts";

const HOLD_MS = 60_000;
/**
 * A message whose next try is further away than this is parked, so that the ones behind it in its lane can pass. The
 * tries before that take two to four minutes, so that a short outage does not change the order of a lane.
 */
const LANE_PATIENCE_MS = 120_000;
type Payload = {
  readonly to: Destination;
  readonly inReplyTo: ReplyTo | null;
  readonly content: Content<Text>;
};

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
  for (const row of held) flight.begin(row.account, () => deliverOne(hub, row, until));
  return held.length + waits.length;
}

async function deliverOne(hub: Hub, row: OutboxRow, until: number): Promise<void> {
  const delivery = await safely(() => attempt(hub, row));
  const guards = [{ type: "outbox-held", id: row.id, leaseUntil: until }] as const;
  try {
    await hub.store.commit({
      cause: null,
      streams: [],
      rows: [settle(hub, row, delivery)],
      guards,
    });
  } catch (error) {
    hub.log.error("The result of a delivery was not written down; it is tried again.", {
      outbox: row.id,
      error: reasonOf(error),
    });
  }
}

async function attempt(hub: Hub, row: OutboxRow): Promise<Delivery> {
  const account = usable(hub, row.account);
  if (account === null) return ACCOUNT_AWAY;
  const payload = readPayload(row);
  if (payload === null) return UNREADABLE;
  const { to, inReplyTo, content } = payload;
  const say = hub.catalogs(row.language, await hub.store.texts(textRefs(content)));
  const message: Outbound<string> = {
    id: row.id,
    to,
    inReplyTo: await replyTo(hub, inReplyTo),
    content: sayContent(content, say, account.channel.can.cards),
  };
  return account.channel.send(message);
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
function sayContent(content: Content<Text>, say: Say, showsCards: boolean): Content<string> {
  if (content.type === "text") return { type: "text", text: say(content.text) };
  const card = sayCard(content.card, say);
  return showsCards ? { type: "card", card } : { type: "text", text: cardText(card) };
}

/** What a delivery means for its message. */
function settle(hub: Hub, row: OutboxRow, delivery: Delivery): Row {
  const now = hub.clock.now();
  const { id, account, attempts } = row;
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
