import type { Delivery } from "../ports/channel.ts";
import { backoffMs } from "./backoff.ts";
import type { Account, Hub } from "./hub.ts";
import { reasonOf } from "./step-error.ts";

/*
 * What the result of a delivery means, for messages and cards alike: the classes are the channel's, what follows from
 * them is the same for all.
 */

/** What may be tried again is given up after so many tries. About a day of tries, five minutes apart in the end: outages pass. */
const MAX_ATTEMPTS = 300;

type Failure = Exclude<Delivery, { type: "sent" }>;

/** The rows that are delivered, and what an operator is told of one. */
const LOGGED = {
  outbox: {
    again: "A message was not delivered and will be tried again.",
    dead: "A message is now a dead letter.",
  },
  surface: {
    again: "A card was not shown and will be tried again.",
    dead: "A card is now a dead letter.",
  },
} as const;

export type Tried = {
  readonly kind: keyof typeof LOGGED;
  readonly id: string;
  readonly account: string;
  /** Tries before this one. */
  readonly attempts: number;
};

/** What a failed try is to be written down as, and how long to wait before the next one, ms; null: there is none. */
export function afterFailure(
  hub: Hub,
  { kind, id, account, attempts }: Tried,
  delivery: Failure,
): { readonly error: string; readonly waitMs: number | null } {
  const error = failureText(delivery);
  countFailure(hub, account, delivery);
  if (!mayTryAgain(delivery) || attempts + 1 >= MAX_ATTEMPTS) {
    hub.counters.count("dead_letters", { kind });
    hub.log.error(LOGGED[kind].dead, { [kind]: id, account, error });
    return { error, waitMs: null };
  }
  hub.log.warn(LOGGED[kind].again, {
    [kind]: id,
    account,
    attempts: attempts + 1,
    error,
  });
  return { error, waitMs: retryAfter(hub, attempts, delivery) };
}

/** Count a failed try for the metrics. */
export function countFailure(hub: Hub, account: string, delivery: Failure): void {
  hub.counters.count("failed", { account, class: classOf(delivery) });
}

/** The class that a failure is counted under. */
function classOf(delivery: Failure): string {
  return delivery.type === "unknown" ? "unknown" : delivery.class;
}

/** "class: reason", as it stands with a row; the class decides whether the row may live again. */
function failureText(delivery: Failure): string {
  return `${classOf(delivery)}: ${delivery.reason}`;
}

/** Can another try go better without a person having changed something? */
function mayTryAgain(delivery: Failure): boolean {
  return (
    delivery.type === "unknown" ||
    delivery.class === "transient" ||
    delivery.class === "token" ||
    delivery.class === "rate"
  );
}

/** How long to wait before the next try, ms: longer with each of the `attempts` so far, never shorter than the vendor asked. */
function retryAfter(hub: Hub, attempts: number, delivery: Failure): number {
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
export async function safely<T>(deliver: () => Promise<T>): Promise<T | Failure> {
  try {
    return await deliver();
  } catch (error) {
    return { type: "failed", class: "transient", afterMs: null, reason: reasonOf(error) };
  }
}
