import type { Pace } from "../ports/channel.ts";

export type Pacer = {
  /**
   * Begin to hand out sends at one instant. The planner takes one send if every limit allows it now and returns 0; else
   * it takes nothing and returns how long to wait, ms: those that wait are given successive slots.
   */
  plan(now: number): (account: string, destination: string, limits: readonly Pace[]) => number;
};

type Window = { readonly times: number[]; readonly perMs: number };

const MANY = 10_000;
const PRUNE_EVERY_MS = 60_000;

/**
 * Keep to the limits that vendors set, before they do. Counts the sends of the last `perMs` by account and by
 * destination. In memory: after a restart the vendor's own answer is what slows us down.
 */
export function createPacer(): Pacer {
  const windows = new Map<string, Window>();
  let prunedAt = 0;

  function windowOf(key: string, perMs: number, now: number): Window {
    const found = windows.get(key) ?? { times: [], perMs };
    while (found.times[0] !== undefined && found.times[0] <= now - perMs) found.times.shift();
    windows.set(key, found);
    return found;
  }

  function prune(now: number): void {
    if (windows.size < MANY || now < prunedAt + PRUNE_EVERY_MS) return;
    prunedAt = now;
    for (const [key, { times, perMs }] of windows) {
      const newest = times.at(-1);
      if (newest === undefined || newest <= now - perMs) windows.delete(key);
    }
  }

  return {
    plan(now) {
      prune(now);
      const queued = new Map<string, number>();
      return (account, destination, limits) => {
        const claims = limits.map((limit, index) => {
          const key = `${account}|${index}|${limit.scope === "account" ? "" : destination}`;
          return { key, limit, window: windowOf(key, limit.perMs, now) };
        });
        const waits = claims.map(({ key, limit, window }) => waitFor(limit, window, queued.get(key) ?? 0, now));
        const wait = Math.max(0, ...waits);
        for (const { key, window } of claims) {
          if (wait === 0) window.times.push(now);
          else queued.set(key, (queued.get(key) ?? 0) + 1);
        }
        return wait;
      };
    },
  };
}

/** When the window has room again, behind those that already wait for it. */
function waitFor({ count, perMs }: Pace, { times }: Window, queued: number, now: number): number {
  const oldest = times[times.length - count];
  if (oldest === undefined) return 0;
  return oldest + perMs - now + Math.floor(queued / count) * perMs;
}
