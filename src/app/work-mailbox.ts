import { backoffMs } from "./backoff.ts";
import type { Hub } from "./hub.ts";
import type { InboxRow, Lease } from "../ports/store.ts";
import { workAction } from "./work-action.ts";
import { workMessage } from "./work-message.ts";
import { workTimer } from "./work-timer.ts";

const LEASE_MS = 30_000;
const PAGE = 16;
/** After so many failures a row is a dead letter, which a person can see and replay. */
export const MAX_ATTEMPTS = 8;
/** Conflicts are no failures: they are tried again at once, with jitter, for so long. */
const CONFLICT_DEADLINE_MS = 10_000;

/** What came of one try at a row: worked, or something else was written meanwhile and the try must be made anew. */
export type Worked = "done" | "conflict";

/**
 * Work off a mailbox, in order, until it is empty, its head is not yet due, or `stopping()` says so. One worker at a
 * time holds it; a second one finds it taken and leaves. Correct without the lease as well, only less efficient.
 */
export async function workMailbox(hub: Hub, mailbox: string, stopping: () => boolean): Promise<void> {
  const now = hub.clock.now();
  const lease = await hub.store.lease(mailbox, now, now + LEASE_MS);
  if (lease === null) return;
  try {
    while (!stopping() && hub.clock.now() < lease.until - LEASE_MS / 2) {
      const rows = await hub.store.mail(mailbox, PAGE);
      if (rows.length === 0 || !(await workPage(hub, rows, lease, stopping))) break;
    }
  } finally {
    const rows = [{ type: "give-back", mailbox, fence: lease.fence }] as const;
    await hub.store.commit({ cause: null, streams: [], rows, guards: [] });
  }
}

async function workPage(hub: Hub, rows: readonly InboxRow[], lease: Lease, stopping: () => boolean): Promise<boolean> {
  for (const row of rows) {
    if (stopping() || row.dueAt > hub.clock.now()) return false;
    if (!(await workRow(hub, row, lease))) return false;
  }
  return true;
}

/** Work one row. False when it failed and waits for its next try, which holds up its own mailbox alone. */
async function workRow(hub: Hub, row: InboxRow, lease: Lease): Promise<boolean> {
  try {
    await untilNoConflict(hub, row, () => attempt(hub, row, lease));
    hub.counters.count("worked", { kind: row.kind });
    return true;
  } catch (error) {
    return fail(hub, row, error);
  }
}

function attempt(hub: Hub, row: InboxRow, lease: Lease): Promise<Worked> {
  switch (row.kind) {
    case "message":
      return workMessage(hub, row, lease);
    case "action":
      return workAction(hub, row, lease);
    case "timer":
      return workTimer(hub, row, lease);
  }
}

async function untilNoConflict(hub: Hub, row: InboxRow, attemptOnce: () => Promise<Worked>): Promise<void> {
  const deadline = hub.clock.now() + CONFLICT_DEADLINE_MS;
  for (let tries = 0; ; tries += 1) {
    if ((await attemptOnce()) === "done") return;
    hub.counters.count("conflicts");
    const fresh = await hub.store.inboxRow(row.id);
    if (fresh?.status !== "open") return;
    if (hub.clock.now() > deadline) throw new Error("The streams of this step kept changing under it.");
    await hub.clock.sleep(backoffMs(tries, { baseMs: 5, capMs: 500, random: hub.random() }));
  }
}

async function fail(hub: Hub, row: InboxRow, error: unknown): Promise<boolean> {
  const now = hub.clock.now();
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : "unknown error";
  const last = row.attempts + 1 >= MAX_ATTEMPTS;
  hub.log.error(last ? "An inbox row is now a dead letter." : "An inbox row failed and will be tried again.", {
    inbox: row.id,
    mailbox: row.mailbox,
    attempts: row.attempts + 1,
    error: reason,
  });
  const dueAt = now + backoffMs(row.attempts, { baseMs: 500, capMs: 60_000, random: hub.random() });
  const rows = last
    ? ([{ type: "inbox-dead", id: row.id, error: reason, at: now }] as const)
    : ([{ type: "inbox-retry", id: row.id, dueAt, error: reason }] as const);
  if (last) hub.counters.count("dead_letters", { kind: "inbox" });
  await hub.store.commit({ cause: null, streams: [], rows, guards: [{ type: "inbox-open", id: row.id }] });
  return last;
}
