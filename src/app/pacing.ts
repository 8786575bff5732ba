import type { Pace } from "../ports/channel.ts";
import { type Circuit, createCircuit } from "./pacing-circuit.ts";

/** Something that would be sent: `dueAt` is when it was due, which after a wait is the slot that it was promised. */
export type Paced = {
  readonly account: string;
  readonly destination: string;
  readonly dueAt: number;
};

export type Pacer = {
  /**
   * Begin to hand out sends at one instant. The planner takes one send if every limit allows it now and returns 0; else
   * it takes nothing, promises the next free slot and returns how long to wait for it, ms. A slot is kept for whoever
   * is due at that time, so that those who come later queue up behind.
   */
  plan(now: number): (send: Paced, limits: readonly Pace[]) => number;
  /** What came of a send: a vendor in trouble is left alone for a while. */
  readonly heard: Circuit["heard"];
};

type Window = {
  readonly perMs: number;
  /** When the last sends were. */
  readonly times: number[];
  /** Slots that were promised, the next one first. */
  readonly promised: number[];
};

type Claim = { readonly limit: Pace; readonly window: Window; readonly kept: boolean };

const MANY = 10_000;
const PRUNE_EVERY_MS = 60_000;
/** A promised slot that nobody takes is forgotten after so long. */
const KEPT_MS = 10_000;

/**
 * Keep to the limits that vendors set, before they do. Counts the sends of the last `perMs` by account and by
 * destination. In memory: after a restart the vendor's own answer is what slows us down.
 */
export function createPacer(): Pacer {
  const windows = new Map<string, Window>();
  const circuit = createCircuit();
  let prunedAt = 0;

  function windowOf(key: string, perMs: number, now: number): Window {
    const found = windows.get(key) ?? { perMs, times: [], promised: [] };
    dropUntil(found.times, now - perMs);
    dropUntil(found.promised, now - KEPT_MS);
    windows.set(key, found);
    return found;
  }

  function prune(now: number): void {
    if (windows.size < MANY || now < prunedAt + PRUNE_EVERY_MS) return;
    prunedAt = now;
    for (const [key, { perMs, times, promised }] of windows) {
      const newest = Math.max(times.at(-1) ?? 0, promised.at(-1) ?? 0);
      if (newest <= now - perMs - KEPT_MS) windows.delete(key);
    }
  }

  return {
    heard: circuit.heard,
    plan(now) {
      prune(now);
      return ({ account, destination, dueAt }, limits) => {
        const claims = limits.map((limit, index): Claim => {
          const key = `${account}|${index}|${limit.scope === "account" ? "" : destination}`;
          const window = windowOf(key, limit.perMs, now);
          return { limit, window, kept: take(window.promised, dueAt) };
        });
        const slots = claims.map((claim) => nextSlot(claim, now));
        const slot = Math.max(now, ...slots);
        const trouble = slot === now ? circuit.wait(account, now) : 0;
        if (trouble > 0) return trouble;
        claims.forEach(({ window, kept }, index) => {
          if (slot === now) window.times.push(now);
          else if (kept || slots[index] === slot) insert(window.promised, slot);
        });
        return slot - now;
      };
    },
  };
}

/** When the window has room: for whoever comes back for a slot behind what was sent, for others behind all promises too. */
function nextSlot({ limit: { count }, window, kept }: Claim, now: number): number {
  const { perMs, times, promised } = window;
  const sent = times[times.length - count] ?? now - perMs;
  if (kept) return sent + perMs;
  const place = times.length + promised.length - count;
  const ahead = (place < times.length ? times[place] : promised[place - times.length]) ?? sent;
  return Math.max(sent, ahead) + perMs;
}

/** Take one promise of this slot away; false when there is none. */
function take(promised: number[], slot: number): boolean {
  const place = promised.indexOf(slot);
  if (place >= 0) promised.splice(place, 1);
  return place >= 0;
}

function insert(promised: number[], slot: number): void {
  const place = promised.findLastIndex((other) => other <= slot);
  promised.splice(place + 1, 0, slot);
}

function dropUntil(times: number[], end: number): void {
  while (times[0] !== undefined && times[0] <= end) times.shift();
}
