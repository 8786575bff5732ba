import type { ToolClock } from "./tool.ts";

export type RateLimiter = {
  /** Take one turn for a key. Gives 0 when it is allowed, else how many ms remain until one will be; that takes none. */
  take(key: string): number;
};

/** At most `count` turns for each key within any `perMs` ms, by the injected clock. */
export function createRateLimiter(
  clock: ToolClock,
  limit: { readonly count: number; readonly perMs: number },
): RateLimiter {
  const turns = new Map<string, number[]>();
  return {
    take(key) {
      const now = clock.now();
      const recent = (turns.get(key) ?? []).filter((at) => at > now - limit.perMs);
      const oldest = recent[0];
      if (oldest !== undefined && recent.length >= limit.count) return oldest + limit.perMs - now;
      recent.push(now);
      turns.delete(key); // so that the keys stand in the order of their last turn
      turns.set(key, recent);
      forgetIdle(turns, now - limit.perMs);
      return 0;
    },
  };
}

function forgetIdle(turns: Map<string, number[]>, before: number): void {
  for (const [key, times] of turns) {
    if ((times.at(-1) ?? 0) > before) return;
    turns.delete(key);
  }
}
