import type { InboundEdit } from "../core/message.ts";
import type { Account, Hub } from "./hub.ts";
import { inboxId, messageOf } from "./receive-recall.ts";

/** What stands in the inbox of an edit: with the row of the message that was changed. */
export type Edited = InboundEdit & { readonly inbox: string };

/** Take note that a message was changed, for its mailbox to put right. One that we never had is none of ours. */
export async function receiveEdit(hub: Hub, account: Account, edit: InboundEdit): Promise<void> {
  const message = await messageOf(hub, account, edit.edits);
  if (message === null || message.kind !== "message") return;
  const { feed, mailbox } = message;
  const { dedupeKey } = edit;
  const body: Edited = { ...edit, inbox: message.id };
  const row = {
    id: inboxId(account.id, feed, dedupeKey),
    account: account.id,
    feed,
    dedupeKey,
    mailbox,
    kind: "edit",
    receivedAt: hub.clock.now(),
    body: JSON.stringify(body),
  } as const;
  const rows = [{ type: "inbox", row }] as const;
  const result = await hub.store.commit({ cause: null, streams: [], rows, guards: [] });
  hub.counters.count(result === "ok" ? "received" : "duplicates", { account: account.id });
  if (result === "ok") hub.queue.wake(mailbox);
}
