import { decodeAction } from "../core/card.ts";
import { conversationStream, mailboxOf } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { Inbound, InboundAction, InboundMessage, Place } from "../core/message.ts";
import type { NewInboxRow } from "../ports/batch.ts";
import type { Account, Hub } from "./hub.ts";
import { receiveEdit } from "./receive-edit.ts";
import { inboxId, receiveRecall } from "./receive-recall.ts";

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
  for (const item of items) {
    if (item.type === "recall") await receiveRecall(hub, account, feed, item);
    if (item.type === "edit") await receiveEdit(hub, account, item);
  }
  const rows = items.map((item) =>
    item.type === "recall" || item.type === "edit" ? null : rowOf(account.id, feed, item, now),
  );
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
  item: InboundMessage | InboundAction,
  receivedAt: number,
): NewInboxRow | null {
  const mailbox = mailboxFor(account, item);
  if (mailbox === null) return null;
  const { dedupeKey, type: kind } = item;
  return {
    id: inboxId(account, feed, dedupeKey),
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
function mailboxFor(account: string, item: InboundMessage | InboundAction): string | null {
  if (item.type === "message")
    return mailboxOf(conversationStream(conversationKey(account, item), 1));
  const action = decodeAction(item.action);
  return action === null ? null : mailboxOf(action.subject);
}

/** One party's exchange: the account and who speaks, and in a group the chat, with its thread if it has one. */
export function conversationKey(account: string, { place, sender }: InboundMessage): string {
  return place.kind === "direct"
    ? directKey(account, sender.id)
    : deriveId("conversation", account, place.chat, within(place, sender.id));
}

/** Somebody's own chat with an account, by who they are: a click in a group does not tell that chat's id. */
export function directKey(account: string, person: string): string {
  return deriveId("conversation", account, person, "");
}

function within(place: Place, sender: string): string {
  return place.thread === null ? `sender ${sender}` : `thread ${place.thread}`;
}
