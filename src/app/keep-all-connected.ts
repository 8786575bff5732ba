import type { Line, LineAnswer } from "../ports/connection.ts";
import type { ConnectionHealth } from "./connection-health.ts";
import type { Kept } from "./keep-connected.ts";

/** An account that is to be connected. */
export type Wanted = {
  /** "feishu/hq" */
  readonly account: string;
  /** Says whether a set-up configures it otherwise than the one before. May hold secrets. */
  readonly fingerprint: string;
  /** Begin to keep it connected. Must not throw. */
  start(): Kept;
};

export type AllConnections = {
  /** The account's line, whichever connection carries it now: it survives a change of the set-up. */
  lineOf(account: string): Line;
  /** Exactly these from now on. Those that are configured as before stay as they are. */
  use(wanted: readonly Wanted[]): void;
  health(): readonly ConnectionHealth[];
  /** Let all of them go, for good. Resolves within some seconds. */
  stop(): Promise<void>;
};

/** What an account has, and what it shall have. */
type Slot = {
  wanted: Wanted | null;
  running: { readonly fingerprint: string; readonly kept: Kept } | null;
  changing: boolean;
  changed: Promise<void>;
};

const NO_LINE: LineAnswer = { type: "unreached", reason: "there is no connection" };

/**
 * The long connections of a hub: at most one keeper for each account at any time. Where a new set-up configures an
 * account otherwise, its connection ends before the next one begins, because some vendors allow one only.
 */
export function keepAllConnected(): AllConnections {
  const slots = new Map<string, Slot>();
  let over = false;

  function want(account: string, wanted: Wanted | null): void {
    const slot = slots.get(account) ?? newSlot();
    slots.set(account, slot);
    slot.wanted = wanted;
    if (!slot.changing) slot.changed = change(account, slot);
  }

  /** Come from what is to what shall be, which may become something else on the way. */
  async function change(account: string, slot: Slot): Promise<void> {
    slot.changing = true;
    while (slot.wanted?.fingerprint !== slot.running?.fingerprint) {
      if (slot.running !== null) {
        await slot.running.kept.stop();
        slot.running = null;
      } else if (slot.wanted !== null) {
        slot.running = { fingerprint: slot.wanted.fingerprint, kept: slot.wanted.start() };
      }
    }
    slot.changing = false;
    if (slot.wanted === null) slots.delete(account);
  }

  function use(wanted: readonly Wanted[]): void {
    if (over) return;
    const next = new Map(wanted.map((each) => [each.account, each]));
    for (const account of new Set([...slots.keys(), ...next.keys()]))
      want(account, next.get(account) ?? null);
  }

  return {
    lineOf: (account) => ({
      request: async (frame) => slots.get(account)?.running?.kept.line.request(frame) ?? NO_LINE,
    }),
    use,
    health: () => [...slots.values()].flatMap(({ running }) => running?.kept.health() ?? []),
    async stop() {
      use([]);
      over = true;
      await Promise.all([...slots.values()].map(({ changed }) => changed));
    },
  };
}

function newSlot(): Slot {
  return { wanted: null, running: null, changing: false, changed: Promise.resolve() };
}
