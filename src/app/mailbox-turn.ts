import type { Batch, CommitResult } from "../ports/batch.ts";
import type { Hub } from "./hub.ts";

/** A worker that dies keeps its mailbox for so long at most after its last commit. */
const LEASE_MS = 30_000;

/**
 * One worker's turn at a mailbox. Every commit goes through it: each is made only if nobody else has written work of
 * this mailbox since, and keeps the mailbox for this worker or gives it back.
 *
 * The turn begins with the first commit, not before, so that understanding a message holds up nobody and costs no
 * commit of its own.
 */
export type MailboxTurn = {
  /** What the mailbox's fence is as long as nobody else writes. */
  fence(): number;
  /** The turn as whoever works one row has it. With its `last` row, as far as is known, the mailbox is given back. */
  forRow(last: boolean): RowTurn;
  /** Give the mailbox back, if this turn still has it. */
  end(): Promise<void>;
};

/** A mailbox's turn, for the work on one row. */
export type RowTurn = {
  fence(): number;
  /** Write and keep the mailbox, because more of the row follows. */
  commit(batch: Batch): Promise<CommitResult>;
  /** Write the last of the row, and give the mailbox back if no row follows. */
  finish(batch: Batch): Promise<CommitResult>;
};

export function beginTurn(hub: Hub, mailbox: string, fenceRead: number): MailboxTurn {
  let current = fenceRead;
  let kept = false;
  const fence = (): number => current;

  async function write(batch: Batch, keep: boolean): Promise<CommitResult> {
    const leaseUntil = keep ? hub.clock.now() + LEASE_MS : 0;
    const result = await hub.store.commit({
      ...batch,
      guards: [...batch.guards, { type: "mailbox-at", mailbox, fence: current }],
      rows: [...batch.rows, { type: "mailbox", mailbox, fence: current + 1, leaseUntil }],
    });
    if (result === "ok") {
      current += 1;
      kept = keep;
    }
    return result;
  }

  return {
    fence,
    forRow: (last) => ({
      fence,
      commit: (batch) => write(batch, true),
      finish: (batch) => write(batch, !last),
    }),
    async end() {
      if (kept) await write({ cause: null, streams: [], rows: [], guards: [] }, false);
    },
  };
}
