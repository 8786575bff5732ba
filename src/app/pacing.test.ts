import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Pace } from "../ports/channel.ts";
import { createPacer } from "./pacing.ts";

const ACCOUNT: Pace = { scope: "account", count: 5, perMs: 1_000 };

type Item = { readonly at: number; readonly destination: string };
type Sent = Item & { readonly sentAt: number; readonly waits: number };

/**
 * Send all items as a hub would: whatever is due is planned in pages of `page`, and what must wait is due again when
 * the pacer says so, or `lateMs` after that.
 */
function run(
  items: readonly Item[],
  limits: readonly Pace[],
  page: number,
  lateMs: () => number = () => 0,
): Sent[] {
  const pacer = createPacer();
  const sent: Sent[] = [];
  let now = 0;
  const waiting = items.map((item) => ({ item, dueAt: item.at, waits: 0 }));
  while (waiting.length > 0) {
    waiting.sort((left, right) => left.dueAt - right.dueAt);
    now = Math.max(now, (waiting[0]?.dueAt ?? 0) + lateMs());
    const due = waiting.filter(({ dueAt }) => dueAt <= now).slice(0, page);
    const slots = pacer.plan(now);
    for (const each of due) {
      const { destination } = each.item;
      const wait = slots({ account: "fake/a", destination, dueAt: each.dueAt }, limits);
      expect(wait).toBeGreaterThanOrEqual(0);
      if (wait > 0) {
        each.dueAt = now + wait;
        each.waits += 1;
        continue;
      }
      waiting.splice(waiting.indexOf(each), 1);
      sent.push({ ...each.item, sentAt: now, waits: each.waits });
    }
  }
  return sent;
}

/** The most that one key was sent in any window of `perMs`. */
function most(times: readonly number[], perMs: number): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + perMs).length),
  );
}

describe("keeping to a vendor's pace", () => {
  it("takes one wait each for 300 messages that come at once, and no longer than it must", () => {
    const items = Array.from({ length: 300 }, (_, n) => ({ at: 0, destination: `p${n}` }));
    const sent = run(items, [ACCOUNT], 64);
    expect(sent.at(-1)?.sentAt).toBe(59_000);
    expect(sent.reduce((sum, { waits }) => sum + waits, 0)).toBeLessThanOrEqual(300);
  });

  it("sends them in the order in which they came", () => {
    const items = Array.from({ length: 300 }, (_, n) => ({ at: n, destination: `p${n}` }));
    const sent = run(items, [ACCOUNT], 64);
    expect(sent.map(({ destination }) => destination)).toEqual(
      items.map(({ destination }) => destination),
    );
  });

  it("takes few waits more when the hub always comes a little late", () => {
    const items = Array.from({ length: 300 }, (_, n) => ({ at: 0, destination: `p${n}` }));
    const sent = run(items, [ACCOUNT], 64, () => 3);
    expect(sent.reduce((sum, { waits }) => sum + waits, 0)).toBeLessThanOrEqual(900);
    expect(sent.at(-1)?.sentAt).toBeLessThan(65_000);
  });

  it("never exceeds any limit in any window, whatever comes and however it is paged", () => {
    const pace = fc.record({
      scope: fc.constantFrom("account" as const, "destination" as const),
      count: fc.integer({ min: 1, max: 6 }),
      perMs: fc.integer({ min: 1, max: 3_000 }),
    });
    const item = fc.record({
      at: fc.integer({ min: 0, max: 4_000 }),
      destination: fc.constantFrom("x", "y", "z"),
    });
    fc.assert(
      fc.property(
        fc.array(item, { maxLength: 60 }),
        fc.array(pace, { maxLength: 3 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat({ max: 400 }), { minLength: 1 }),
        (items, limits, page, lateness) => {
          let turn = 0;
          const sent = run(items, limits, page, () => lateness[turn++ % lateness.length] ?? 0);
          expect(sent).toHaveLength(items.length);
          for (const { scope, count, perMs } of limits) {
            const groups = scope === "account" ? [sent] : ["x", "y", "z"].map(toDestination(sent));
            for (const group of groups) {
              const times = group.map(({ sentAt }) => sentAt);
              expect(most(times, perMs)).toBeLessThanOrEqual(count);
            }
          }
        },
      ),
    );
  });

  it("holds nothing up where there is no limit, and no account for another", () => {
    const slots = createPacer().plan(0);
    const x = { account: "fake/a", destination: "x", dueAt: 0 };
    for (let n = 0; n < 50; n += 1) expect(slots(x, [])).toBe(0);
    for (let n = 0; n < 5; n += 1) expect(slots(x, [ACCOUNT])).toBe(0);
    expect(slots(x, [ACCOUNT])).toBe(1_000);
    expect(slots({ ...x, account: "fake/b" }, [ACCOUNT])).toBe(0);
  });

  it("counts a destination's limit for each destination by itself", () => {
    const limits: Pace[] = [{ scope: "destination", count: 1, perMs: 500 }];
    const slots = createPacer().plan(0);
    const to = (destination: string) => slots({ account: "a", destination, dueAt: 0 }, limits);
    expect([to("x"), to("y"), to("x"), to("x")]).toEqual([0, 0, 500, 1_000]);
  });

  it("lets one crowded destination hold up no other", () => {
    const crowd = Array.from({ length: 100 }, () => ({ at: 0, destination: "crowd" }));
    const others = Array.from({ length: 10 }, (_, n) => ({ at: 5_000, destination: `p${n}` }));
    const limits: Pace[] = [
      { scope: "destination", count: 1, perMs: 1_000 },
      { scope: "account", count: 5, perMs: 1_000 },
    ];
    const sent = run([...crowd, ...others], limits, 64);
    const last = sent.findLast(({ destination }) => destination !== "crowd");
    expect(last?.sentAt).toBeLessThanOrEqual(9_000);
    expect(sent.reduce((sum, { waits }) => sum + waits, 0)).toBeLessThanOrEqual(220);
  });

  it("forgets a slot that nobody took, so that nobody waits for it", () => {
    const pacer = createPacer();
    const x = { account: "fake/a", destination: "x", dueAt: 0 };
    const first = pacer.plan(0);
    for (let n = 0; n < 20; n += 1) first(x, [ACCOUNT]);
    expect(pacer.plan(60_000)({ ...x, dueAt: 60_000 }, [ACCOUNT])).toBe(0);
  });
});

function toDestination(sent: readonly Sent[]) {
  return (name: string) => sent.filter(({ destination }) => destination === name);
}
