import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Hono } from "hono";
import { attachmentStore } from "../../src/attachment-stores.ts";
import { createFolderBlobs } from "../../src/blobs/folder.ts";
import { DEMO_CONFIG } from "../../src/cli/demo.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { importConfiguration, readConfiguration, registerCallbacks } from "../../src/configure.ts";
import type { Language } from "../../src/core/text.ts";
import { type NodeHubOptions, startNodeHub } from "../../src/node.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { makeSetup } from "../../src/setup.ts";
import {
  type Company,
  type CompanyEnv,
  type CompanyWorld,
  createCompany,
} from "../../src/simulator/company.ts";
import { createSimulatorApi } from "../../src/simulator/console-api.ts";
import { createVendorApis } from "../../src/simulator/vendor-apis.ts";
import { systemClock } from "../../src/system-clock.ts";
import { withBoards, withGroups } from "./boards.ts";

const CONSOLE = "dist/console";
const VENDORS = "/simulator/vendors";
/** A Wednesday, 10:30 in Shanghai. */
const BEGIN = Date.UTC(2026, 2, 11, 2, 30);
const LOOKS = 5;
const LOOK_MS = 20;

type DemoFile = { readonly env: CompanyEnv; readonly world: CompanyWorld };

/** The demo's company in this process, with a time of its own. */
export type ShotCompany = Company & {
  readonly url: string;
  now(): number;
  /** Let time pass at once, and let everything happen that is due then. */
  pass(ms: number): Promise<void>;
  quiet(): Promise<void>;
  close(): Promise<void>;
};

export type ShotCompanyOptions = {
  readonly language: Language;
  /** Has each tool a group with a notice board, and the team a summary each morning? */
  readonly boards: boolean;
};

/** Start it on a free port of the loopback address, with its data in a temporary folder. */
export async function startShotCompany(options: ShotCompanyOptions): Promise<ShotCompany> {
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-shots-"));
  const clock = createMovedClock();
  const made: Company[] = [];
  const register: (() => Promise<void>)[] = [];
  const hub = await startNodeHub({
    dataFolder: folder,
    dataKind: "demo",
    port: 0,
    host: "127.0.0.1",
    log: { debug() {}, info() {}, warn: complain, error: complain },
    adminToken: null,
    clock,
    mount(app, { url }) {
      const company = companyAt(url, clock, options);
      mountPage(app, company);
      made.push(company);
      return async () => {
        await Promise.all(company.tools.map((tool) => tool.stop()));
      };
    },
    makeSetup: setupFor(options, folder, register),
  });
  const [company] = made;
  if (company === undefined) throw new Error("The hub was started without its tools.");
  await Promise.all(register.map((run) => run()));
  const { running } = hub;

  async function quiet(): Promise<void> {
    // A delivery that has just been taken up is in nobody's sight for a moment, so one look is not enough.
    for (let seen = 0; seen < LOOKS; ) {
      await running.settle();
      const next = await running.hub.store.nextDue(clock.now());
      seen = next === null || next > clock.now() + 10_000 ? seen + 1 : 0;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  return {
    ...company,
    url: hub.url,
    now: clock.now,
    quiet,
    async pass(ms) {
      clock.move(ms);
      await quiet();
    },
    async close() {
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A clock that goes on as every clock does, from a fixed moment, and can be moved on. */
function createMovedClock(): Clock & { move(ms: number): void } {
  let ahead = BEGIN - systemClock.now();
  return {
    now: () => systemClock.now() + ahead,
    sleep: systemClock.sleep,
    move(ms) {
      ahead += ms;
    },
  };
}

function companyAt(
  url: string,
  clock: ReturnType<typeof createMovedClock>,
  { boards }: ShotCompanyOptions,
): Company {
  const { env, world } = demo();
  return createCompany({
    env: { ...env, HUB_URL: url, SIMULATOR_URL: `${url}${VENDORS}` },
    ...(boards ? withGroups(world) : { world }),
    hubUrl: url,
    vendorUrl: `${url}${VENDORS}`,
    fetch: globalThis.fetch,
    clock,
    speed: 1,
  });
}

/** `register` gets what is to be done once the hub answers: the tools stand behind its own address. */
function setupFor(
  { language, boards }: ShotCompanyOptions,
  folder: string,
  register: (() => Promise<void>)[],
): NodeHubOptions["makeSetup"] {
  return async (deps, { store, url }) => {
    const loaded = await readConfiguration({
      file: DEMO_CONFIG,
      env: { ...demo().env, HUB_URL: url, SIMULATOR_URL: `${url}${VENDORS}` },
      async read(path) {
        const text = await readFile(path, "utf8");
        if (path !== DEMO_CONFIG) return text;
        const spoken = text.replace("locale: zh-CN", `locale: ${language}`);
        return boards ? withBoards(spoken) : spoken;
      },
    });
    if (!loaded.ok) throw new Error(loaded.problems.map((p) => formatProblem(p, "en")).join("\n"));
    await importConfiguration(store, loaded, deps.clock.now());
    register.push(() => registerCallbacks(loaded, deps, url));
    const kept = attachmentStore(loaded.config.attachments, deps.fetch, () =>
      createFolderBlobs(join(folder, "files")),
    );
    return makeSetup(loaded.policy, loaded.accounts, deps, undefined, kept);
  };
}

function mountPage(app: Hono, { tools }: Company): void {
  app.route("/simulator/api", createSimulatorApi({ tools }));
  app.route(VENDORS, createVendorApis({ tools }));
  app.get("/simulator", serveStatic({ root: CONSOLE, path: "index.html" }));
  const rewriteRequestPath = (path: string): string => path.replace(/^\/console/, "");
  app.use("/console/*", serveStatic({ root: CONSOLE, rewriteRequestPath }));
}

function demo(): DemoFile {
  return JSON.parse(readFileSync("examples/tea-chain/demo.json", "utf8")) as DemoFile;
}

function complain(message: string, fields?: object): void {
  process.stderr.write(`${message} ${JSON.stringify(fields ?? {})}\n`);
}
