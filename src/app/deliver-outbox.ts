import { textRefs } from "../core/text.ts";
import { sayCard } from "../core/card.ts";
import type { Content, Destination, Outbound } from "../core/message.ts";
import type { Say, Text } from "../core/text.ts";
import type { Delivery } from "../ports/channel.ts";
import type { OutboxRow, Row } from "../ports/store.ts";
import { backoffMs } from "./backoff.ts";
import type { Hub } from "./hub.ts";
import type { Pacer } from "./pacing.ts";

const PAGE = 64;
const HOLD_MS = 60_000;
/** A message that waits longer than this is parked, so that the ones behind it in its lane can pass. */
const LANE_PATIENCE_MS = 120_000;
export const MAX_DELIVERY_ATTEMPTS = 12;

type Payload = {
  readonly to: Destination;
  readonly inReplyTo: Outbound<string>["inReplyTo"];
  readonly content: Content<Text>;
};

/**
 * Deliver the messages whose turn it is: the head of each lane, many lanes at once. Resolves with how many were
 * tried, 0 when nothing was due.
 */
export async function deliverOutbox(hub: Hub, pacer: Pacer): Promise<number> {
  const now = hub.clock.now();
  const rows = await hub.store.outboxDue(now, PAGE);
  const until = now + HOLD_MS;
  const held = await holdAll(hub, rows, now, until);
  await Promise.all(held.map((row) => deliverOne(hub, pacer, row, until)));
  return held.length;
}

/** Take all rows in one commit; if somebody else has one of them, take each by itself. */
async function holdAll(hub: Hub, rows: readonly OutboxRow[], now: number, until: number): Promise<readonly OutboxRow[]> {
  if (rows.length === 0) return [];
  if ((await hold(hub, rows, now, until)) === "ok") return rows;
  const results = await Promise.all(rows.map((row) => hold(hub, [row], now, until)));
  return rows.filter((_row, index) => results[index] === "ok");
}

function hold(hub: Hub, rows: readonly OutboxRow[], now: number, until: number): Promise<string> {
  const holds = rows.map(({ id }) => ({ type: "outbox-hold", id, now, until }) as const);
  return hub.store.commit({ cause: null, streams: [], rows: holds, guards: [] });
}

async function deliverOne(hub: Hub, pacer: Pacer, row: OutboxRow, until: number): Promise<void> {
  const result = await attempt(hub, pacer, row);
  await hub.store.commit({
    cause: null,
    streams: [],
    rows: [result],
    guards: [{ type: "outbox-held", id: row.id, leaseUntil: until }],
  });
}

async function attempt(hub: Hub, pacer: Pacer, row: OutboxRow): Promise<Row> {
  const account = hub.setup().accounts.get(row.account);
  if (account === undefined || !account.enabled) return dead(hub, row, "config: this account is not configured or disabled");
  const payload = JSON.parse(row.payload) as Payload;
  const now = hub.clock.now();
  const wait = pacer.take(row.account, payload.to.id, account.channel.can.pacing, now);
  if (wait > 0) return { type: "outbox-wait", id: row.id, dueAt: now + wait };
  const message = await inWords(hub, row, payload);
  const delivery = await safely(() => account.channel.send(message));
  return settle(hub, row, delivery);
}

async function inWords(hub: Hub, row: OutboxRow, { to, inReplyTo, content }: Payload): Promise<Outbound<string>> {
  const words = await hub.store.texts(textRefs(content));
  const say = hub.catalogs(row.language, words);
  return { id: row.id, to, inReplyTo, content: sayContent(content, say) };
}

function sayContent(content: Content<Text>, say: Say): Content<string> {
  return content.type === "text" ? { type: "text", text: say(content.text) } : { type: "card", card: sayCard(content.card, say) };
}

/** A channel that throws has a bug; its message is tried again like after any other failure. */
export async function safely(deliver: () => Promise<Delivery>): Promise<Delivery> {
  try {
    return await deliver();
  } catch (error) {
    return { type: "failed", class: "transient", afterMs: null, reason: error instanceof Error ? error.name : "error" };
  }
}

/** What a delivery means for its message. The classes are the channel's; what follows from them is the same for all. */
function settle(hub: Hub, row: OutboxRow, delivery: Delivery): Row {
  const now = hub.clock.now();
  if (delivery.type === "sent") {
    hub.counters.count("delivered", { account: row.account });
    return { type: "outbox-sent", id: row.id, remoteId: delivery.remoteId, at: now };
  }
  const reason = delivery.type === "unknown" ? `unknown: ${delivery.reason}` : `${delivery.class}: ${delivery.reason}`;
  hub.counters.count("failed", { account: row.account, class: delivery.type === "unknown" ? "unknown" : delivery.class });
  if (!mayTryAgain(delivery) || row.attempts + 1 >= MAX_DELIVERY_ATTEMPTS) return dead(hub, row, reason);
  hub.log.warn("A message was not delivered and will be tried again.", { outbox: row.id, account: row.account, attempts: row.attempts + 1, reason });
  const dueAt = now + retryAfter(hub, row.attempts, delivery);
  const patient = dueAt - row.createdAt <= LANE_PATIENCE_MS;
  return { type: patient ? "outbox-retry" : "outbox-parked", id: row.id, dueAt, error: reason };
}

export function mayTryAgain(delivery: Exclude<Delivery, { type: "sent" }>): boolean {
  return delivery.type === "unknown" || delivery.class === "transient" || delivery.class === "token" || delivery.class === "rate";
}

export function retryAfter(hub: Hub, attempts: number, delivery: Exclude<Delivery, { type: "sent" }>): number {
  const own = backoffMs(attempts, { baseMs: 1_000, capMs: 300_000, random: hub.random() });
  return delivery.type === "failed" && delivery.afterMs !== null ? Math.max(delivery.afterMs, own) : own;
}

function dead(hub: Hub, row: OutboxRow, error: string): Row {
  hub.counters.count("dead_letters", { kind: "outbox" });
  hub.log.error("A message is now a dead letter.", { outbox: row.id, account: row.account, error });
  return { type: "outbox-dead", id: row.id, error, at: hub.clock.now() };
}
