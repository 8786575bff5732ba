import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Hono } from "hono";
import type { Account } from "../../src/app/hub.ts";
import { createVisitorFeed, type WatchedFeed } from "../../src/app/visitor-feed.ts";
import { openSession } from "../../src/channels/web/session.ts";
import { web } from "../../src/channels/web/web.ts";
import { routes } from "../../src/http/routes.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Store } from "../../src/ports/store.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { createTestHub, type TestHub } from "./hub.ts";

export const ORIGIN = "https://shop.example.com";
const SECRET = "a made-up secret that signs sessions of visitors";

export type WebStage = {
  readonly hub: TestHub;
  readonly app: Hono;
  readonly feed: WatchedFeed;
  readonly clock: SleepClock;
  /** Names of the store's functions that were called, in order. */
  readonly calls: string[];
  /** How many streams hang on the feed. */
  listening(): number;
  /** Resolves as soon as no more and no fewer do. */
  whenListening(count: number): Promise<void>;
  /** What the store answers every question for a feed with, instead of the feed; null for the feed. */
  failure: Error | null;
  post(path: string, body: unknown, token?: string, origin?: string): Promise<Response>;
  visit(token?: string): Promise<{ readonly token: string; readonly visitor: string }>;
  close(): Promise<void>;
};

/** A hub with the web chats `shop` and, disabled, `closed`, and all its public routes. Nothing runs by itself. */
export function createWebStage(): WebStage {
  const clock = createSleepClock();
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-web-"));
  const calls: string[] = [];
  const store = watched(
    openSqliteStore(folder, () => clock.now()),
    (name) => {
      calls.push(name);
      if (name === "visitorEvents" && stage.failure !== null) throw stage.failure;
    },
  );
  const feed = createVisitorFeed(store, clock);
  const accounts = new Map<string, Account>();
  const hub = createTestHub({
    store,
    clock: Object.assign(clock, { auto: false }),
    setup: { accounts },
  });
  for (const id of ["fake/a", "fake/b"]) accounts.set(id, hub.account(id));
  for (const name of ["shop", "closed"]) {
    const id = `web/${name}`;
    const config = { allowed_origins: [ORIGIN], secret: SECRET, session_days: 30, enabled: true };
    const deps = { fetch, clock, log: hub.hub.log, account: id, visitors: feed };
    const channel = web.create(config, deps);
    accounts.set(id, { id, enabled: name === "shop", feeds: web.feeds, channel });
  }
  let listening = 0;
  const waiters = new Set<() => void>();
  const listen = (change: number): void => {
    listening += change;
    for (const check of waiters) check();
  };
  const app = routes({
    running: hub,
    afterReply: (_context, task) => void task(true),
    metrics: null,
    isOperator: () => false,
    watch: {
      ended: feed.ended,
      onAppend(...watch) {
        listen(1);
        const stop = feed.onAppend(...watch);
        return () => {
          stop();
          listen(-1);
        };
      },
      origins: (account) => (account === "web/shop" ? [ORIGIN] : []),
      visitorOf: async (_account, token) =>
        (await openSession(token, SECRET, clock.now()))?.visitor ?? null,
    },
  });
  const stage: WebStage = {
    hub,
    app,
    feed,
    clock,
    calls,
    listening: () => listening,
    whenListening: (count) =>
      new Promise((resolve) => {
        const check = (): void => (listening === count ? resolve() : undefined);
        waiters.add(check);
        check();
      }),
    failure: null,
    async post(path, body, token, origin) {
      const headers = {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(origin === undefined ? {} : { origin }),
      };
      return app.request(path, { method: "POST", headers, body: JSON.stringify(body) });
    },
    async visit(token) {
      return (await stage.post("/web/shop/session", {}, token)).json();
    },
    async close() {
      await hub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** The store, telling of every call before it is made. */
function watched(store: Store, tell: (name: string) => void): Store {
  return new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return async (...input: unknown[]) => {
        tell(String(name));
        return value.apply(target, input);
      };
    },
  });
}

export type SleepClock = Clock & {
  /** Resolves as soon as `count` sleep at once. */
  whenAsleep(count: number): Promise<void>;
  /** Let time pass; whoever slept until then wakes. */
  advance(ms: number): void;
};

/** A clock that stands still, and can say when everybody waits for it. */
function createSleepClock(start = 1_700_000_000_000): SleepClock {
  let now = start;
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  const waiters = new Set<{ readonly count: number; go(): void }>();
  const check = (): void => {
    for (const waiter of waiters) if (sleepers.size >= waiter.count) waiter.go();
  };
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const sleeper = {
          until: now + ms,
          wake() {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", sleeper.wake, { once: true });
        check();
      }),
    whenAsleep: (count) =>
      new Promise((resolve) => {
        waiters.add({ count, go: resolve });
        check();
      }),
    advance(ms) {
      now += ms;
      for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake();
    },
  };
}
