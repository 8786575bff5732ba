import type { Clock } from "../ports/clock.ts";

/**
 * Run a task again and again: at once while it finds something to do, else after a wake-up or after `idleMs`. One run
 * at a time. A failed run is reported and tried again after `idleMs`, so that nothing stops for good.
 */
export function createPump(options: {
  readonly clock: Clock;
  readonly idleMs: number;
  /** Resolves with how much it did. */
  task(): Promise<number>;
  failed(error: unknown): void;
}): { start(): void; wake(): void; stop(): Promise<void> } {
  const stopping = new AbortController();
  let idle: AbortController | null = null;
  let woken = false;
  let running: Promise<void> = Promise.resolve();

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      woken = false;
      const did = await once();
      if (did > 0 || woken || stopping.signal.aborted) continue;
      idle = new AbortController();
      await options.clock.sleep(options.idleMs, idle.signal);
      idle = null;
    }
  }

  async function once(): Promise<number> {
    try {
      return await options.task();
    } catch (error) {
      options.failed(error);
      return 0;
    }
  }

  function wake(): void {
    woken = true;
    idle?.abort();
  }

  return {
    start() {
      running = loop();
    },
    wake,
    async stop() {
      stopping.abort();
      wake();
      await running;
    },
  };
}
