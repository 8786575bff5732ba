import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import { streamOf } from "../core/ticket/ticket.ts";
import type { InboxRow } from "../ports/store.ts";
import { finishOwn } from "./finish-own.ts";
import type { Hub } from "./hub.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { StepError } from "./step-error.ts";
import type { NeverArrived } from "./undelivered.ts";
import { worldOf } from "./work-action.ts";
import type { Worked } from "./worked.ts";

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
  return finishOwn(hub, row, turn, {
    kind: "result",
    command,
    cause,
    world,
    step,
    configHash: policy.hash,
  });
}

function bodyOf({ body }: InboxRow): NeverArrived {
  if (body === null)
    throw new StepError("The body of this inbox row was forgotten before it was worked.");
  return JSON.parse(body) as NeverArrived;
}
