import type { Clock } from "../ports/clock.ts";
import type { ConnectionEnd, Connector, Intake, Line, Opening } from "../ports/connection.ts";
import type { Logger } from "../ports/logger.ts";
import { backoffMs } from "./backoff.ts";
import { attemptConnection } from "./connection-attempt.ts";
import { type ConnectionHealth, recordHealth } from "./connection-health.ts";
import { endOf, letGo, type Standing } from "./connection-standing.ts";
import type { Counters } from "./hub.ts";
import { countPushes } from "./pushes-under-way.ts";
import { within } from "./within.ts";

const LONGEST_BACKOFF_MS = 60_000;
const FIRST_BACKOFF_MS = 1_000;
/** Settings that a vendor refuses are tried again so often: a person may have put them right at the vendor. */
const REFUSED_MS = 300_000;
/** Whatever a vendor asks for, we look again after an hour. */
const LONGEST_WAIT_MS = 3_600_000;
/** A connection that stood for so long had nothing to do with earlier failures. */
const STEADY_MS = 60_000;
/** A stop waits so long for pushes under way. */
const LANDING_MS = 5_000;

export type KeepOptions = {
  /** "feishu/hq" */
  readonly account: string;
  readonly connector: Connector;
  readonly intake: Intake;
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Waits after failures double up to this; a minute where nothing is said. */
  readonly longestBackoffMs?: number | undefined;
  readonly log: Logger;
  readonly counters: Counters;
};

export type Kept = {
  /** Leads to the connection that stands at the time of the request. */
  readonly line: Line;
  health(): ConnectionHealth;
  /** Let pushes under way finish, close everything, try no more. Resolves within some seconds. */
  stop(): Promise<void>;
};

/**
 * Keep one account connected, from now until it is stopped. One loop, one attempt at a time; two connections only while
 * a retiring one stands until its successor does. Each failure and each short-lived connection makes the next wait longer.
 */
export function keepConnected(options: KeepOptions): Kept {
  const { account, connector, clock, log, counters } = options;
  const stopping = new AbortController();
  const stopped = stopping.signal;
  const health = recordHealth(account, clock);
  const pushes = countPushes(options.intake, log, account);
  let standing: Standing | null = null;
  /** In a row, without a connection that stood for long. */
  let failures = 0;

  /** Try until there is a connection; null when the keeper is stopped before. */
  async function reach(firstWaitMs: number): Promise<Standing | null> {
    for (let waitMs = firstWaitMs; ; ) {
      if (waitMs > 0 && !stopped.aborted) await clock.sleep(waitMs, stopped);
      if (stopped.aborted) return null;
      health.become("connecting");
      health.tried();
      counters.count("connection_attempts", { account });
      const opening = await attemptConnection(connector, pushes.intake, clock, stopped);
      if (opening.type === "open") return { connection: opening.connection, openedAt: clock.now() };
      if (stopped.aborted) return null;
      await dropSilent();
      waitMs = waitAfter(opening);
    }
  }

  function waitAfter(opening: Extract<Opening, { readonly type: "failed" }>): number {
    failures += 1;
    const refused = opening.class === "config";
    const { reason } = opening;
    const least = refused ? REFUSED_MS : backoff();
    const waitMs = Math.min(LONGEST_WAIT_MS, Math.max(least, opening.afterMs ?? 0));
    health.become(refused ? "refused" : "waiting", reason);
    if (refused) log.error("The vendor refuses a long connection.", { account, reason, waitMs });
    else log.warn("A long connection was not reached.", { account, reason, waitMs });
    return waitMs;
  }

  function backoff(): number {
    return backoffMs(failures, {
      baseMs: FIRST_BACKOFF_MS,
      capMs: options.longestBackoffMs ?? LONGEST_BACKOFF_MS,
      random: options.random(),
    });
  }

  /** A retiring connection that has fallen silent as well is of no more use to anybody. */
  async function dropSilent(): Promise<void> {
    if (standing === null || clock.now() < heardAt(standing) + connector.silenceMs) return;
    await drop();
  }

  function heardAt({ connection, openedAt }: Standing): number {
    const at = Math.max(openedAt, connection.heardAt());
    health.heard(at);
    return at;
  }

  /** Nobody is led to it any more once it is being closed. */
  async function drop(): Promise<void> {
    const old = standing;
    standing = null;
    if (old === null) return;
    heardAt(old);
    await letGo(old, clock);
  }

  async function stand(next: Standing): Promise<void> {
    const old = standing;
    standing = next;
    heardAt(next);
    health.become("connected");
    log.info("A long connection is up.", { account });
    if (old !== null) await letGo(old, clock);
  }

  /** What follows the end of a connection: how long to wait before the next attempt, or null for none at all. */
  async function follow(end: ConnectionEnd): Promise<number | null> {
    const { type, reason } = end;
    if (type === "displaced") {
      counters.count("connection_displacements", { account });
      log.error("A long connection was taken over by another process, and stays down here.", {
        account,
        reason,
      });
      health.become("displaced", reason);
      await drop();
      return null;
    }
    const steady = standing !== null && clock.now() >= standing.openedAt + STEADY_MS;
    failures = steady ? 1 : failures + 1;
    if (type === "retiring") {
      const waitMs = failures === 1 ? 0 : backoff();
      health.become(waitMs === 0 ? "connecting" : "waiting", reason);
      log.info("A long connection is asked to move.", { account, reason, waitMs });
      return waitMs;
    }
    counters.count("connection_losses", { account });
    const waitMs = backoff();
    health.become("waiting", reason);
    log.warn("A long connection was lost.", { account, reason, waitMs });
    await drop();
    return waitMs;
  }

  /** Until the end of one connection; null when there shall be no other. */
  async function keepOne(waitMs: number): Promise<number | null> {
    const next = await reach(waitMs);
    if (next === null) return null;
    await stand(next);
    const end = await endOf(next, { clock, silenceMs: connector.silenceMs, stopped });
    if (end.type === "stopped") return null;
    if (end.type !== "silent") return follow(end);
    counters.count("connection_silences", { account });
    return follow({ type: "lost", reason: "the vendor fell silent" });
  }

  async function keep(): Promise<void> {
    for (let waitMs: number | null = 0; waitMs !== null; ) waitMs = await keepOne(waitMs);
    if (stopped.aborted) await within(clock, LANDING_MS, pushes.settled());
    await drop();
  }

  const kept = keep();

  return {
    line: {
      request: async (frame) =>
        standing === null
          ? { type: "unreached", reason: "there is no connection" }
          : standing.connection.request(frame),
    },
    health() {
      if (standing !== null) heardAt(standing);
      return health.read();
    },
    async stop() {
      stopping.abort();
      await kept;
      // Not before: what a vendor sends once would be lost that came while the connection was being closed.
      pushes.refuse();
      await within(clock, LANDING_MS, pushes.settled());
      health.become("stopped", null);
    },
  };
}
