import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import type { InboxRow } from "../ports/store.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub } from "./hub.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { TEAMS } from "./run-summaries.ts";
import { worldOf } from "./work-action.ts";
import { workSummary } from "./work-summary.ts";
import { type Worked, workedOf } from "./worked.ts";

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
  const rows = [{ type: "inbox-done", id: row.id, outcome: null, at: now }] as const;
  const guards = [{ type: "inbox-open", id: row.id }] as const;
  if (isRefusal(step))
    return workedOf(await turn.finish({ cause: null, streams: [], rows, guards }));
  const context = {
    cause,
    kind: "timer",
    command,
    actor: "system",
    configHash: policy.hash,
    now,
    hold: null,
    rows,
    guards,
    world,
  } as const;
  const batch = batchOf(step, context);
  // A tick that finds nothing to do leaves no cause behind: it decided nothing.
  const result = await turn.finish(step.streams.length === 0 ? { ...batch, cause: null } : batch);
  if (result === "ok" && step.streams.length > 0) hub.queue.wakeDelivery();
  return workedOf(result);
}
