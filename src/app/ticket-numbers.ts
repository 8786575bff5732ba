import type { Store } from "../ports/store.ts";
import type { Numbers } from "./hub.ts";

/**
 * Ticket numbers from blocks of `size` that are reserved in the store: no two are ever the same, and a process that
 * ends leaves a gap. What is reserved and not yet used stands in `free`.
 */
export function createNumbers(store: Store, size = 10, free: number[] = []): Numbers {
  let reserving: Promise<void> | null = null;

  async function refill(): Promise<void> {
    const first = await store.reserve("ticket", size);
    for (let offset = 0; offset < size; offset += 1) free.push(first + offset);
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
