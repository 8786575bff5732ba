import { afterEach, describe, expect, it } from "vitest";
import {
  BAD_SECRET,
  DISPLACED,
  LOST,
  RETIRING,
  UNREACHED,
} from "../../test/support/fake-connector.ts";
import { keeperBench } from "../../test/support/keeper-bench.ts";

let bench: ReturnType<typeof keeperBench>;
afterEach(() => bench.stopped());

/** A bench whose connection has stood for two minutes. */
async function steady() {
  bench = keeperBench();
  await bench.pass(120_000);
  expect(bench.kept.health().state).toBe("connected");
  return bench;
}

describe("an account that is kept connected", () => {
  it("is connected at once, and says so", async () => {
    bench = keeperBench();
    expect(bench.kept.health()).toMatchObject({ account: "fake/a", state: "connecting" });
    await bench.pass(0);
    const now = bench.clock.now();
    expect(bench.kept.health()).toEqual({
      account: "fake/a",
      state: "connected",
      since: now,
      lastHeardAt: now,
      attempts: 0,
      reason: null,
    });
    expect(bench.logged).toEqual(['info A long connection is up. {"account":"fake/a"}']);
  });

  it("is connected anew after a loss, within seconds", async () => {
    const { fake, kept, newest, pass, counts } = await steady();
    newest().end(LOST);
    await pass(0);
    expect(kept.health()).toMatchObject({ state: "waiting", reason: "ECONNRESET" });
    expect(fake.open.size).toBe(0);
    await pass(2_000);
    expect(kept.health()).toMatchObject({ state: "connected", reason: null, attempts: 0 });
    expect([fake.open.size, counts.get("connection_losses")]).toEqual([1, 1]);
  });

  it("waits longer after each failure, up to a minute, and briefly again once it has stood for a while", async () => {
    bench = keeperBench({ random: () => 1, fates: Array.from({ length: 8 }, () => UNREACHED) });
    const { fake, kept, newest, pass } = bench;
    await pass(300_000);
    const waits = fake.attempts.slice(1).map((at, index) => at - (fake.attempts[index] ?? 0));
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    expect(kept.health().state).toBe("connected");
    await pass(60_000);
    newest().end(LOST);
    await pass(2_000);
    expect(kept.health().state).toBe("connected");
  });

  it("does not count a connection that is lost at once as a success", async () => {
    bench = keeperBench({ random: () => 1, onOpen: (connection) => connection.end(LOST) });
    const { fake, pass } = bench;
    await pass(600_000);
    expect(fake.attempts.length).toBeLessThan(16);
    fake.onOpen = () => {};
  });

  it("waits as long as the vendor says, though never for more than an hour", async () => {
    const afterwards = (afterMs: number) =>
      ({ type: "failed", class: "rate", afterMs, reason: "too fast" }) as const;
    bench = keeperBench({ fates: [afterwards(90_000), afterwards(1e12)] });
    const { fake, pass } = bench;
    await pass(89_000);
    expect(fake.attempts.length).toBe(1);
    await pass(2_000);
    expect(fake.attempts.length).toBe(2);
    await pass(3_600_000);
    expect(fake.attempts.length).toBe(3);
  });

  it("tells an operator of refused settings, and tries again every five minutes", async () => {
    bench = keeperBench({ fates: [BAD_SECRET, BAD_SECRET] });
    const { fake, kept, logged, pass } = bench;
    await pass(299_000);
    expect(fake.attempts.length).toBe(1);
    expect(kept.health()).toMatchObject({ state: "refused", reason: "40001 invalid secret" });
    expect(logged[0]).toMatch(/^error The vendor refuses a long connection\. .*40001/);
    await pass(602_000);
    expect(kept.health().state).toBe("connected");
  });

  it("gives up an attempt that takes too long, also one that does not listen", async () => {
    bench = keeperBench({ fates: ["hang", "deaf", "throw"] });
    const { fake, kept, pass } = bench;
    await pass(31_000);
    expect(kept.health()).toMatchObject({ state: "waiting", attempts: 1 });
    await pass(90_000);
    expect(kept.health().state).toBe("connected");
    expect(fake.attempts.length).toBe(4);
  });

  it("closes a connection whose vendor has fallen silent, whatever the socket says", async () => {
    const { clock, fake, kept, newest, pass, counts } = await steady();
    const silent = newest();
    silent.silentSince = clock.now();
    await pass(59_000);
    expect(kept.health().state).toBe("connected");
    await pass(5_000);
    expect(kept.health().state).toBe("connected");
    expect([...fake.open]).not.toContain(silent);
    expect(counts.get("connection_silences")).toBe(1);
    expect(counts.get("connection_losses")).toBe(1);
  });

  it("stays down once another process has taken it over, and raises an alarm", async () => {
    const { fake, kept, logged, newest, pass, counts } = await steady();
    newest().end(DISPLACED);
    await pass(3_600_000);
    expect(fake.attempts.length).toBe(1);
    expect(kept.health()).toMatchObject({ state: "displaced", reason: "connected elsewhere" });
    expect(logged.at(-1)).toMatch(/^error A long connection was taken over/);
    expect([fake.open.size, counts.get("connection_displacements")]).toEqual([0, 1]);
  });

  it("goes on where a connection does not close", async () => {
    const { kept, newest, pass } = await steady();
    newest().stuck = true;
    newest().end(LOST);
    await pass(15_000);
    expect(kept.health().state).toBe("connected");
    for (const connection of bench.fake.open) connection.stuck = false;
  });
});

