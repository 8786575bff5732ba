import type { Clock } from "../ports/clock.ts";
import type { Connector, Intake, Opening } from "../ports/connection.ts";
import { letGo } from "./connection-standing.ts";
import { within } from "./within.ts";

/** One attempt may take so long: a call for an address, a handshake, a sign-in. */
const ATTEMPT_MS = 30_000;
/** An attempt that was told to give up has so long to do it. */
const GIVE_UP_MS = 5_000;

type Failed = Extract<Opening, { readonly type: "failed" }>;

/**
 * One attempt to connect, bounded in time. Never rejects, also where the connector does. A connection that comes after
 * all, too late for anybody, is closed.
 */
export async function attemptConnection(
  connector: Connector,
  intake: Intake,
  clock: Clock,
  stopped: AbortSignal,
): Promise<Opening> {
  const giveUp = new AbortController();
  const opening = openWith(connector, intake, giveUp.signal);
  const opened = await within(clock, ATTEMPT_MS, opening, stopped);
  if (opened !== null) return opened;
  giveUp.abort();
  const late = await within(clock, GIVE_UP_MS, opening);
  if (late === null) void opening.then((opened) => closeUnused(opened, clock));
  return late ?? failed("it took too long");
}

async function openWith(
  connector: Connector,
  intake: Intake,
  signal: AbortSignal,
): Promise<Opening> {
  try {
    return await connector.open(intake, signal);
  } catch (error) {
    return failed(error instanceof Error ? error.name : "error");
  }
}

async function closeUnused(opening: Opening, clock: Clock): Promise<void> {
  if (opening.type !== "open") return;
  await letGo({ connection: opening.connection, openedAt: clock.now() }, clock);
}

function failed(reason: string): Failed {
  return { type: "failed", class: "transient", afterMs: null, reason };
}
