import { actorName, SYSTEM } from "../core/actor.ts";
import type { Command } from "../core/command.ts";
import type { Step, World } from "../core/step.ts";
import type { CauseRow } from "../ports/batch.ts";
import type { InboxRow } from "../ports/store.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub } from "./hub.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { type Worked, workedOf } from "./worked.ts";

/** What the hub decided of its own accord. */
export type OwnStep = {
  readonly kind: CauseRow["kind"];
  readonly command: Command;
  readonly cause: string;
  readonly world: World;
  readonly step: Step;
  /** Of the policy that decided it. */
  readonly configHash: string;
};

/**
 * Write down what the hub decided because a clock or a delivery asked for it, and the row that asked as done. A step that
 * does nothing but set a timer decided nothing, and leaves no cause behind.
 */
export async function finishOwn(
  hub: Hub,
  row: InboxRow,
  turn: RowTurn,
  { step, ...decided }: OwnStep,
): Promise<Worked> {
  const { at: now } = decided.command;
  const batch = batchOf(step, {
    ...decided,
    actor: actorName(SYSTEM),
    now,
    hold: null,
    rows: [{ type: "inbox-done", id: row.id, outcome: null, at: now }],
    guards: [{ type: "inbox-open", id: row.id }],
  });
  const decides = step.streams.length > 0 || step.effects.some(({ type }) => type !== "timer");
  const result = await turn.finish(decides ? batch : { ...batch, cause: null });
  if (result === "ok" && decides) hub.queue.wakeDelivery();
  return workedOf(result);
}

/** The row that asked is done, and nothing came of it. */
export async function finishNothing(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const rows = [{ type: "inbox-done", id: row.id, outcome: null, at: hub.clock.now() }] as const;
  const guards = [{ type: "inbox-open", id: row.id }] as const;
  return workedOf(await turn.finish({ cause: null, streams: [], rows, guards }));
}
