import type { Clock } from "../../src/ports/clock.ts";
import type { ToolClock } from "../../src/simulator/tool.ts";

/** Real time, only so many times faster: for tests whose sockets are real and whose waits are long. */
export function createFastClock(times: number): Clock & ToolClock {
  const began = Date.now();
  return {
    now: () => Math.round(began + (Date.now() - began) * times),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const done = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener("abort", done);
          resolve();
        };
        const timer = setTimeout(done, ms / times);
        signal?.addEventListener("abort", done, { once: true });
      }),
  };
}
