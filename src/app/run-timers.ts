import { mailboxOf } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { TimerRow } from "../ports/store.ts";
import type { Hub } from "./hub.ts";
import { runSummaries } from "./run-summaries.ts";

const PAGE = 200;

/* A timer that rings goes away in the same commit, so it rings once; a step that finds nothing due sets it anew. */

/**
 * Turn every timer that has gone off, and every team's summary whose time has come, into a row of its stream's mailbox,
 * once. Resolves with how many there were.
 */
export async function runTimers(hub: Hub): Promise<number> {
  const timers = await hub.store.timersDue(hub.clock.now(), PAGE);
  await Promise.all(timers.map((timer) => ring(hub, timer)));
  return timers.length + (await runSummaries(hub));
}

async function ring(hub: Hub, { stream, dueAt }: TimerRow): Promise<void> {
  const mailbox = mailboxOf(stream);
  const now = hub.clock.now();
  const dedupeKey = `${stream}@${dueAt}@${now}`;
  const row = {
    id: deriveId("timer", stream, dueAt, now),
    account: "system",
    feed: "timer",
    dedupeKey,
    mailbox,
    kind: "timer",
    receivedAt: now,
    body: stream,
  } as const;
  const guards = [{ type: "timer-at", stream, dueAt }] as const;
  const rows = [
    { type: "inbox", row },
    { type: "timer", stream, dueAt: null },
  ] as const;
  if ((await hub.store.commit({ cause: null, streams: [], rows, guards })) === "ok")
    hub.queue.wake(mailbox);
}
