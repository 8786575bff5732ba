import { describe, expect, it } from "vitest";
import { LOST, RETIRING, UNREACHED } from "../../test/support/fake-connector.ts";
import { createGate } from "../../test/support/gate.ts";
import { keeperBench } from "../../test/support/keeper-bench.ts";

const TAKEN = { outcome: null, after: async () => {} };

/** Everything is closed, no timer is set, and nothing begins any more. */
async function expectNothingLeft(bench: ReturnType<typeof keeperBench>): Promise<void> {
  const attempts = bench.fake.attempts.length;
  expect(bench.kept.health().state).toBe("stopped");
  expect([bench.fake.open.size, bench.asleep()]).toEqual([0, 0]);
  await bench.pass(600_000);
  expect(bench.fake.attempts.length).toBe(attempts);
  expect(await bench.kept.line.request({})).toMatchObject({ type: "unreached" });
}

describe("a keeper that is stopped", () => {
  it("while it is connected closes the connection", async () => {
    const bench = keeperBench();
    await bench.pass(5_000);
    await bench.stopped();
    await expectNothingLeft(bench);
  });

  it("while an attempt is under way gives it up", async () => {
    const bench = keeperBench({ fates: ["hang"] });
    await bench.pass(1_000);
    await bench.stopped();
    await expectNothingLeft(bench);
  });

  it("while it waits does not wait for the end of that", async () => {
    const bench = keeperBench({ fates: [UNREACHED] });
    await bench.pass(0);
    const began = bench.clock.now();
    await bench.stopped();
    expect(bench.clock.now() - began).toBeLessThan(2_000);
    await expectNothingLeft(bench);
  });

  it("while one connection takes over from another closes both", async () => {
    const bench = keeperBench();
    await bench.pass(120_000);
    bench.fake.fates.push("hang");
    bench.newest().end(RETIRING);
    await bench.pass(1_000);
    expect(bench.fake.open.size).toBe(1);
    await bench.stopped();
    await expectNothingLeft(bench);
  });

  it("is stopped in time though nothing ends by itself", async () => {
    const bench = keeperBench({ intake: () => new Promise(() => {}) });
    await bench.pass(1_000);
    const connection = bench.newest();
    connection.stuck = true;
    void connection.intake("event", []);
    const began = bench.clock.now();
    await bench.stopped();
    expect(bench.clock.now() - began).toBeLessThan(30_000);
    expect(bench.kept.health().state).toBe("stopped");
  });

  it("twice is stopped once", async () => {
    const bench = keeperBench();
    await bench.pass(1_000);
    await Promise.all([bench.stopped(), bench.stopped()]);
    await expectNothingLeft(bench);
  });
});

describe("a push under way", () => {
  it("is finished before the connection is closed, and so is what comes until then", async () => {
    const gate = createGate();
    const bench = keeperBench({
      async intake() {
        await gate.pass();
        return TAKEN;
      },
    });
    await bench.pass(1_000);
    const { intake } = bench.newest();
    const push = intake("event", []);
    await gate.reached;
    const stop = bench.stopped();
    const last = intake("event", []);
    expect(bench.fake.open.size).toBe(1);
    gate.open();
    for (const taken of [push, last]) expect(await taken).toMatchObject({ outcome: null });
    await stop;
    await expect(intake("event", [])).rejects.toThrow("letting this connection go");
    await expectNothingLeft(bench);
  });

  it("that the hub cannot take is rejected, and the connection stands", async () => {
    const bench = keeperBench({ intake: () => Promise.reject(new Error("too much mail")) });
    await bench.pass(1_000);
    await expect(bench.newest().intake("event", [])).rejects.toThrow("too much mail");
    expect(bench.kept.health().state).toBe("connected");
    await bench.stopped();
  });

  it("whose aftermath fails leaves a line in the log, and harms nothing", async () => {
    const after = () => Promise.reject(new TypeError("near 冰柜坏了"));
    const bench = keeperBench({ intake: async () => ({ outcome: null, after }) });
    await bench.pass(1_000);
    const taken = await bench.newest().intake("event", []);
    await taken.after(true);
    expect(bench.logged.at(-1)).toBe(
      'error What follows a reply failed. {"account":"fake/a","error":"TypeError"}',
    );
    bench.newest().end(LOST);
    await bench.pass(3_000);
    expect(bench.kept.health().state).toBe("connected");
    await bench.stopped();
  });
});
