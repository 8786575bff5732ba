import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type AttemptFate,
  BAD_SECRET,
  DISPLACED,
  type FakeConnection,
  LOST,
  RETIRING,
  UNREACHED,
} from "../../test/support/fake-connector.ts";
import { keeperBench } from "../../test/support/keeper-bench.ts";

const fate = fc.oneof(
  { weight: 4, arbitrary: fc.constant<AttemptFate>("open") },
  fc.constantFrom<AttemptFate>("hang", "deaf", "throw", UNREACHED, BAD_SECRET),
  fc
    .integer({ min: 0, max: 400_000 })
    .map(
      (afterMs): AttemptFate => ({ type: "failed", class: "rate", afterMs, reason: "too fast" }),
    ),
);
/** What befalls the newest connection, and how long it is before the next thing happens. */
const turn = fc.record({
  what: fc.constantFrom("lost", "retiring", "silent", "stuck", "nothing"),
  thenMs: fc.constantFrom(0, 500, 3_000, 20_000, 70_000, 200_000),
});
const lives = fc.record({
  fates: fc.array(fate, { maxLength: 12 }),
  turns: fc.array(turn, { maxLength: 12 }),
  /** What befalls each connection as soon as it stands. */
  births: fc.oneof(
    fc.array(fc.constantFrom("lost", "retiring", "silent", "nothing"), { maxLength: 20 }),
    fc.constantFrom("lost", "retiring").map((what) => Array.from({ length: 30 }, () => what)),
  ),
  displaced: fc.boolean(),
  jitter: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
});

function befall(connection: FakeConnection, what: string, now: number): void {
  if (what === "lost") connection.end(LOST);
  if (what === "retiring") connection.end(RETIRING);
  if (what === "silent") connection.silentSince ??= now;
  if (what === "stuck") connection.stuck = true;
}

function mostInAMinute(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length),
  );
}

it("whatever happens: at most two connections, few attempts, never stuck, and nothing left after a stop", async () => {
  await fc.assert(
    fc.asyncProperty(lives, async ({ fates, turns, births, displaced, jitter }) => {
      let drawn = 0;
      const crowds: string[] = [];
      const born = [...births];
      const bench = keeperBench({
        fates,
        random: () => jitter[drawn++ % jitter.length] ?? 0,
        onOpen(opened, open, now) {
          befall(opened, born.shift() ?? "nothing", now);
          const others = open.filter(({ stuck }) => !stuck);
          if (others.length > 1 || others.some(({ endedBy }) => endedBy !== "retiring"))
            crowds.push(others.map(({ endedBy }) => endedBy).join());
        },
      });
      for (const { what, thenMs } of turns) {
        const newest = [...bench.fake.open].at(-1);
        if (newest !== undefined) befall(newest, what, bench.clock.now());
        await bench.pass(thenMs);
      }
      bench.fake.fates.length = 0;
      born.length = 0;
      await bench.pass(460_000);
      expect(crowds).toEqual([]);
      expect(bench.kept.health()).toMatchObject({ state: "connected", reason: null, attempts: 0 });
      expect(mostInAMinute(bench.fake.attempts)).toBeLessThanOrEqual(9);
      if (displaced) {
        bench.newest().end(DISPLACED);
        const attempts = bench.fake.attempts.length;
        await bench.pass(120_000);
        expect(bench.kept.health().state).toBe("displaced");
        expect(bench.fake.attempts.length).toBe(attempts);
      }
      await bench.stopped();
      expect([...bench.fake.open].filter(({ stuck }) => !stuck)).toEqual([]);
      expect([bench.kept.health().state, bench.asleep()]).toEqual(["stopped", 0]);
    }),
    { numRuns: 300 },
  );
}, 60_000);
