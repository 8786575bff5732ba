import type { Clock } from "../ports/clock.ts";

export type ConnectionState =
  /** An attempt is under way. */
  | "connecting"
  | "connected"
  /** The next attempt comes after a while. */
  | "waiting"
  /** Another process has taken it over: down until the account's configuration changes or the hub starts anew. */
  | "displaced"
  /** The vendor refuses our settings or rights. Tried again now and then, in case a person has changed them there. */
  | "refused"
  | "stopped";

/** How an account's long connection is, for operators. */
export type ConnectionHealth = {
  /** "feishu/hq" */
  readonly account: string;
  readonly state: ConnectionState;
  /** When this state began, ms UTC. */
  readonly since: number;
  /** When the vendor was last heard over it, ms UTC; null: not yet. */
  readonly lastHeardAt: number | null;
  /** How often we have tried since it last stood. */
  readonly attempts: number;
  /** Why it does not stand, as the vendor or the network said; null while it does. Without secrets. */
  readonly reason: string | null;
};

/** Vendors' words are cut off here. */
const LONGEST_REASON = 200;

export type HealthRecord = {
  /** A state begins, or goes on for another reason. A state that can have none drops the reason. */
  become(state: ConnectionState, reason?: string | null): void;
  tried(): void;
  heard(at: number): void;
  read(): ConnectionHealth;
};

/** Keep the record of one account's connection, which begins as an attempt. */
export function recordHealth(account: string, clock: Clock): HealthRecord {
  let health: ConnectionHealth = {
    account,
    state: "connecting",
    since: clock.now(),
    lastHeardAt: null,
    attempts: 0,
    reason: null,
  };

  return {
    become(state, reason = health.reason) {
      const since = state === health.state ? health.since : clock.now();
      const up = state === "connected";
      const why = up ? null : (reason?.slice(0, LONGEST_REASON) ?? null);
      health = { ...health, state, since, reason: why, attempts: up ? 0 : health.attempts };
    },
    tried() {
      health = { ...health, attempts: health.attempts + 1 };
    },
    heard(at) {
      health = { ...health, lastHeardAt: Math.max(at, health.lastHeardAt ?? at) };
    },
    read: () => health,
  };
}
