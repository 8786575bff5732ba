import { getRequestListener, type HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { RunningHub } from "./app/hub.ts";
import { createVisitorFeed } from "./app/visitor-feed.ts";
import { assemble } from "./assemble.ts";
import { openSession } from "./channels/web/session.ts";
import { routes } from "./http/routes.ts";
import { catalogs } from "./locales/catalogs.ts";
import { createMetrics } from "./metrics.ts";
import { afterReply } from "./node-after-reply.ts";
import { createNodeHooks } from "./node-hooks.ts";
import { hostInUrl, listen } from "./node-listen.ts";
import { isOperator } from "./node-operator.ts";
import type { Clock } from "./ports/clock.ts";
import type { Logger } from "./ports/logger.ts";
import type { Store } from "./ports/store.ts";
import type { RegistryDeps } from "./registry.ts";
import type { MadeSetup } from "./setup.ts";
import { type DataKind, openSqliteStore } from "./store/open-sqlite.ts";
import { systemClock } from "./system-clock.ts";

/** More unworked mail than this, and vendors are told to come again. */
const BACKLOG_LIMIT = 20_000;
/** Mailboxes worked at once. */
const CONCURRENCY = 64;

export type NodeHubOptions = {
  readonly dataFolder: string;
  /** Data of the other kind is refused. */
  readonly dataKind?: DataKind;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly log: Logger;
  /** Who has it may see metrics from another machine; null lets nobody. */
  readonly adminToken: string | null;
  readonly clock?: Clock;
  /** Stand between the hub and its store: how a test stops the process at a chosen commit. */
  readonly wrapStore?: (store: Store) => Store;
  /** Make the set-up, once the store is open and the address is known. */
  makeSetup(
    deps: Omit<RegistryDeps, "account">,
    context: { readonly store: Store; readonly url: string },
  ): Promise<MadeSetup>;
  /** Routes beside the hub's own: the console, the simulators. */
  mount?(app: Hono, context: { readonly url: string }): void;
};

export type NodeHub = {
  readonly url: string;
  readonly running: RunningHub;
  /** What channels are made with, for a new set-up. */
  readonly deps: Omit<RegistryDeps, "account">;
  /** Work with another set-up from now on. */
  use(made: MadeSetup): void;
  /** Finish or give back what is in hand, close the store, free the port. */
  stop(): Promise<void>;
};

/** Start a hub on Node: SQLite in a folder of its own, one process, HTTP. Resolves once it answers. */
export async function startNodeHub(options: NodeHubOptions): Promise<NodeHub> {
  const { log, clock = systemClock, wrapStore = (inner: Store): Store => inner } = options;
  const store = wrapStore(
    openSqliteStore(options.dataFolder, () => clock.now(), { kind: options.dataKind }),
  );
  const feed = createVisitorFeed(store, clock);
  const metrics = createMetrics(() => store.backlog());
  const deps = { fetch: globalThis.fetch, clock, log, visitors: feed };
  let made: MadeSetup | null = null;
  const current = (): MadeSetup => {
    if (made === null) throw new Error("The set-up is not made yet.");
    return made;
  };
  const running = assemble({
    store,
    clock,
    log,
    catalogs,
    counters: metrics.counters,
    random: Math.random,
    backlogLimit: BACKLOG_LIMIT,
    concurrency: CONCURRENCY,
    setup: () => current().setup,
  });
  const app = routes({
    running,
    afterReply: (c, task) => afterReply(bindingsOf(c).outgoing, task, log),
    metrics: metrics.page,
    isOperator: (c) => isOperator(bindingsOf(c).incoming, options.adminToken),
    watch: {
      onAppend: feed.onAppend,
      ended: feed.ended,
      origins: (account) => current().webs.get(account)?.allowed_origins ?? [],
      visitorOf: async (account, token) => {
        const web = current().webs.get(account);
        return web === undefined
          ? null
          : ((await openSession(token, web.secret, clock.now()))?.visitor ?? null);
      },
    },
  });
  const takePush = createNodeHooks({
    running,
    afterReply: (outgoing, task) => afterReply(outgoing, task, log),
  });
  let ready = false;
  const answer = getRequestListener(
    (request, env) =>
      ready
        ? app.fetch(request, env)
        : new Response("starting", { status: 503, headers: { "retry-after": "1" } }),
    { hostname: hostInUrl(options.host) },
  );
  const { url, close } = await listen((incoming, outgoing) => {
    if (!ready || !takePush(incoming, outgoing)) void answer(incoming, outgoing);
  }, options);
  try {
    options.mount?.(app, { url });
    made = await options.makeSetup(deps, { store, url });
  } catch (error) {
    await close();
    await store.close();
    throw error;
  }
  running.start();
  ready = true;
  return {
    url,
    running,
    deps,
    use(next) {
      made = next;
    },
    async stop() {
      feed.end();
      await close();
      await running.stop();
      await store.close();
    },
  };
}

/** Node's own side of a request, which the server hands to Hono with each. */
function bindingsOf(c: Context): HttpBindings {
  return c.env as HttpBindings;
}
