import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import type { InboxRow } from "../ports/store.ts";
import { finishNothing, finishOwn } from "./finish-own.ts";
import type { Hub } from "./hub.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { TEAMS } from "./run-summaries.ts";
import { worldOf } from "./work-action.ts";
import { workSummary } from "./work-summary.ts";
import type { Worked } from "./worked.ts";

/** A timer of this stream went off: ask the core what is due now. */
export async function workTimer(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  if (row.mailbox.startsWith(TEAMS)) return workSummary(hub, row, turn);
  const { policy } = hub.setup();
  const now = hub.clock.now();
  const stream = row.body ?? "";
  const command: Command = { type: "tick", at: now, stream };
  const cause = deriveId(row.id, "tick");
  const world = await worldOf(hub, stream);
  const step = decideStep(command, cause, world, policy);
  if (isRefusal(step)) return finishNothing(hub, row, turn);
  return finishOwn(hub, row, turn, {
    kind: "timer",
    command,
    cause,
    world,
    step,
    configHash: policy.hash,
  });
}
