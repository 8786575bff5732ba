import type { Queue } from "../ports/queue.ts";

/** A wake-up on Cloudflare Queues. It says no more than that something is due: what, stands in the database. */
export type WakeUp = "due";

export type CloudflareQueue = Queue & {
  /** Send one wake-up if anything was woken since the last call. */
  flush(): Promise<void>;
  /** Send a wake-up that arrives after `ms`. */
  wakeIn(ms: number): Promise<void>;
};

/**
 * Wake-ups over Cloudflare Queues, gathered during one request and sent as one.
 *
 * `send` is given what to send and the delay in whole seconds. What it fails to send is no loss, because the sweep finds
 * what is due, but `failed` is told: everything waits for the sweep then.
 */
export function createCloudflareQueue(options: {
  send(wakeUp: WakeUp, delaySeconds: number): Promise<unknown>;
  failed(error: unknown): void;
}): CloudflareQueue {
  let woken = false;
  const wake = (): void => {
    woken = true;
  };

  async function send(delaySeconds: number): Promise<void> {
    try {
      await options.send("due", delaySeconds);
    } catch (error) {
      options.failed(error);
    }
  }

  return {
    wake,
    wakeDelivery: wake,
    async flush() {
      if (!woken) return;
      woken = false;
      await send(0);
    },
    wakeIn: (ms) => send(Math.max(0, Math.ceil(ms / 1_000))),
  };
}
