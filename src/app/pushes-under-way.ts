import type { Intake } from "../ports/connection.ts";
import type { Logger } from "../ports/logger.ts";
import { reasonOf } from "./step-error.ts";

export type PushesUnderWay = {
  /** The intake that connections get: it knows what is under way, and what follows an answer never fails. */
  readonly intake: Intake;
  /** Take nothing more: what still comes is rejected, so that the vendor keeps it. */
  refuse(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

/** Keep count of what long connections have brought and the hub is at work on. */
export function countPushes(intake: Intake, log: Logger, account: string): PushesUnderWay {
  const underWay = new Set<Promise<unknown>>();
  let refused = false;

  function counted<T>(work: Promise<T>): Promise<T> {
    const forget = (): boolean => underWay.delete(done);
    const done: Promise<boolean> = work.then(forget, forget);
    underWay.add(done);
    return work;
  }

  return {
    async intake(feed, items) {
      if (refused) throw new Error("The hub is letting this connection go.");
      const { outcome, after } = await counted(intake(feed, items));
      const follow = (left: boolean): Promise<void> =>
        after(left).catch((error: unknown) =>
          log.error("What follows a reply failed.", { account, error: reasonOf(error) }),
        );
      return { outcome, after: (left) => counted(follow(left)) };
    },
    refuse() {
      refused = true;
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
