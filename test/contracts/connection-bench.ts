import type { Inbound } from "../../src/core/message.ts";
import type { ChannelDeps } from "../../src/ports/channel.ts";
import type { Connector, Intake, OpenConnection, Taken } from "../../src/ports/connection.ts";
import { createManualClock } from "../../src/simulator/manual-clock.ts";
import { createBench } from "./channel-fakes.ts";
import { NOW } from "./channel-subject.ts";

export type Handed = { readonly feed: string; readonly items: readonly Inbound[] };

/** A hub that takes what it is handed as it is told to by `set`, and remembers all of it. */
export function createHub() {
  const handed: Handed[] = [];
  const left: boolean[] = [];
  const taken = (outcome: Taken["outcome"] = null): Taken => ({
    outcome,
    after: async (gone) => void left.push(gone),
  });
  let take = async (): Promise<Taken> => taken();
  const intake: Intake = (feed, items) => {
    handed.push({ feed, items });
    return take();
  };
  return {
    intake,
    /** What becomes of the next pushes. */
    set(next: () => Promise<Taken>) {
      take = next;
    },
    taken,
    handed,
    /** What each `after` was told, in order. */
    left,
    items: () => handed.flatMap(({ items }) => items),
  };
}

/** Everything a connector is given: the real `fetch`, a clock to turn by hand, and a log that is kept. */
export function createConnectorDeps() {
  const clock = createManualClock(NOW);
  const { deps: fakes, lines } = createBench();
  const deps: ChannelDeps = {
    log: fakes.log,
    fetch: (input, init) => fetch(input, init),
    clock: {
      now: clock.now,
      sleep: (ms, signal) => clock.sleep(ms, signal ?? new AbortController().signal),
    },
  };
  return { clock, deps, lines };
}

/** The connection that an attempt opened. */
export async function opened(connector: Connector, intake: Intake): Promise<OpenConnection> {
  const opening = await connector.open(intake, new AbortController().signal);
  if (opening.type === "open") return opening.connection;
  throw new Error(`expected an open connection: ${opening.class}, ${opening.reason}`);
}
