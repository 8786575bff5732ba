import type { Queue } from "../ports/queue.ts";

export type InProcessQueue = Queue & {
  /** Work a mailbox now, ahead of those that wait; resolves when this run of it is over. */
  workNow(mailbox: string): Promise<void>;
  /** Resolves once nothing is worked or waits for it, with how many there were. */
  settled(): Promise<number>;
  /** Take no more wake-ups, and resolve when what is under way has ended. */
  drain(): Promise<void>;
  /** How many mailboxes are being worked or wait for it. */
  readonly size: number;
};

/**
 * Wake-ups inside one process: many mailboxes at once, each by one worker, a wake-up during work leading to one more
 * round. Nothing is kept: a wake-up that is lost is found again by the sweep.
 */
export function createInProcessQueue(options: {
  readonly concurrency: number;
  /** Never rejects. */
  work(mailbox: string): Promise<void>;
  deliver(): void;
}): InProcessQueue {
  const waiting = new Set<string>();
  const running = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let draining = false;

  function fill(): void {
    for (const mailbox of waiting) {
      if (running.size >= options.concurrency) return;
      waiting.delete(mailbox);
      void start(mailbox);
    }
  }

  function start(mailbox: string): Promise<void> {
    const run = rounds(mailbox);
    running.set(mailbox, run);
    return run;
  }

  async function rounds(mailbox: string): Promise<void> {
    do {
      again.delete(mailbox);
      await options.work(mailbox);
    } while (again.has(mailbox) && !draining);
    // In the same turn as the last look at `again`, so that no wake-up falls between the two.
    running.delete(mailbox);
    again.delete(mailbox);
    fill();
  }

  return {
    wake(mailbox) {
      if (draining) return;
      if (running.has(mailbox)) {
        again.add(mailbox);
        return;
      }
      waiting.add(mailbox);
      fill();
    },
    wakeDelivery: () => options.deliver(),
    async workNow(mailbox) {
      if (draining) return;
      const under = running.get(mailbox);
      if (under !== undefined) {
        again.add(mailbox);
        return under;
      }
      waiting.delete(mailbox);
      return start(mailbox);
    },
    async settled() {
      let count = 0;
      for (; running.size > 0; count += 1) await Promise.all(running.values());
      return count;
    },
    async drain() {
      draining = true;
      waiting.clear();
      await Promise.allSettled([...running.values()]);
    },
    get size() {
      return waiting.size + running.size;
    },
  };
}
