import { expect, it } from "vitest";
import { createGate } from "../../test/support/gate.ts";
import { turns } from "../../test/support/stage.ts";
import { createTestClock } from "../../test/support/test-clock.ts";
import { createPump } from "./pump.ts";

/** A pump whose task does what `task` says, and what came of its runs. */
function aPump(task: (run: number) => Promise<number> | number) {
  const clock = createTestClock();
  const seen = { runs: 0, errors: [] as unknown[] };
  const pump = createPump({
    clock,
    idleMs: 1_000,
    async task() {
      seen.runs += 1;
      return task(seen.runs);
    },
    failed: (error) => seen.errors.push(error),
  });
  return { clock, pump, seen };
}

it("goes on as long as there is something to do, then rests", async () => {
  const { clock, pump, seen } = aPump((run) => (run < 4 ? 1 : 0));
  pump.start();
  await turns(20);
  expect(seen.runs).toBe(4);
  clock.advance(999);
  await turns(20);
  expect(seen.runs).toBe(4);
  clock.advance(1);
  await turns(20);
  expect(seen.runs).toBe(5);
  await pump.stop();
});

it("runs again at once when it is woken, once for many calls", async () => {
  const { pump, seen } = aPump(() => 0);
  pump.start();
  await turns(20);
  for (let call = 0; call < 5; call += 1) pump.wake();
  await turns(20);
  expect(seen.runs).toBe(2);
  await pump.stop();
});

it("runs once more when it is woken while it runs, and never twice at the same time", async () => {
  const gate = createGate();
  let under = 0;
  const { pump, seen } = aPump(async (run) => {
    under += 1;
    expect(under).toBe(1);
    if (run === 1) await gate.pass();
    under -= 1;
    return 0;
  });
  pump.start();
  await gate.reached;
  pump.wake();
  await turns(20);
  expect(seen.runs).toBe(1);
  gate.open();
  await turns(20);
  expect(seen.runs).toBe(2);
  await pump.stop();
});

it("says that a run failed, rests and tries again", async () => {
  const { clock, pump, seen } = aPump((run) => {
    if (run === 1) throw new Error("broken");
    return 0;
  });
  pump.start();
  await turns(20);
  expect(seen).toMatchObject({ runs: 1, errors: [new Error("broken")] });
  clock.advance(1_000);
  await turns(20);
  expect(seen).toMatchObject({ runs: 2, errors: [{}] });
  await pump.stop();
});

it("stops after the run that is under way, and before the next one", async () => {
  const gate = createGate();
  const { pump, seen } = aPump(async () => {
    await gate.pass();
    return 1;
  });
  pump.start();
  await gate.reached;
  let stopped = false;
  const stopping = pump.stop().then(() => {
    stopped = true;
  });
  await turns(20);
  expect(stopped).toBe(false);
  gate.open();
  await stopping;
  expect(seen.runs).toBe(1);
});

it("that was never started stops at once", async () => {
  await aPump(() => 0).pump.stop();
});
