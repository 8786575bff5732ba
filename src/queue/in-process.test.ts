import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createGate, type Gate } from "../../test/support/gate.ts";
import { turns } from "../../test/support/stage.ts";
import { createInProcessQueue } from "./in-process.ts";

/** A queue over mailboxes that are only counted: work takes off all mail that is there when it begins. */
function aQueue(
  options: { concurrency?: number; during?: (mailbox: string) => Promise<void> } = {},
) {
  const mail = new Map<string, number>();
  const log: string[] = [];
  let delivered = 0;
  let most = 0;
  let under = 0;
  const queue = createInProcessQueue({
    concurrency: options.concurrency ?? 8,
    async work(mailbox) {
      under += 1;
      most = Math.max(most, under);
      log.push(mailbox);
      mail.set(mailbox, 0);
      await options.during?.(mailbox);
      under -= 1;
    },
    deliver() {
      delivered += 1;
    },
  });
  function post(mailbox: string): void {
    mail.set(mailbox, (mail.get(mailbox) ?? 0) + 1);
    queue.wake(mailbox);
  }
  const left = () => [...mail.values()].reduce((sum, count) => sum + count, 0);
  return { queue, post, left, log, most: () => most, delivered: () => delivered };
}

describe("a wake-up", () => {
  it("during work leads to one more round, many of them to one", async () => {
    const gate = createGate();
    const { queue, post, left, log } = aQueue({ during: () => gate.pass() });
    post("m");
    for (let n = 0; n < 5; n += 1) post("m");
    gate.open();
    await queue.settled();
    expect(log).toEqual(["m", "m"]);
    expect(left()).toBe(0);
  });

  it("is never lost, at whichever moment of a round it comes", async () => {
    for (let moment = 0; moment < 12; moment += 1) {
      const { queue, post, left } = aQueue();
      post("m");
      for (let tick = 0; tick < moment; tick += 1) await Promise.resolve();
      post("m");
      await queue.settled();
      await turns(2);
      expect(left()).toBe(0);
      expect(queue.size).toBe(0);
    }
  });

  it("is followed whatever mailboxes are woken when, with no more at once than allowed", async () => {
    const step = fc.record({ mailbox: fc.constantFrom("a", "b", "c", "d"), ticks: fc.nat(4) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 30 }),
        fc.integer({ min: 1, max: 3 }),
        async (steps, concurrency) => {
          const { queue, post, left, most } = aQueue({
            concurrency,
            during: async () => {
              for (let tick = 0; tick < 3; tick += 1) await Promise.resolve();
            },
          });
          for (const { mailbox, ticks } of steps) {
            post(mailbox);
            for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
          }
          await queue.settled();
          expect(left()).toBe(0);
          expect(most()).toBeLessThanOrEqual(concurrency);
        },
      ),
    );
  });

  it("for a delivery is passed on", () => {
    const { queue, delivered } = aQueue();
    queue.wakeDelivery();
    expect(delivered()).toBe(1);
  });
});

describe("working a mailbox now", () => {
  /** One mailbox is being worked, and another one waits for its turn. */
  async function crowded(): Promise<{ gates: Map<string, Gate> } & ReturnType<typeof aQueue>> {
    const gates = new Map(["a", "b", "c"].map((name) => [name, createGate()]));
    const made = aQueue({ concurrency: 1, during: async (name) => gates.get(name)?.pass() });
    made.post("a");
    made.post("b");
    await turns(1);
    expect(made.log).toEqual(["a"]);
    return { gates, ...made };
  }

  it("goes ahead of those that wait", async () => {
    const { queue, gates, log } = await crowded();
    const now = queue.workNow("c");
    await turns(1);
    expect(log).toEqual(["a", "c"]);
    gates.get("c")?.open();
    await now;
    for (const gate of gates.values()) gate.open();
    await queue.settled();
    expect(log).toEqual(["a", "c", "b"]);
  });

  it("takes one that waits out of its place, so that it is worked once", async () => {
    const { queue, gates, log } = await crowded();
    for (const gate of gates.values()) gate.open();
    await queue.workNow("b");
    await queue.settled();
    expect(log).toEqual(["a", "b"]);
  });

  it("joins the work under way and has it look once more", async () => {
    const { queue, gates, log } = await crowded();
    const joined = queue.workNow("a");
    for (const gate of gates.values()) gate.open();
    await joined;
    expect(log.filter((name) => name === "a")).toHaveLength(2);
  });
});

describe("draining", () => {
  it("waits for what is under way, begins nothing more, and takes no more wake-ups", async () => {
    const gate = createGate();
    const { queue, post, log } = aQueue({ concurrency: 1, during: () => gate.pass() });
    post("a");
    post("b");
    post("a");
    let drained = false;
    const draining = queue.drain().then(() => {
      drained = true;
    });
    post("c");
    await queue.workNow("d");
    await turns(2);
    expect(drained).toBe(false);
    gate.open();
    await draining;
    await turns(2);
    expect(log).toEqual(["a"]);
    await queue.workNow("a");
    expect(log).toEqual(["a"]);
    expect(queue.size).toBe(0);
  });
});
