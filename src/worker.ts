import type { Context, Hono } from "hono";
import type { RunningHub } from "./app/hub.ts";
import { createVisitorFeed } from "./app/visitor-feed.ts";
import { assemble } from "./assemble.ts";
import { openSession } from "./channels/web/session.ts";
import { formatProblem } from "./config/problem.ts";
import { ConfigError, compileText, importConfiguration, registerCallbacks } from "./configure.ts";
import { adminRoutes } from "./http/admin.ts";
import { routes } from "./http/routes.ts";
import { catalogs } from "./locales/catalogs.ts";
import type { Logger } from "./ports/logger.ts";
import type { Store } from "./ports/store.ts";
import { type CloudflareQueue, createCloudflareQueue, type WakeUp } from "./queue/cloudflare.ts";
import { type MadeSetup, makeSetup } from "./setup.ts";
import { createD1Driver } from "./store/d1.ts";
import { createSqlStore } from "./store/sql-store.ts";
import { systemClock } from "./system-clock.ts";
import { sameText } from "./wire/bytes.ts";

/** Bindings of wrangler.toml, and the secrets that the configuration names as `${…}`. */
export type WorkerEnv = {
  readonly DB: D1Database;
  readonly WAKE: globalThis.Queue<WakeUp>;
  readonly LOOPDESK_ADMIN_TOKEN?: string;
};

const BACKLOG_LIMIT = 20_000;
/** A page that hangs on another isolate than the one that delivers looks for news this often. */
const LOOK_MS = 2_000;

type Isolate = {
  readonly store: Store;
  readonly queue: CloudflareQueue;
  readonly running: RunningHub;
  readonly app: Hono;
  /** Take up the active configuration if it changed; false while there is none. */
  ready(): Promise<boolean>;
};

let isolate: Isolate | null = null;

function isolateOf(env: WorkerEnv): Isolate {
  isolate ??= createIsolate(env);
  return isolate;
}

function createIsolate(env: WorkerEnv): Isolate {
  const store = createSqlStore(createD1Driver(env.DB));
  const clock = systemClock;
  const feed = createVisitorFeed(store, clock);
  const queue = createCloudflareQueue((wakeUps) => env.WAKE.sendBatch(wakeUps.map((body) => ({ body }))));
  const deps = { fetch: (...call: Parameters<typeof fetch>) => fetch(...call), clock, log, visitors: feed };
  const secrets = env as unknown as Readonly<Record<string, string | undefined>>;
  let made: MadeSetup | null = null;
  const current = (): MadeSetup => {
    if (made === null) throw new Error("There is no configuration yet: push one with `loopdesk push`.");
    return made;
  };
  const running = assemble({
    store,
    clock,
    log,
    catalogs,
    counters: { count() {} },
    random: Math.random,
    backlogLimit: BACKLOG_LIMIT,
    concurrency: 8,
    wakeElsewhere: queue,
    setup: () => current().setup,
  });
  const isOperator = (c: Context): boolean =>
    env.LOOPDESK_ADMIN_TOKEN !== undefined && sameText(c.req.header("authorization") ?? "", `Bearer ${env.LOOPDESK_ADMIN_TOKEN}`);

  const app = routes({
    running,
    afterReply: (c, task) => c.executionCtx.waitUntil(task(true).then(queue.flush)),
    metrics: null,
    isOperator,
    watch: {
      onAppend(_account, _visitor, listener) {
        const timer = setInterval(listener, LOOK_MS);
        return () => clearInterval(timer);
      },
      origins: (account) => made?.webs.get(account)?.allowed_origins ?? [],
      async visitorOf(account, token) {
        const web = made?.webs.get(account);
        return web === undefined ? null : ((await openSession(token, web.secret, clock.now()))?.visitor ?? null);
      },
    },
  });
  app.route(
    "/",
    adminRoutes({
      isOperator,
      async configure({ yaml, directory }) {
        try {
          const loaded = await compileText(yaml, secrets);
          await importConfiguration(store, directory === null ? loaded : { ...loaded, directory }, clock.now());
          await registerCallbacks(loaded, deps, loaded.policy.hub.publicUrl);
          return [];
        } catch (error) {
          if (error instanceof ConfigError) return error.problems.map((problem) => formatProblem(problem, "en"));
          throw error;
        }
      },
    }),
  );

  async function ready(): Promise<boolean> {
    const row = await store.activeConfig();
    if (row === null) return false;
    if (made?.setup.policy.hash === row.hash) return true;
    const loaded = await compileText(row.yaml, secrets);
    made = makeSetup(loaded.policy, loaded.accounts, deps);
    return true;
  }

  return { store, queue, running, app, ready };
}

const log: Logger = {
  debug: (message, fields) => write("debug", message, fields),
  info: (message, fields) => write("info", message, fields),
  warn: (message, fields) => write("warn", message, fields),
  error: (message, fields) => write("error", message, fields),
};

function write(level: string, message: string, fields: object = {}): void {
  // biome-ignore lint/suspicious/noConsole: on Workers the console is the log.
  console.log(JSON.stringify({ level, message, ...fields }));
}

const FREE = new Set(["/healthz", "/admin/config"]);

export default {
  async fetch(request: Request, env: WorkerEnv, context: ExecutionContext): Promise<Response> {
    const { app, queue, ready } = isolateOf(env);
    if (!FREE.has(new URL(request.url).pathname) && !(await ready())) {
      return new Response("This hub has no configuration yet. Push one with `loopdesk push`.", { status: 503, headers: { "retry-after": "60" } });
    }
    const response = await app.fetch(request, env, context);
    context.waitUntil(queue.flush());
    return response;
  },

  /** Wake-ups: work the mailboxes that have mail, then send what came of it. */
  async queue(batch: MessageBatch<WakeUp>, env: WorkerEnv): Promise<void> {
    const { running, ready } = isolateOf(env);
    if (await ready()) await running.settle();
    batch.ackAll();
  },

  /** The sweep: whatever is due, whether or not a wake-up told of it. */
  async scheduled(_event: ScheduledController, env: WorkerEnv): Promise<void> {
    const { running, ready } = isolateOf(env);
    if (await ready()) await running.settle();
  },
} satisfies ExportedHandler<WorkerEnv, WakeUp>;
