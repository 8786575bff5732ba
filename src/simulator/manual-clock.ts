import type { ToolClock } from "./tool.ts";

/** A clock that moves only when it is told to. */
export type ManualClock = ToolClock & {
  /** Move on by `ms`, waking every sleeper at its own instant and letting it act before time goes further. */
  advance(ms: number): Promise<void>;
  /** How many are asleep. */
  sleepers(): number;
};

type Sleeper = { readonly at: number; readonly wake: () => void };

/** Time for tests, starting at `start` ms UTC. */
export function createManualClock(start = 1_700_000_000_000): ManualClock {
  let now = start;
  const asleep = new Set<Sleeper>();

  function nextUntil(end: number): Sleeper | null {
    let next: Sleeper | null = null;
    for (const sleeper of asleep) {
      if (sleeper.at <= end && (next === null || sleeper.at < next.at)) next = sleeper;
    }
    return next;
  }

  return {
    now: () => now,
    sleepers: () => asleep.size,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper: Sleeper = { at: now + ms, wake };
        function wake() {
          asleep.delete(sleeper);
          signal.removeEventListener("abort", wake);
          resolve();
        }
        if (signal.aborted) return resolve();
        asleep.add(sleeper);
        signal.addEventListener("abort", wake);
      }),
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (let next = nextUntil(end); next !== null; next = nextUntil(end)) {
        now = Math.max(now, next.at);
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}

/** Let everything that waits for nothing but finished promises (Web Crypto included) go on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}
