import { expect, it } from "vitest";
import { createCloudflareQueue } from "./cloudflare.ts";

function setUp(failure: Error | null = null) {
  const sent: [string, number][] = [];
  const failures: unknown[] = [];
  const queue = createCloudflareQueue({
    async send(wakeUp, delaySeconds) {
      if (failure !== null) throw failure;
      sent.push([wakeUp, delaySeconds]);
    },
    failed: (error) => void failures.push(error),
  });
  return { queue, sent, failures };
}

it("sends one wake-up for everything that was woken during a request, and none for nothing", async () => {
  const { queue, sent } = setUp();
  await queue.flush();
  expect(sent).toEqual([]);
  queue.wake("conversation:1");
  queue.wake("conversation:2");
  queue.wakeDelivery();
  await queue.flush();
  await queue.flush();
  expect(sent).toEqual([["due", 0]]);
});

it("sends a later wake-up with its delay in whole seconds, never too early", async () => {
  const { queue, sent } = setUp();
  for (const ms of [-5, 0, 1, 1_000, 1_500]) await queue.wakeIn(ms);
  expect(sent.map(([, delay]) => delay)).toEqual([0, 0, 1, 1, 2]);
});

it("tells of a wake-up that could not be sent, and does not fail the request for it", async () => {
  const failure = new Error("queue away");
  const { queue, failures } = setUp(failure);
  queue.wake("conversation:1");
  await queue.flush();
  await queue.wakeIn(1_000);
  expect(failures).toEqual([failure, failure]);
});
