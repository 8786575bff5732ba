import type { Clock } from "../ports/clock.ts";
import type { ConnectionEnd, OpenConnection } from "../ports/connection.ts";
import { within } from "./within.ts";

/** A connection that does not close by itself is left to its fate after so long. */
const CLOSING_MS = 10_000;

/** A connection that stands, and since when, ms UTC. */
export type Standing = { readonly connection: OpenConnection; readonly openedAt: number };

export type Ending =
  | ConnectionEnd
  /** Nothing was heard for too long: the peer is dead, whatever the socket says. */
  | { readonly type: "silent" }
  | { readonly type: "stopped" };

/** Watch a connection until it ends, falls silent, or `stopped` fires. */
export async function endOf(
  { connection, openedAt }: Standing,
  options: { readonly clock: Clock; readonly silenceMs: number; readonly stopped: AbortSignal },
): Promise<Ending> {
  const { clock, silenceMs, stopped } = options;
  for (;;) {
    const heardAt = connection.heardAt();
    const began = clock.now();
    const due = Math.max(openedAt, heardAt) + silenceMs;
    // A clock that was put back must not make a dead peer look alive for as long.
    const left = Math.min(silenceMs, Math.max(0, due - began));
    // How it ended says more than its silence, so that is asked first.
    const end = await within(clock, left, connection.ended, stopped);
    if (end !== null) return end;
    if (stopped.aborted) return { type: "stopped" };
    if (connection.heardAt() === heardAt && clock.now() >= began + left) return { type: "silent" };
  }
}

/** Close a connection. Never rejects, and takes no longer than some seconds. */
export async function letGo({ connection }: Standing, clock: Clock): Promise<void> {
  const closed = connection.close().catch(() => {
    // Its port promises otherwise; there is nothing more to do with it either way.
  });
  await within(clock, CLOSING_MS, closed);
}
