import type { CounterName } from "../../src/app/hub.ts";
import { keepConnected } from "../../src/app/keep-connected.ts";
import type { Intake } from "../../src/ports/connection.ts";
import {
  type AttemptFate,
  createFakeConnector,
  type FakeConnection,
  type FakeConnector,
} from "./fake-connector.ts";
import { createTestClock } from "./test-clock.ts";

const TAKEN = { outcome: null, after: async () => {} };

/** One account under a keeper, with a vendor that does as it is told and a clock that is moved by hand. */
export function keeperBench(
  over: {
    readonly intake?: Intake;
    readonly random?: () => number;
    /** What the first attempts come to. */
    readonly fates?: readonly AttemptFate[];
    readonly onOpen?: FakeConnector["onOpen"];
  } = {},
) {
  const clock = createTestClock();
  const fake = createFakeConnector(() => clock.now());
  fake.fates.push(...(over.fates ?? []));
  if (over.onOpen !== undefined) fake.onOpen = over.onOpen;
  const counts = new Map<CounterName, number>();
  const logged: string[] = [];
  let asleep = 0;
  const write = (level: string) => (message: string, fields?: object) => {
    logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  };
  const kept = keepConnected({
    account: "fake/a",
    connector: fake.connector,
    intake: over.intake ?? (async () => TAKEN),
    clock: {
      now: clock.now,
      async sleep(ms, signal) {
        asleep += 1;
        // A signal for each sleep, because the test clock goes on listening to those that it has heard.
        await clock.sleep(ms, signal === undefined ? undefined : AbortSignal.any([signal]));
        asleep -= 1;
      },
    },
    random: over.random ?? (() => 0.5),
    log: { debug() {}, info: write("info"), warn: write("warn"), error: write("error") },
    counters: { count: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1) },
  });

  return {
    clock,
    fake,
    kept,
    counts,
    logged,
    /** How many timers are set. */
    asleep: () => asleep,
    /** The newest connection that stands. */
    newest(): FakeConnection {
      const newest = [...fake.open].at(-1);
      if (newest === undefined) throw new Error("No connection stands.");
      return newest;
    },
    /** Let time go by, everybody acting in every second of it. */
    async pass(ms: number): Promise<void> {
      await rest();
      for (let gone = 0; gone < ms; gone += 1_000) {
        clock.advance(Math.min(1_000, ms - gone));
        await rest();
      }
    },
    /** Stop, and let what it waits for at most go by. */
    async stopped(): Promise<void> {
      let over = false;
      const stop = kept.stop().then(() => {
        over = true;
      });
      for (let second = 0; second < 60 && !over; second += 1) await this.pass(1_000);
      await stop;
    },
  };
}

/** Let everything go on that waits for no time. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1)
    await new Promise<void>((resolve) => setImmediate(resolve));
}
