import type { Store } from "../ports/store.ts";
import type { Numbers } from "./hub.ts";

const BLOCK = 100;

/** Ticket numbers from blocks that are reserved in the store: no two are ever the same, and a crash leaves a gap. */
export function createNumbers(store: Store): Numbers {
  const free: number[] = [];
  let reserving: Promise<void> | null = null;

  async function refill(): Promise<void> {
    const first = await store.reserve("ticket", BLOCK);
    for (let offset = 0; offset < BLOCK; offset += 1) free.push(first + offset);
  }

  return {
    async take() {
      for (;;) {
        const number = free.shift();
        if (number !== undefined) return number;
        reserving ??= refill().finally(() => {
          reserving = null;
        });
        await reserving;
      }
    },
    giveBack(number) {
      free.unshift(number);
    },
  };
}
