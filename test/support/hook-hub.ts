import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CounterName, RunningHub } from "../../src/app/hub.ts";
import { createVisitorFeed } from "../../src/app/visitor-feed.ts";
import { assemble } from "../../src/assemble.ts";
import { routes } from "../../src/http/routes.ts";
import { catalogs } from "../../src/locales/catalogs.ts";
import type { Batch } from "../../src/ports/batch.ts";
import type { RawRequest } from "../../src/ports/channel.ts";
import type { LogFields } from "../../src/ports/logger.ts";
import { EXPORT_TABLES, type Store } from "../../src/ports/store.ts";
import { makeSetup } from "../../src/setup.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { NOW } from "../contracts/channel-subject.ts";
import type { HookCase, Pressed, Said } from "./hook-case.ts";
import { hookPolicy } from "./hook-policy.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export type HookHub = {
  readonly running: RunningHub;
  readonly store: Store;
  readonly clock: TestClock;
  /** Every log line so far. */
  readonly logged: readonly string[];
  /** The bodies of all error replies so far. */
  readonly errors: readonly string[];
  /** Our calls to the vendor so far. */
  readonly calls: readonly Request[];
  /** Send a request to the hub's routes; what follows the reply is done too. */
  ask(request: Request, left?: boolean): Promise<Reply>;
  /** Push something to the channel's address of that feed. */
  push(raw: RawRequest, feed: string, left?: boolean): Promise<Reply>;
  say(said: Said): Promise<Reply>;
  /** Click; `left` is false when the reply is lost on its way. */
  press(pressed: Pressed, left?: boolean): Promise<Reply>;
  /** Wait until all mail is worked and everything is done that is due now. */
  settle(): Promise<void>;
  counted(name: CounterName): number;
  /** How many rows there are in all tables that hold what came in or what follows from it. */
  stored(): Promise<number>;
  close(): Promise<void>;
};

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: string };

export type HookHubOptions = {
  readonly backlogLimit?: number;
  readonly enabled?: boolean;
  /** How the vendor answers, where it is not as the case says. */
  readonly vendor?: HookCase["vendor"];
  /** Runs before each commit; a commit waits for it. */
  readonly beforeCommit?: (batch: Batch) => Promise<void>;
};

/** A whole hub with one real channel, in this process, on a clock that stands at the contract's instant. */
export function createHookHub(subject: HookCase, options: HookHubOptions = {}): HookHub {
  const { backlogLimit = 1_000, enabled = true, vendor = subject.vendor } = options;
  const { beforeCommit = async () => {} } = options;
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-hooks-"));
  const clock = createTestClock(NOW);
  const inner = openSqliteStore(folder, () => clock.now());
  const store: Store = {
    ...inner,
    async commit(batch) {
      await beforeCommit(batch);
      return inner.commit(batch);
    },
  };
  const logged: string[] = [];
  const errors: string[] = [];
  const calls: Request[] = [];
  const counts = new Map<CounterName, number>();
  const later: ((left: boolean) => Promise<void>)[] = [];
  const write = (message: string, fields?: LogFields): void => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  const log = { debug: write, info: write, warn: write, error: write };
  const callVendor: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    calls.push(request.clone() as Request);
    return vendor(request);
  };
  const visitors = createVisitorFeed(store, clock);
  const deps = { fetch: callVendor, clock, log, visitors };
  const [channel = "", account = ""] = subject.account.split("/");
  const configured = { id: subject.account, channel, account, enabled, config: subject.config };
  const made = makeSetup(hookPolicy(subject), [configured], deps);
  const running = assemble({
    store,
    clock,
    log,
    catalogs,
    counters: { count: (name) => void counts.set(name, (counts.get(name) ?? 0) + 1) },
    random: () => 0.5,
    backlogLimit,
    concurrency: 8,
    setup: () => made.setup,
  });
  const app = routes({
    running,
    afterReply: (_context, task) => void later.push(task),
    metrics: async () => "loopdesk_received_total 0",
    isOperator: (c) => c.req.header("authorization") === "Bearer operator",
    watch: { ...visitors, origins: () => [], visitorOf: async () => null },
  });

  async function ask(request: Request, left = true): Promise<Reply> {
    const response = await app.request(request);
    const reply = {
      status: response.status,
      headers: response.headers,
      body: await response.text(),
    };
    if (reply.status >= 400) errors.push(reply.body);
    for (const task of later.splice(0)) await task(left);
    return reply;
  }

  const push = (raw: RawRequest, feed: string, left = true) =>
    ask(requestOf(subject, raw, feed), left);

  return {
    running,
    store,
    clock,
    logged,
    errors,
    calls,
    ask,
    push,
    say: async (said) =>
      push(await subject.messages.push(subject.say(said)), subject.messages.feed),
    press: async (pressed, left) =>
      push(await subject.clicks.push(subject.press(pressed)), subject.clicks.feed, left),
    async settle() {
      while ((await store.backlog()) > 0) await new Promise((resolve) => setImmediate(resolve));
      await running.settle();
    },
    counted: (name) => counts.get(name) ?? 0,
    async stored() {
      const pages = await Promise.all(EXPORT_TABLES.map((table) => store.page(table, 0, 1_000)));
      return pages.reduce((sum, rows) => sum + rows.length, 0);
    },
    async close() {
      await running.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A push as it arrives at the hub's address of a feed. */
export function requestOf(subject: HookCase, raw: RawRequest, feed: string): Request {
  const url = `http://hub.test/hooks/${subject.account}/${feed}?${raw.query}`;
  const { method, headers } = raw;
  return new Request(
    url,
    method === "GET"
      ? { method, headers }
      : { method, headers, body: new Blob([raw.body.slice()]) },
  );
}
