import type { Hub } from "./hub.ts";

const PAGE = 500;
/** The bodies of what came in are kept for so long after they were worked. */
export const KEEP_BODIES_MS = 14 * 86_400_000;

/** Find mailboxes whose mail is due and wake them: what makes a lost wake-up, a crash or a retry come right. */
export async function sweepMailboxes(hub: Hub): Promise<number> {
  const due = await hub.store.mailboxesDue(hub.clock.now(), PAGE);
  for (const mailbox of due) hub.queue.wake(mailbox);
  return due.length;
}

/** Blank the bodies of inbox rows that were done long ago. Their dedupe keys stay for ever. */
export async function forgetBodies(hub: Hub): Promise<void> {
  const before = hub.clock.now() - KEEP_BODIES_MS;
  await hub.store.commit({
    cause: null,
    streams: [],
    rows: [{ type: "forget-bodies", before }],
    guards: [],
  });
}