describe("a connection that is asked to move", () => {
  it("stands until its successor does, which is opened at once", async () => {
    const { fake, kept, newest, pass } = await steady();
    const old = newest();
    old.end(RETIRING);
    await pass(0);
    expect(fake.attempts.length).toBe(2);
    expect([...fake.open]).toEqual([newest()]);
    expect(newest()).not.toBe(old);
    expect(kept.health().state).toBe("connected");
  });

  it("stands and is spoken to while no successor can be had", async () => {
    const { fake, kept, newest, pass } = await steady();
    const old = newest();
    fake.fates.push(UNREACHED, UNREACHED);
    old.end(RETIRING);
    await pass(2_000);
    expect(kept.health()).toMatchObject({ state: "waiting", reason: "ECONNREFUSED" });
    expect([...fake.open]).toEqual([old]);
    expect(await kept.line.request({ n: 1 })).toMatchObject({ type: "answered" });
    expect(old.requests).toEqual([{ n: 1 }]);
    await pass(10_000);
    expect(kept.health().state).toBe("connected");
    expect([...fake.open]).not.toContain(old);
  });

  it("is closed when it falls silent before its successor is there", async () => {
    const { clock, fake, newest, pass } = await steady();
    const old = newest();
    fake.fates.push(...Array.from({ length: 8 }, () => UNREACHED));
    old.end(RETIRING);
    old.silentSince = clock.now();
    await pass(130_000);
    expect(fake.open.size).toBe(0);
  });

  it("again and again is not followed without a pause", async () => {
    bench = keeperBench({ onOpen: (connection) => connection.end(RETIRING) });
    const { fake, pass } = bench;
    await pass(60_000);
    expect(fake.attempts.length).toBeLessThan(10);
    expect(fake.open.size).toBe(1);
    fake.onOpen = () => {};
  });
});

describe("the line of an account", () => {
  it("leads to the connection that stands, and nowhere when none does", async () => {
    const { fake, kept, newest, pass } = await steady();
    await kept.line.request({ n: 1 });
    const first = newest();
    fake.fates.push(UNREACHED);
    first.end(LOST);
    await pass(0);
    expect(await kept.line.request({ n: 2 })).toMatchObject({ type: "unreached" });
    await pass(10_000);
    await kept.line.request({ n: 3 });
    expect([first.requests, newest().requests]).toEqual([[{ n: 1 }], [{ n: 3 }]]);
  });
});
