import { mailboxOf } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { TimerRow } from "../ports/store.ts";
import type { Hub } from "./hub.ts";

const PAGE = 200;

/** Turn every timer that has gone off into a row of its stream's mailbox, once. Resolves with how many there were. */
export async function runTimers(hub: Hub): Promise<number> {
  const timers = await hub.store.timersDue(hub.clock.now(), PAGE);
  await Promise.all(timers.map((timer) => ring(hub, timer)));
  return timers.length;
}

async function ring(hub: Hub, { stream, dueAt }: TimerRow): Promise<void> {
  const mailbox = mailboxOf(stream);
  const dedupeKey = `${stream}@${dueAt}`;
  const row = {
    id: deriveId("timer", stream, dueAt),
    account: "system",
    feed: "timer",
    dedupeKey,
    mailbox,
    kind: "timer",
    receivedAt: hub.clock.now(),
    body: stream,
  } as const;
  const guards = [{ type: "timer-at", stream, dueAt }] as const;
  const rows = [{ type: "inbox", row }, { type: "timer", stream, dueAt: null }] as const;
  const result = await hub.store.commit({ cause: null, streams: [], rows, guards });
  if (result === "duplicate") {
    await hub.store.commit({ cause: null, streams: [], rows: [{ type: "timer", stream, dueAt: null }], guards });
  }
  hub.queue.wake(mailbox);
}
