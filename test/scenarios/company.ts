import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createVisitorFeed } from "../../src/app/visitor-feed.ts";
import { assemble } from "../../src/assemble.ts";
import { openSession } from "../../src/channels/web/session.ts";
import type { Policy } from "../../src/core/config/policy.ts";
import { routes } from "../../src/http/routes.ts";
import { catalogs } from "../../src/locales/catalogs.ts";
import type { Store } from "../../src/ports/store.ts";
import {
  type Company,
  type CompanyEnv,
  type CompanyWorld,
  createCompany,
} from "../../src/simulator/company.ts";
import { createManualClock, type ManualClock } from "../../src/simulator/manual-clock.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { loadDemo } from "./load-demo.ts";

const HUB = "http://hub.test";
const VENDORS = "http://vendors.test";

export type Stage = {
  readonly company: Pick<Company, "tools">;
  readonly store: Store;
  readonly clock: Pick<ManualClock, "advance">;
  readonly policy: Policy;

  /** A request to the hub's own routes. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** Let everything happen that is due within some seconds, in simulated time. */
  quiet(): Promise<void>;
  /** Begin anew with tools that remember nothing; `all`: the hub ends too, and comes back on its data. */
  restart(what: "tools" | "all"): Promise<void>;
  close(): Promise<void>;
};

const demo = JSON.parse(readFileSync("examples/tea-chain/demo.json", "utf8")) as {
  env: CompanyEnv;
  world: CompanyWorld;
};

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The tea chain with its three tools and its hub, all in this process, on one clock that moves when it is told to. */
export async function setTheStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-scenario-"));
  const clock = createManualClock(Date.UTC(2026, 10, 2, 1, 0));
  const openTools = () =>
    createCompany({
      ...demo,
      hubUrl: HUB,
      vendorUrl: VENDORS,
      clock,
      speed: 1,
      fetch: (input, init) => Promise.resolve(hub.app.fetch(new Request(input, init))),
    });
  const toVendor: typeof fetch = (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const [, tool, ...path] = url.pathname.split("/");
    const simulator = company.tools.find(({ name }) => name === tool);
    if (url.origin !== VENDORS || simulator === undefined)
      throw new Error(`Nothing answers at ${url.origin}${url.pathname}.`);
    return simulator.fetch(new Request(`${VENDORS}/${path.join("/")}${url.search}`, request));
  };
  let company = openTools();
  let hub = await openHub(folder, clock, toVendor);
  await hub.start();

  const closeTools = () => Promise.all(company.tools.map((tool) => tool.stop()));

  async function quiet(): Promise<void> {
    for (let round = 0; round < 200; round += 1) {
      await clock.advance(0);
      await hub.running.settle();
      const next = await hub.store.nextDue(clock.now());
      if (next === null || next > clock.now() + 10_000) return;
      await clock.advance(next - clock.now());
    }
    throw new Error("The company does not come to rest.");
  }

  return {
    get company() {
      return company;
    },
    get store() {
      return hub.store;
    },
    clock,
    policy: hub.policy,
    request: async (path, init) => hub.app.request(`${HUB}${path}`, init),
    quiet,
    async restart(what) {
      await closeTools();
      if (what === "all") await hub.close();
      company = openTools();
      if (what === "tools") return;
      hub = await openHub(folder, clock, toVendor);
      await hub.start();
    },
    async close() {
      await closeTools();
      await hub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The hub on the data in `folder`, which may be those of one that was closed before. */
async function openHub(folder: string, clock: ManualClock, toVendor: typeof fetch) {
  const store = openSqliteStore(folder, () => clock.now());
  const feed = createVisitorFeed(store, clock);
  const clockOfHub = {
    now: clock.now,
    sleep: (ms: number, signal = new AbortController().signal) => clock.sleep(ms, signal),
  };
  const deps = { fetch: toVendor, clock: clockOfHub, log: silent, visitors: feed };
  const { made, start } = await loadDemo(
    { ...demo.env, HUB_URL: HUB, SIMULATOR_URL: VENDORS },
    deps,
    store,
  );
  const running = assemble({
    store,
    clock: clockOfHub,
    log: silent,
    catalogs,
    counters: { count() {} },
    random: () => 0.5,
    backlogLimit: 1_000,
    concurrency: 8,
    setup: () => made.setup,
  });
  const app = routes({
    running,
    afterReply: (_context, task) => void setImmediate(() => void task(true)),
    metrics: null,
    isOperator: () => false,
    watch: {
      onAppend: feed.onAppend,
      origins: (account) => made.webs.get(account)?.allowed_origins ?? [],
      visitorOf: async (account, token) => {
        const web = made.webs.get(account);
        return web === undefined
          ? null
          : ((await openSession(token, web.secret, clock.now()))?.visitor ?? null);
      },
    },
  });
  return {
    store,
    running,
    app,
    policy: made.setup.policy,
    start: () => start(HUB),
    async close() {
      await running.stop();
      await store.close();
    },
  };
}
