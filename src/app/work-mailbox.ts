import type { InboxRow } from "../ports/store.ts";
import { backoffMs } from "./backoff.ts";
import type { Hub } from "./hub.ts";
import { beginTurn, type MailboxTurn, type RowTurn } from "./mailbox-turn.ts";
import { reasonOf, StepError } from "./step-error.ts";
import { workAction } from "./work-action.ts";
import { workEdit } from "./work-edit.ts";
import { workMessage } from "./work-message.ts";
import { workRecall } from "./work-recall.ts";
import { workTimer } from "./work-timer.ts";
import { workUndelivered } from "./work-undelivered.ts";
import type { Worked } from "./worked.ts";

const PAGE = 16;
/** After so many failures a row is a dead letter, which a person can see and replay. */
const MAX_ATTEMPTS = 8;
/** Conflicts are no failures: they are tried again, a few times at once and then with jitter, for so long. */
const CONFLICT_DEADLINE_MS = 10_000;
const TRIES_AT_ONCE = 5;

/**
 * Work off a mailbox, in order, until it is empty, its head is not yet due, or `stopping()` says so. One worker at a
 * time has it; a second one finds it taken and leaves. Correct without that as well, only less efficient.
 */
export async function workMailbox(
  hub: Hub,
  mailbox: string,
  stopping: () => boolean,
): Promise<void> {
  let turn: MailboxTurn | null = null;
  try {
    while (!stopping()) {
      const { rows, fence, leaseUntil } = await hub.store.mail(mailbox, PAGE);
      if (rows.length === 0) return;
      if (turn === null && leaseUntil > hub.clock.now()) return;
      turn ??= beginTurn(hub, mailbox, fence);
      if (turn.fence() !== fence || !(await workPage(hub, rows, turn, stopping))) return;
    }
  } finally {
    await turn?.end();
  }
}

async function workPage(
  hub: Hub,
  rows: readonly InboxRow[],
  turn: MailboxTurn,
  stopping: () => boolean,
): Promise<boolean> {
  for (const [index, row] of rows.entries()) {
    if (stopping() || row.dueAt > hub.clock.now()) return false;
    const last = index === rows.length - 1;
    if (!(await workRow(hub, row, turn.forRow(last)))) return false;
  }
  return true;
}

/** Work one row. False when it failed and waits for its next try, which holds up its own mailbox alone. */
async function workRow(hub: Hub, row: InboxRow, turn: RowTurn): Promise<boolean> {
  try {
    const ours = await untilNoConflict(hub, row, turn, () => attempt(hub, row, turn));
    if (!ours) return false;
    hub.counters.count("worked", { kind: row.kind });
    hub.bell.ring(row.id);
    return true;
  } catch (error) {
    return fail(hub, row, turn, error);
  }
}

function attempt(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  switch (row.kind) {
    case "message":
      return workMessage(hub, row, turn);
    case "action":
      return workAction(hub, row, turn);
    case "recall":
      return workRecall(hub, row, turn);
    case "edit":
      return workEdit(hub, row, turn);
    case "result":
      return workUndelivered(hub, row, turn);
    case "timer":
      return workTimer(hub, row, turn);
  }
}

/** Try until it is done, here or elsewhere. False when another worker has the mailbox now, and goes on. */
async function untilNoConflict(
  hub: Hub,
  row: InboxRow,
  turn: RowTurn,
  attemptOnce: () => Promise<Worked>,
): Promise<boolean> {
  const deadline = hub.clock.now() + CONFLICT_DEADLINE_MS;
  for (let tries = 0; ; tries += 1) {
    if ((await attemptOnce()) === "done") return true;
    hub.counters.count("conflicts");
    if ((await hub.store.mail(row.mailbox, 1)).fence !== turn.fence()) return false;
    const fresh = await hub.store.inboxRow(row.id);
    if (fresh?.status !== "open") return true;
    if (hub.clock.now() > deadline)
      throw new StepError("The streams of this step kept changing under it.");
    if (tries < TRIES_AT_ONCE) continue;
    await hub.clock.sleep(backoffMs(tries, { baseMs: 5, capMs: 500, random: hub.random() }));
  }
}

async function fail(hub: Hub, row: InboxRow, turn: RowTurn, error: unknown): Promise<boolean> {
  const now = hub.clock.now();
  const reason = reasonOf(error);
  const last = row.attempts + 1 >= MAX_ATTEMPTS;
  hub.log.error(
    last ? "An inbox row is now a dead letter." : "An inbox row failed and will be tried again.",
    {
      inbox: row.id,
      mailbox: row.mailbox,
      attempts: row.attempts + 1,
      error: reason,
    },
  );
  const dueAt = now + backoffMs(row.attempts, { baseMs: 500, capMs: 60_000, random: hub.random() });
  const rows = last
    ? ([{ type: "inbox-dead", id: row.id, error: reason, at: now }] as const)
    : ([{ type: "inbox-retry", id: row.id, dueAt, error: reason }] as const);
  if (last) hub.counters.count("dead_letters", { kind: "inbox" });
  const guards = [{ type: "inbox-open", id: row.id }] as const;
  await turn.finish({ cause: null, streams: [], rows, guards });
  hub.bell.ring(row.id);
  return last;
}
