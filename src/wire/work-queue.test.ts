import { expect, it } from "vitest";
import { createGate } from "../../test/support/gate.ts";
import { createWorkQueue } from "./work-queue.ts";

it("begins in order, and no more at once than it may", async () => {
  const queue = createWorkQueue({ atOnce: 2, waiting: 10, waitingBytes: 100 });
  const gates = Array.from({ length: 3 }, createGate);
  const begun: number[] = [];
  for (const [index, gate] of gates.entries()) {
    queue.add(() => {
      begun.push(index);
      return gate.pass();
    }, 1);
  }
  expect(begun).toEqual([0, 1]);
  gates[1]?.open();
  await gates[2]?.reached;
  expect(begun).toEqual([0, 1, 2]);
});

it("takes nothing more when enough waits", async () => {
  const queue = createWorkQueue({ atOnce: 1, waiting: 1, waitingBytes: 100 });
  const gate = createGate();
  expect([1, 2, 3].map(() => queue.add(gate.pass, 1))).toEqual([true, true, false]);
  gate.open();
  await queue.idle();
  expect(queue.add(gate.pass, 1)).toBe(true);
});

it("takes nothing more when what waits holds enough", async () => {
  const queue = createWorkQueue({ atOnce: 1, waiting: 10, waitingBytes: 100 });
  const gate = createGate();
  expect([1_000, 60, 60, 40].map((bytes) => queue.add(gate.pass, bytes))).toEqual([
    true,
    true,
    false,
    true,
  ]);
  gate.open();
  await queue.idle();
  expect([1, 100].map((bytes) => queue.add(gate.pass, bytes))).toEqual([true, true]);
});

it("is idle once nothing is under way and nothing waits", async () => {
  const queue = createWorkQueue({ atOnce: 1, waiting: 5, waitingBytes: 100 });
  await queue.idle();
  const gate = createGate();
  const done: string[] = [];
  queue.add(async () => {
    await gate.pass();
    done.push("first");
  }, 1);
  queue.add(async () => void done.push("second"), 1);
  const idle = queue.idle().then(() => done.push("idle"));
  gate.open();
  await idle;
  expect(done).toEqual(["first", "second", "idle"]);
});
