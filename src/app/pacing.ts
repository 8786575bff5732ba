import type { Pace } from "../ports/channel.ts";

export type Pacer = {
  /** Take one send if every limit allows it now and return 0, or take nothing and return how long to wait, ms. */
  take(account: string, destination: string, limits: readonly Pace[], now: number): number;
};

type Window = { readonly times: number[]; readonly perMs: number };

/**
 * Keep to the limits that vendors set, before they do. Counts the sends of the last `perMs` by account and by
 * destination. In memory: after a restart the vendor's own answer is what slows us down.
 */
export function createPacer(): Pacer {
  const windows = new Map<string, Window>();

  function windowOf(key: string, perMs: number, now: number): Window {
    const found = windows.get(key) ?? { times: [], perMs };
    while (found.times[0] !== undefined && found.times[0] <= now - perMs) found.times.shift();
    windows.set(key, found);
    if (windows.size > 10_000) prune(now);
    return found;
  }

  function prune(now: number): void {
    for (const [key, { times, perMs }] of windows) {
      const newest = times.at(-1);
      if (newest === undefined || newest <= now - perMs) windows.delete(key);
    }
  }

  return {
    take(account, destination, limits, now) {
      const claims = limits.map((limit, index) => {
        const key = `${account}|${index}|${limit.scope === "account" ? "" : destination}`;
        return { limit, window: windowOf(key, limit.perMs, now) };
      });
      const waits = claims.map(({ limit, window }) => {
        const oldest = window.times[window.times.length - limit.count];
        return oldest === undefined ? 0 : oldest + limit.perMs - now;
      });
      const wait = Math.max(0, ...waits);
      if (wait === 0) for (const { window } of claims) window.times.push(now);
      return wait;
    },
  };
}
