import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createManualClock } from "./manual-clock.ts";
import { createRateLimiter } from "./rate-limit.ts";

describe("rate limiter", () => {
  it("says how long to wait once a key has had its turns, and keeps keys apart", async () => {
    const clock = createManualClock();
    const limiter = createRateLimiter(clock, { count: 2, perMs: 1000 });
    expect(limiter.take("a")).toBe(0);
    await clock.advance(400);
    expect(limiter.take("a")).toBe(0);
    expect(limiter.take("a")).toBe(600);
    expect(limiter.take("b")).toBe(0);
    await clock.advance(600);
    expect(limiter.take("a")).toBe(0);
  });

  it("never allows more than its count within any window", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { maxLength: 60 }), (steps) => {
        let now = 0;
        const clock = { now: () => now, sleep: async () => undefined };
        const limiter = createRateLimiter(clock, { count: 3, perMs: 1000 });
        const taken: number[] = [];
        for (const step of steps) {
          now += step;
          if (limiter.take("k") === 0) taken.push(now);
        }
        for (const at of taken) {
          expect(taken.filter((other) => other > at - 1000 && other <= at).length).toBeLessThan(4);
        }
      }),
    );
  });
});
