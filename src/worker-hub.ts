import type { RunningHub } from "./app/hub.ts";
import { createNumbers } from "./app/ticket-numbers.ts";
import { assemble } from "./assemble.ts";
import { catalogs } from "./locales/catalogs.ts";
import type { Logger } from "./ports/logger.ts";
import type { Queue } from "./ports/queue.ts";
import type { MadeSetup } from "./setup.ts";
import { createD1Driver } from "./store/d1.ts";
import { createSqlStore } from "./store/sql-store.ts";
import type { Driver } from "./store/statement.ts";
import { systemClock } from "./system-clock.ts";

/** D1 runs at most 1000 statements for one invocation, those of a batch counted singly; what is in hand needs the rest. */
const STATEMENTS = 300;
const LONG_MS = 20_000;
/** Ticket numbers that an isolate reserves at once. */
const NUMBERS = 10;
/** Mailboxes worked at once. */
const CONCURRENCY = 8;

export type Invocation = {
  readonly running: RunningHub;
  /** Has this invocation done as much as it should? The next one goes on from there. */
  enough(): boolean;
  /** Has it asked the database as often as it should? */
  spent(): boolean;
};

/**
 * A hub for one invocation of the Worker.
 *
 * Each has its own, because what waits for another request's database or vendor waits for ever when the runtime cuts that
 * request off. They share what is only there: the set-up, and the ticket numbers in `numbers`.
 */
export function beginInvocation(options: {
  readonly db: D1Database;
  readonly queue: Queue;
  readonly log: Logger;
  readonly numbers: number[];
  readonly key?: string;
  setup(): MadeSetup;
}): Invocation {
  const clock = systemClock;
  const begun = clock.now();
  let statements = 0;
  const spent = (): boolean => statements >= STATEMENTS;
  const enough = (): boolean => spent() || clock.now() - begun >= LONG_MS;
  const driver = counted(createD1Driver(options.db), (count) => {
    statements += count;
  });
  const store = createSqlStore(driver);
  const numbers = createNumbers(store, NUMBERS, options.numbers);
  const running = assemble({
    store,
    clock,
    log: options.log,
    catalogs,
    counters: { count() {} },
    random: Math.random,
    backlogLimit: Number.POSITIVE_INFINITY, // an invocation is too short to know; the isolate looks
    concurrency: CONCURRENCY,
    fleeting: { queue: options.queue, enough, numbers },
    ...(options.key === undefined ? {} : { key: options.key }),
    setup: () => options.setup().setup,
  });
  return { running, enough, spent };
}

function counted(driver: Driver, count: (statements: number) => void): Driver {
  return {
    ...driver,
    batch(statements, hurry) {
      count(statements.length);
      return driver.batch(statements, hurry);
    },
    all(statement) {
      count(1);
      return driver.all(statement);
    },
  };
}
