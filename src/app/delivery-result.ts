import type { Delivery } from "../ports/channel.ts";
import { backoffMs } from "./backoff.ts";
import type { Account, Hub } from "./hub.ts";
import { reasonOf } from "./step-error.ts";

/*
 * What the result of a delivery means, for messages and cards alike: the classes are the channel's, what follows from
 * them is the same for all.
 */

/** What may be tried again is given up after so many tries. About a day of tries, five minutes apart in the end: outages pass. */
export const MAX_DELIVERY_ATTEMPTS = 300;

type Failure = Exclude<Delivery, { type: "sent" }>;

/** The class that a failure is counted under. */
export function classOf(delivery: Failure): string {
  return delivery.type === "unknown" ? "unknown" : delivery.class;
}

/** "class: reason", as it stands with a row; the class decides whether the row may live again. */
export function failureText(delivery: Failure): string {
  return `${classOf(delivery)}: ${delivery.reason}`;
}

/** Can another try go better without a person having changed something? */
export function mayTryAgain(delivery: Failure): boolean {
  return (
    delivery.type === "unknown" ||
    delivery.class === "transient" ||
    delivery.class === "token" ||
    delivery.class === "rate"
  );
}

/** How long to wait before the next try, ms: longer with each of the `attempts` so far, never shorter than the vendor asked. */
export function retryAfter(hub: Hub, attempts: number, delivery: Failure): number {
  const own = backoffMs(attempts, { baseMs: 1_000, capMs: 300_000, random: hub.random() });
  return delivery.type === "failed" && delivery.afterMs !== null
    ? Math.max(delivery.afterMs, own)
    : own;
}

/** An account that is away for now may come back with the next configuration. */
export const ACCOUNT_AWAY: Delivery = {
  type: "failed",
  class: "transient",
  afterMs: 60_000,
  reason: "this account is not configured or disabled",
};

/** The account by its id, or null while it is not configured or disabled. */
export function usable(hub: Hub, id: string): Account | null {
  const account = hub.setup().accounts.get(id);
  return account?.enabled === true ? account : null;
}

/** Whatever throws on the way to a vendor is a failed try like any other, so that it ends as a dead letter and blocks nothing. */
export async function safely(deliver: () => Promise<Delivery>): Promise<Delivery> {
  try {
    return await deliver();
  } catch (error) {
    return { type: "failed", class: "transient", afterMs: null, reason: reasonOf(error) };
  }
}
