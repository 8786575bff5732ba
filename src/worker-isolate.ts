import type { Hub } from "./app/hub.ts";
import type { Resting } from "./app/look-up-people.ts";
import { createVisitorFeed } from "./app/visitor-feed.ts";
import { attachmentStore } from "./attachment-stores.ts";
import type { Loaded } from "./config/load.ts";
import { formatProblem } from "./config/problem.ts";
import { ConfigError, compileRow } from "./configure.ts";
import { lookOnce } from "./people.ts";
import type { ConfigRow } from "./ports/batch.ts";
import type { Logger } from "./ports/logger.ts";
import type { Store } from "./ports/store.ts";
import type { RegistryDeps } from "./registry.ts";
import { type MadeSetup, makeSetup, trainedWhenAsked } from "./setup.ts";
import { createD1Driver } from "./store/d1.ts";
import { createSqlStore } from "./store/sql-store.ts";
import { systemClock } from "./system-clock.ts";

/** How long an isolate believes what it knows of the backlog. */
const BACKLOG_MS = 5_000;

/** What the requests of one isolate share. Nothing in it waits for anything, because a request may be cut off. */
export type Isolate = {
  readonly store: Store;
  /** What channels are made with. */
  readonly deps: Omit<RegistryDeps, "account">;
  /** What the configuration's `${NAME}` stand for. */
  readonly secrets: Readonly<Record<string, string>>;
  /**
   * The set-up of the configuration that is active now: made once for each change, the last good one while the newest
   * cannot be used; null where there is none.
   */
  setup(): Promise<MadeSetup | null>;
  /** Look agents up who are due. What is found is active from then on. */
  lookUp(hub: Hub): Promise<void>;
  /** Ticket numbers that are reserved and not yet used. */
  readonly numbers: number[];
  /** How much mail waited to be worked when somebody last looked. */
  backlog(): number;
  /** Look, unless somebody did a moment ago. */
  lookAtBacklog(): Promise<void>;
};

export function createIsolate(env: object, db: D1Database, log: Logger): Isolate {
  const clock = systemClock;
  const store = createSqlStore(createD1Driver(db));
  const visitors = createVisitorFeed(store, clock);
  const deps = {
    fetch: (...call: Parameters<typeof fetch>) => fetch(...call),
    clock,
    log,
    visitors,
  };
  const secrets = textsIn(env);
  const active = followActive(store, secrets, deps);
  const resting: Resting = new Map();
  let backlog = 0;
  let lookedAt = 0;
  return {
    store,
    deps,
    secrets,
    numbers: [],
    setup: active.setup,
    async lookUp(hub) {
      const loaded = active.loaded();
      if (loaded !== null) await lookOnce(hub, loaded, resting);
    },
    backlog: () => backlog,
    async lookAtBacklog() {
      if (clock.now() < lookedAt + BACKLOG_MS) return;
      lookedAt = clock.now();
      backlog = await store.backlog();
    },
  };
}

function textsIn(env: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

function followActive(
  store: Store,
  secrets: Isolate["secrets"],
  deps: Isolate["deps"],
): { setup: Isolate["setup"]; loaded(): Loaded | null } {
  let made: MadeSetup | null = null;
  let loaded: Loaded | null = null;
  let tried: string | null = null;

  async function make(row: ConfigRow): Promise<void> {
    const { hash } = row;
    try {
      loaded = await compileRow(row, secrets);
      const { policy, accounts, config } = loaded;
      const attachments = attachmentStore(config.attachments, deps.fetch, null);
      made = makeSetup(policy, accounts, deps, trainedWhenAsked(policy), attachments);
      deps.log.info("The configuration is in force.", { hash });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      const problems = error.problems.map((problem) => formatProblem(problem, "en")).join("\n");
      deps.log.error("The active configuration cannot be used here.", { hash, problems });
    }
    tried = hash;
  }

  async function setup(): Promise<MadeSetup | null> {
    const row = await store.activeConfig();
    if (row === null) return null;
    if (row.hash !== tried) await make(row);
    return made;
  }

  return { setup, loaded: () => loaded };
}
