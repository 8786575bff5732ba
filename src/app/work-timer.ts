import type { Command } from "../core/command.ts";
import { deriveId } from "../core/id.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import type { InboxRow, Lease } from "../ports/store.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub } from "./hub.ts";
import { worldOf } from "./work-action.ts";
import type { Worked } from "./work-mailbox.ts";
import { settled } from "./work-message.ts";

/** A timer of this stream went off: ask the core what is due now. */
export async function workTimer(hub: Hub, row: InboxRow, lease: Lease): Promise<Worked> {
  const { policy } = hub.setup();
  const now = hub.clock.now();
  const stream = row.body ?? "";
  const command: Command = { type: "tick", at: now, stream };
  const cause = deriveId(row.id, "tick");
  const step = decideStep(command, cause, await worldOf(hub, stream), policy);
  const rows = [{ type: "inbox-done", id: row.id, outcome: null, at: now }] as const;
  const guards = [
    { type: "inbox-open", id: row.id },
    { type: "lease", mailbox: lease.mailbox, fence: lease.fence },
  ] as const;
  if (isRefusal(step) || step.streams.length === 0) {
    return settled(await hub.store.commit({ cause: null, streams: [], rows, guards }));
  }
  const context = { cause, kind: "timer", command, actor: "system", configHash: policy.hash, now, hold: null, rows, guards } as const;
  const result = await hub.store.commit(batchOf(step, context));
  if (result === "ok") hub.queue.wakeDelivery();
  return settled(result);
}
