import { expect, it } from "vitest";
import type { Store } from "../ports/store.ts";
import { createNumbers } from "./ticket-numbers.ts";

/** What numbers need of a store, and how often it was asked. */
function aCounter(fails: (call: number) => boolean = () => false) {
  let next = 1;
  const calls: number[] = [];
  const store = {
    async reserve(_counter: string, count: number) {
      calls.push(count);
      if (fails(calls.length)) throw new Error("no disk");
      const first = next;
      next += count;
      return first;
    },
  } as unknown as Store;
  return { store, calls };
}

it("gives no two the same, however many ask at once, with one look at the store a block", async () => {
  const { store, calls } = aCounter();
  const numbers = createNumbers(store, 100);
  const taken = await Promise.all(Array.from({ length: 250 }, () => numbers.take()));
  expect(new Set(taken).size).toBe(250);
  expect(calls).toEqual([100, 100, 100]);
});

it("gives two processes on one store different ones", async () => {
  const { store } = aCounter();
  const [one, two] = [createNumbers(store, 10), createNumbers(store, 10)];
  const taken = await Promise.all(
    Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? one : two).take()),
  );
  expect(new Set(taken).size).toBe(40);
});

it("uses what was given back before anything new", async () => {
  const numbers = createNumbers(aCounter().store, 10);
  const first = await numbers.take();
  await numbers.take();
  numbers.giveBack(first);
  expect(await numbers.take()).toBe(first);
  expect(await numbers.take()).toBe(3);
});

it("passes on that the store failed, and asks it again for the next", async () => {
  const numbers = createNumbers(aCounter((call) => call === 1).store, 10);
  await expect(numbers.take()).rejects.toThrow("no disk");
  expect(await numbers.take()).toBe(1);
});
