import { waysFrom } from "../core/config/remind.ts";
import type { UrgentWay } from "../core/message.ts";
import type { Ring } from "../ports/channel.ts";
import type { Account, Hub } from "./hub.ts";
import { reasonOf } from "./step-error.ts";

/** A message that arrived, and how loudly its receiver is to be told of it. */
export type Reminder = Omit<Ring, "way"> & { readonly outbox: string; readonly urgent: UrgentWay };

/**
 * Reach at once whom a message has just gone to: in the way that is asked for, else in the next quieter one that the
 * account has and the vendor grants. The message stands whatever comes of it, so nothing is tried again: a phone that
 * rang does not ring twice. Never rejects.
 */
export async function remind(hub: Hub, account: Account, reminder: Reminder): Promise<void> {
  const { outbox, urgent, ...message } = reminder;
  const ways = waysFrom(urgent, account.channel.can.urgent ?? []);
  const counted = (way: UrgentWay | "none", result: string) =>
    hub.counters.count("reminders", { account: account.id, way, result });
  if (ways.length === 0) counted("none", "message_only");
  for (const way of ways) {
    const rung = await ring(account, { ...message, way });
    counted(way, rung.type.replace("-", "_"));
    if (rung.type === "rung") return;
    hub.log.warn("An urgent message came as an ordinary one.", {
      outbox,
      account: account.id,
      way,
      reason: rung.reason,
    });
    // It may have rung.
    if (rung.type === "unknown") return;
  }
}

async function ring({ channel }: Account, message: Ring) {
  try {
    return (
      (await channel.ring?.(message)) ?? {
        type: "not-rung" as const,
        reason: "there is no such way",
      }
    );
  } catch (error) {
    return { type: "unknown" as const, reason: reasonOf(error) };
  }
}
