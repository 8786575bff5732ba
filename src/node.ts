import { getRequestListener, type HttpBindings } from "@hono/node-server";
import type { Context, Hono } from "hono";
import type { RunningHub } from "./app/hub.ts";
import { reasonOf } from "./app/step-error.ts";
import { createVisitorFeed } from "./app/visitor-feed.ts";
import { assemble } from "./assemble.ts";
import { openSession } from "./channels/web/session.ts";
import { routes } from "./http/routes.ts";
import { catalogs } from "./locales/catalogs.ts";
import { createMetrics } from "./metrics.ts";
import { afterReply } from "./node-after-reply.ts";
import { type ConnectionOptions, createNodeConnections } from "./node-connections.ts";
import { createNodeHooks } from "./node-hooks.ts";
import { hostInUrl, listen, type UpgradingServer } from "./node-listen.ts";
import { isOperator } from "./node-operator.ts";
import type { Clock } from "./ports/clock.ts";
import type { Logger } from "./ports/logger.ts";
import type { Store } from "./ports/store.ts";
import type { MadeSetup, SetupDeps } from "./setup.ts";
import { type DataKind, openSqliteStore } from "./store/open-sqlite.ts";
import { systemClock } from "./system-clock.ts";

/** More unworked mail than this, and vendors are told to come again. */
const BACKLOG_LIMIT = 20_000;
/** Mailboxes worked at once. */
const CONCURRENCY = 64;

export type NodeHubOptions = ConnectionOptions & {
  readonly dataFolder: string;
  /** Data of the other kind is refused. */
  readonly dataKind?: DataKind;
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  readonly log: Logger;
  /** Who has it may see metrics from another machine; null lets nobody. */
  readonly adminToken: string | null;
  /** What our own links are signed with; without it a random secret that is kept with the data. */
  readonly key?: string;
  readonly clock?: Clock;
  /** Stand between the hub and its store: how a test stops the process at a chosen commit. */
  readonly wrapStore?: (store: Store) => Store;
  /** Make the set-up, once the store is open and the address is known. */
  makeSetup(
    deps: SetupDeps,
    context: { readonly store: Store; readonly url: string },
  ): Promise<MadeSetup>;
  /** Routes and sockets beside the hub's own: the console, the simulators. What it returns is called when the hub stops. */
  mount?(
    app: Hono,
    context: { readonly url: string; readonly server: UpgradingServer },
  ): undefined | (() => Promise<void>);
};

export type NodeHub = {
  readonly url: string;
  readonly running: RunningHub;
  /** What channels are made with, for a new set-up. */
  readonly deps: SetupDeps;
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
  const metrics = createMetrics({
    backlog: () => store.backlog(),
    connections: () => connections.health(),
  });
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
    ...(options.key === undefined ? {} : { key: options.key }),
    setup: () => current().setup,
  });
  const { fetch } = globalThis;
  const connections = createNodeConnections(running, fetch, options);
  const deps = { fetch, clock, log, visitors: feed, lineOf: connections.lineOf };
  const app = routes({
    running,
    connections: connections.health,
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
  const { url, server, close } = await listen((incoming, outgoing) => {
    if (!ready || !takePush(incoming, outgoing)) void answer(incoming, outgoing);
  }, options);
  let unmount: undefined | (() => Promise<void>);
  try {
    unmount = options.mount?.(app, { url, server });
    made = await options.makeSetup(deps, { store, url });
    // So that nobody is told "ready" before `/readyz` knows of the connections.
    await connections.use(made.connected);
  } catch (error) {
    await unmount?.();
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
      connections
        .use(next.connected)
        .catch((error: unknown) =>
          log.error("The long connections were not changed.", { error: reasonOf(error) }),
        );
    },
    async stop() {
      // First what brings new pushes by itself, while everything that answers them still works.
      await connections.stop();
      feed.end();
      await unmount?.();
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
