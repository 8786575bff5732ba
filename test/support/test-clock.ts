import type { Clock } from "../../src/ports/clock.ts";

export type TestClock = Clock & {
  /** Let time pass; whoever slept until then or before wakes. */
  advance(ms: number): void;
  /** Let time pass without stopping: a sleep moves the clock on by itself. */
  readonly auto: boolean;
};

/** A clock that stands still until it is moved, or, with `auto`, jumps over every sleep. */
export function createTestClock(start = 1_700_000_000_000, auto = false): TestClock {
  let now = start;
  const sleepers: { readonly until: number; wake(): void }[] = [];
  return {
    auto,
    now: () => now,
    sleep(ms, signal) {
      if (auto) {
        now += ms;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        sleepers.push({ until: now + ms, wake: resolve });
        signal?.addEventListener("abort", () => resolve(), { once: true });
      });
    },
    advance(ms) {
      now += ms;
      const due = sleepers.filter(({ until }) => until <= now);
      for (const sleeper of due) {
        sleepers.splice(sleepers.indexOf(sleeper), 1);
        sleeper.wake();
      }
    },
  };
}
