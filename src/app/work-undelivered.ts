import { actorName, SYSTEM } from "../core/actor.ts";
import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import { streamOf } from "../core/ticket/ticket.ts";
import type { InboxRow } from "../ports/store.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub } from "./hub.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { StepError } from "./step-error.ts";
import type { NeverArrived } from "./undelivered.ts";
import { worldOf } from "./work-action.ts";
import { type Worked, workedOf } from "./worked.ts";

/** Something will never reach the requester of a ticket: note it there, and tell those who work on it. */
export async function workUndelivered(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const { ticket, text, reason } = bodyOf(row);
  const { policy } = hub.setup();
  const now = hub.clock.now();
  const stream = streamOf(ticket);
  const command: Command = { type: "undelivered", at: now, stream, text, reason };
  const cause = deriveId(row.id, "note");
  const world = await worldOf(hub, stream);
  const step = decideStep(command, cause, world, policy);
  if (isRefusal(step)) throw new StepError(`A result was refused: ${step.refused}.`);
  const batch = batchOf(step, {
    cause,
    kind: "result",
    command,
    actor: actorName(SYSTEM),
    configHash: policy.hash,
    now,
    hold: null,
    rows: [{ type: "inbox-done", id: row.id, outcome: null, at: now }],
    guards: [{ type: "inbox-open", id: row.id }],
    world,
  });
  // What is known already decides nothing, and leaves no cause behind.
  const result = await turn.finish(step.streams.length === 0 ? { ...batch, cause: null } : batch);
  if (result === "ok" && step.streams.length > 0) hub.queue.wakeDelivery();
  return workedOf(result);
}

function bodyOf({ body }: InboxRow): NeverArrived {
  if (body === null)
    throw new StepError("The body of this inbox row was forgotten before it was worked.");
  return JSON.parse(body) as NeverArrived;
}
