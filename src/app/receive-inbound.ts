import { decodeAction } from "../core/card.ts";
import { conversationStream, mailboxOf } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { Inbound, InboundMessage, Place } from "../core/message.ts";
import type { NewInboxRow } from "../ports/batch.ts";
import type { Account, Hub } from "./hub.ts";

export type Accepted = {
  /** Ids of the inbox rows, in the order of the items; null for an item that names nothing of ours. */
  readonly rows: readonly (string | null)[];
};

/**
 * Put what a channel has proven and translated into the inbox, durably, once. What was there already is ours already.
 * When this resolves, the vendor may be told that we have it. A click is worked by whoever answers it.
 */
export async function receiveInbound(
  hub: Hub,
  account: Account,
  feed: string,
  items: readonly Inbound[],
): Promise<Accepted> {
  const now = hub.clock.now();
  const rows = items.map((item) => rowOf(account.id, feed, item, now));
  const known = rows.flatMap((row) => row ?? []);
  if (known.length > 0) await take(hub, known);
  return { rows: rows.map((row) => row?.id ?? null) };
}

async function take(hub: Hub, rows: readonly NewInboxRow[]): Promise<void> {
  if (await insert(hub, rows)) return tell(hub, rows, "received");
  if (rows.length === 1) return tell(hub, rows, "duplicates");
  for (const row of rows) await take(hub, [row]);
}

/** Commit all rows together, in their order; false when one of them was there already, and none is written. */
async function insert(hub: Hub, rows: readonly NewInboxRow[]): Promise<boolean> {
  const batch = {
    cause: null,
    streams: [],
    guards: [],
    rows: rows.map((row) => ({ type: "inbox", row }) as const),
  };
  return (await hub.store.commit(batch)) === "ok";
}

function tell(hub: Hub, rows: readonly NewInboxRow[], what: "received" | "duplicates"): void {
  for (const { account, mailbox, kind } of rows) {
    hub.counters.count(what, { account });
    if (what === "received" && kind === "message") hub.queue.wake(mailbox);
  }
}

function rowOf(
  account: string,
  feed: string,
  item: Inbound,
  receivedAt: number,
): NewInboxRow | null {
  const mailbox = mailboxFor(account, item);
  if (mailbox === null) return null;
  const { dedupeKey, type: kind } = item;
  return {
    id: deriveId("inbox", account, feed, dedupeKey),
    account,
    feed,
    dedupeKey,
    mailbox,
    kind,
    receivedAt,
    body: JSON.stringify(item),
  };
}

/** Messages belong to a conversation, clicks to what the clicked card is about. */
function mailboxFor(account: string, item: Inbound): string | null {
  if (item.type === "message")
    return mailboxOf(conversationStream(conversationKey(account, item), 1));
  const action = decodeAction(item.action);
  return action === null ? null : mailboxOf(action.subject);
}

/** One party's exchange: the account and chat, and in a group the thread, or else who speaks. */
export function conversationKey(account: string, message: InboundMessage): string {
  return deriveId(
    "conversation",
    account,
    message.place.chat,
    within(message.place, message.sender.id),
  );
}

function within(place: Place, sender: string): string {
  if (place.kind === "direct") return "";
  return place.thread === null ? `sender ${sender}` : `thread ${place.thread}`;
}
