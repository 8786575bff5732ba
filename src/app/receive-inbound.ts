import { decodeAction } from "../core/card.ts";
import { conversationStream, mailboxOf } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { Inbound, InboundMessage, Place } from "../core/message.ts";
import type { NewInboxRow } from "../ports/store.ts";
import type { Account, Hub } from "./hub.ts";

export type Accepted = {
  /** Ids of the inbox rows, in the order of the items; null for an item that names nothing of ours. */
  readonly rows: readonly (string | null)[];
};

/**
 * Put what a channel has proven and translated into the inbox, durably, once. What was there already is ours already.
 * When this resolves, the vendor may be told that we have it.
 */
export async function receiveInbound(hub: Hub, account: Account, feed: string, items: readonly Inbound[]): Promise<Accepted> {
  const rows = await Promise.all(items.map((item) => receiveOne(hub, account, feed, item)));
  return { rows };
}

async function receiveOne(hub: Hub, account: Account, feed: string, item: Inbound): Promise<string | null> {
  const mailbox = mailboxFor(account.id, item);
  if (mailbox === null) return null;
  const row: NewInboxRow = {
    id: deriveId("inbox", account.id, feed, item.dedupeKey),
    account: account.id,
    feed,
    dedupeKey: item.dedupeKey,
    mailbox,
    kind: item.type,
    receivedAt: hub.clock.now(),
    body: JSON.stringify(item),
  };
  const result = await hub.store.commit({ cause: null, streams: [], rows: [{ type: "inbox", row }], guards: [] });
  hub.counters.count(result === "ok" ? "received" : "duplicates", { account: account.id });
  hub.queue.wake(mailbox);
  return row.id;
}

/** Messages belong to a conversation, clicks to what the clicked card is about. */
function mailboxFor(account: string, item: Inbound): string | null {
  if (item.type === "message") return mailboxOf(conversationStream(conversationKey(account, item), 1));
  const action = decodeAction(item.action);
  return action === null ? null : mailboxOf(action.subject);
}

/** One party's exchange: the account and chat, and in a group the thread, or else who speaks. */
export function conversationKey(account: string, message: InboundMessage): string {
  return deriveId("conversation", account, message.place.chat, within(message.place, message.sender.id));
}

function within(place: Place, sender: string): string {
  if (place.kind === "direct") return "";
  return place.thread === null ? `sender ${sender}` : `thread ${place.thread}`;
}
