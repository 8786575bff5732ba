import type { Delivery } from "../ports/channel.ts";
import { backoffMs } from "./backoff.ts";

/** What a try said of the vendor as a whole: that it works, that it is in trouble, or neither. */
export type VendorSign = "up" | "down" | null;

export type Circuit = {
  /** How long a send must wait because its vendor is in trouble, ms; 0 lets it go. */
  wait(account: string, now: number): number;
  /** What came of a try. `random` is from 0 to 1. */
  heard(
    tried: { readonly account: string; readonly destination: string },
    sign: VendorSign,
    now: number,
    random: number,
  ): void;
};

type Trouble = {
  /** Where tries failed since the last one that did not. */
  readonly destinations: Set<string>;
  failures: number;
  /** Times that it was opened since the last success. */
  openings: number;
  /** Nothing goes out before; 0 while the circuit is closed. */
  openUntil: number;
  /** A try is under way that shows how the vendor is; taken for lost after that. */
  probeUntil: number;
};

/** So many tries in a row must fail, at so many destinations: one broken chat is no broken vendor. */
const FAILURES = 5;
const DESTINATIONS = 3;
const OPEN = { baseMs: 2_000, capMs: 15_000 } as const;
/** Longer than a call takes; behind an upload a second one may look as well. */
const PROBE_MS = 15_000;
const BEHIND_PROBE_MS = 1_000;

/**
 * Hold the sends of an account back while its vendor is in trouble, and then let one through to see. What waits costs no
 * tries, and a vendor that comes back is not met by all at once. In memory, as the rest of the pacing.
 */
export function createCircuit(): Circuit {
  const troubles = new Map<string, Trouble>();

  return {
    wait(account, now) {
      const trouble = troubles.get(account);
      if (trouble === undefined || trouble.openUntil === 0) return 0;
      if (now < trouble.openUntil) return trouble.openUntil - now;
      if (now < trouble.probeUntil) return BEHIND_PROBE_MS;
      trouble.probeUntil = now + PROBE_MS;
      return 0;
    },
    heard({ account, destination }, sign, now, random) {
      if (sign === null) return;
      if (sign === "up") return void troubles.delete(account);
      const trouble = troubles.get(account) ?? {
        destinations: new Set(),
        failures: 0,
        openings: 0,
        openUntil: 0,
        probeUntil: 0,
      };
      troubles.set(account, trouble);
      trouble.failures += 1;
      trouble.destinations.add(destination);
      if (trouble.failures < FAILURES || trouble.destinations.size < DESTINATIONS) return;
      // Those that were under way together fail together: they open it once.
      if (now < trouble.openUntil) return;
      trouble.openUntil = now + backoffMs(trouble.openings, { ...OPEN, random });
      trouble.openings += 1;
      trouble.probeUntil = 0;
    },
  };
}

/** A refusal is an answer, so that the vendor works; how fast we may be is for the limits to say. */
export function signOf(tried: Delivery | { readonly type: "waiting" }): VendorSign {
  if (tried.type === "waiting") return null;
  if (tried.type === "sent") return "up";
  if (tried.type === "unknown") return "down";
  if (tried.class === "rate") return null;
  return tried.class === "transient" || tried.class === "token" ? "down" : "up";
}
