import type { Inbound } from "../core/message.ts";
import type { Intake, Taken } from "../ports/connection.ts";
import type { ClickAnswer } from "./answer-click.ts";
import type { Account, RunningHub } from "./hub.ts";
import { reasonOf } from "./step-error.ts";

/** A push that was proven and translated, whichever way it came. */
export type ArrivedPush = {
  readonly account: Account;
  readonly feed: string;
  readonly items: readonly Inbound[];
  /** When it came in, ms UTC: a click's time to be answered runs from here. */
  readonly arrivedAt: number;
};

/**
 * Store what a push brought, and find out what came of a click within its budget. Rejects when it could not be stored:
 * then the vendor must not be told that we have it. A click that is stored is always answered, if only with "pending".
 */
export async function takePush(
  { hub, receive, answer }: Pick<RunningHub, "hub" | "receive" | "answer">,
  { account, feed, items, arrivedAt }: ArrivedPush,
): Promise<Taken> {
  const { rows } = await receive(account, feed, items);
  const [item] = items;
  if (item?.type !== "action") return { outcome: null, after: async () => {} };
  return answer(account, item, rows[0] ?? null, arrivedAt).catch((error: unknown): ClickAnswer => {
    // An error would tell the clicker that the click was lost.
    hub.log.error("A click was stored, but not answered with what came of it.", {
      account: account.id,
      error: reasonOf(error),
    });
    return { outcome: "pending", after: async () => {} };
  });
}

/** What the long connection of an account hands its pushes to. It goes by the set-up that is in force when a push comes. */
export function intakeOf(running: RunningHub, id: string): Intake {
  const { hub } = running;
  return async (feed, items) => {
    const arrivedAt = hub.clock.now();
    const account = hub.setup().accounts.get(id);
    if (account?.enabled !== true) throw new Error("This account is not in use.");
    if (!account.feeds.includes(feed)) throw new Error("This account has no such feed.");
    if (running.overloaded(items)) {
      hub.counters.count("overloaded", { account: id });
      throw new Error("Too much mail waits to be worked.");
    }
    return running.take(account, feed, items, arrivedAt);
  };
}
