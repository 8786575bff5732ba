import type { Queue } from "../ports/queue.ts";

/** What a wake-up on Cloudflare Queues says: a mailbox that has mail, or that something waits to be sent. */
export type WakeUp = { readonly mailbox: string | null };

export type CloudflareQueue = Queue & {
  /** Send what was woken since the last call, each mailbox once. A failure is no loss: the sweep finds what is due. */
  flush(): Promise<void>;
};

/** Wake-ups over Cloudflare Queues, gathered during one request and sent together. */
export function createCloudflareQueue(send: (wakeUps: readonly WakeUp[]) => Promise<unknown>): CloudflareQueue {
  const mailboxes = new Set<string>();
  let delivery = false;
  return {
    wake(mailbox) {
      mailboxes.add(mailbox);
    },
    wakeDelivery() {
      delivery = true;
    },
    async flush() {
      const wakeUps: WakeUp[] = [...mailboxes].map((mailbox) => ({ mailbox }));
      if (delivery) wakeUps.push({ mailbox: null });
      mailboxes.clear();
      delivery = false;
      if (wakeUps.length > 0) await send(wakeUps).catch(() => undefined);
    },
  };
}
