import type { Delivery } from "../../src/ports/channel.ts";
import { createFakeChannel, type FakeChannel } from "./fake-channel.ts";

export type Random = () => number;

/** Numbers from 0 to 1 that follow from the seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(items: readonly T[], random: Random): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error("There is nothing to pick from.");
  return item;
}

export async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick += 1)
    await new Promise<void>((resolve) => setImmediate(resolve));
}

export type MoodyChannel = FakeChannel & {
  /** How likely a call goes wrong, from 0 to 1. */
  trouble: number;
  /** Ids that were sent, each time anew. */
  readonly tries: string[];
};

const TROUBLES: readonly (Exclude<Delivery, { type: "sent" }> | "lost")[] = [
  { type: "failed", class: "transient", afterMs: null, reason: "502" },
  { type: "failed", class: "rate", afterMs: 20_000, reason: "429" },
  { type: "failed", class: "rate", afterMs: null, reason: "flow-controlled" },
  { type: "failed", class: "token", afterMs: null, reason: "expired" },
  { type: "unknown", reason: "timeout" },
  "lost",
];
const WINDOW_CLOSED = {
  type: "failed",
  class: "window-closed",
  afterMs: null,
  reason: "x",
} as const;

/** A vendor that takes its time, now and then fails in any way it can, and does in any case what it does once. */
export function createMoodyChannel(
  random: Random,
  honest: FakeChannel = createFakeChannel(),
): MoodyChannel {
  const tries: string[] = [];
  const moody: MoodyChannel = {
    ...honest,
    trouble: 0,
    tries,
    send(message) {
      tries.push(message.id);
      return moodily(() => honest.send(message), TROUBLES);
    },
    update: (surface, card) =>
      moodily(() => honest.update(surface, card), [...TROUBLES, WINDOW_CLOSED]),
  };

  async function moodily(act: () => Promise<Delivery>, troubles: typeof TROUBLES) {
    await ticks(Math.floor(random() * 4));
    const trouble = random() < moody.trouble ? pick(troubles, random) : null;
    if (trouble !== null && trouble !== "lost") return trouble;
    const delivery = await act();
    await ticks(Math.floor(random() * 4));
    return trouble === "lost" ? ({ type: "unknown", reason: "timeout" } as const) : delivery;
  }

  return moody;
}
