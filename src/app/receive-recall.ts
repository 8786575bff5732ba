import { deriveId } from "../core/id.ts";
import type { InboundRecall } from "../core/message.ts";
import type { Row } from "../ports/batch.ts";
import type { InboxRow } from "../ports/store.ts";
import type { Account, Hub } from "./hub.ts";

/** What stands in the inbox of a recall: with the row of the message that was taken back. */
export type Recalled = InboundRecall & { readonly inbox: string };

/** Id of the inbox row of what came in. */
export function inboxId(account: string, feed: string, dedupeKey: string): string {
  return deriveId("inbox", account, feed, dedupeKey);
}

/**
 * Take note that a message was taken back. One that is not worked yet never will be; one that comes only after its
 * recall is known already and is not worked either; what was made of one that was worked is put right by its mailbox.
 */
export async function receiveRecall(
  hub: Hub,
  account: Account,
  feed: string,
  recall: InboundRecall,
): Promise<void> {
  const message = await messageOf(hub, account, recall.recalls);
  const at = hub.clock.now();
  if (message === null) {
    const rows = tombstone(account.id, feed, recall, at);
    if ((await write(hub, rows)) !== "duplicate") return;
    const meanwhile = await messageOf(hub, account, recall.recalls);
    if (meanwhile !== null) await note(hub, recall, meanwhile, at);
    return;
  }
  await note(hub, recall, message, at);
}

/** The row of the message with this dedupe key, whichever feed brought it. */
export async function messageOf(
  hub: Hub,
  { id, feeds }: Account,
  dedupeKey: string,
): Promise<InboxRow | null> {
  for (const feed of feeds) {
    const row = await hub.store.inboxRow(inboxId(id, feed, dedupeKey));
    if (row !== null) return row;
  }
  return null;
}

async function note(hub: Hub, recall: InboundRecall, message: InboxRow, at: number): Promise<void> {
  const { account, feed, mailbox } = message;
  const { dedupeKey } = recall;
  const body: Recalled = { ...recall, inbox: message.id };
  const result = await write(hub, [
    {
      type: "inbox",
      row: {
        id: inboxId(account, feed, dedupeKey),
        account,
        feed,
        dedupeKey,
        mailbox,
        kind: "recall",
        receivedAt: at,
        body: JSON.stringify(body),
      },
    },
    { type: "inbox-recalled", id: message.id, at },
  ]);
  hub.counters.count(result === "ok" ? "received" : "duplicates", { account });
  if (result === "ok") hub.queue.wake(mailbox);
}

/** The row of a message that has not come, worked already: when it comes it is there already. */
function tombstone(
  account: string,
  feed: string,
  { recalls }: InboundRecall,
  at: number,
): readonly Row[] {
  const id = inboxId(account, feed, recalls);
  const row = {
    id,
    account,
    feed,
    dedupeKey: recalls,
    mailbox: `conversation:${id}`,
    kind: "recall",
    receivedAt: at,
    body: "",
  } as const;
  return [
    { type: "inbox", row },
    { type: "inbox-recalled", id, at },
  ];
}

function write(hub: Hub, rows: readonly Row[]) {
  return hub.store.commit({ cause: null, streams: [], rows, guards: [] });
}
