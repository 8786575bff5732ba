import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { compileText } from "../../../src/configure.ts";
import { createCompany } from "../../../src/simulator/company.ts";
import { createManualClock } from "../../../src/simulator/manual-clock.ts";
import { createD1Driver } from "../../../src/store/d1.ts";
import { createSqlStore } from "../../../src/store/sql-store.ts";
import type { Stage } from "../../scenarios/company.ts";
import { play } from "../../scenarios/play.ts";
import { scenario } from "../../scenarios/scenario.ts";
import { createProgram, HUB, type Program } from "./program.ts";

const VENDORS = "https://vendors.test";
/** A wake-up that comes later than this leaves the company at rest meanwhile. */
const REST_S = 10;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => vi.useRealTimers());

/** The tea chain with its three tools and the Worker, all in this isolate. Time moves when it is told to. */
async function setTheStage(): Promise<Stage> {
  const secrets = env as unknown as Record<string, string>;
  const clock = createManualClock(Date.UTC(2026, 10, 2, 1, 0));
  vi.setSystemTime(clock.now());
  const program = await createProgram();
  const openTools = () =>
    createCompany({
      env: secrets,
      world: env.WORLD,
      hubUrl: HUB,
      vendorUrl: VENDORS,
      clock,
      speed: 1,
      fetch: (input, init) => {
        const { pathname, search } = new URL(new Request(input, init).url);
        return program.ask(pathname + search, init);
      },
    });
  let company = openTools();
  const closeTools = () => Promise.all(company.tools.map((tool) => tool.stop()));
  program.vendor = (request) => {
    const url = new URL(request.url);
    const [, name, ...path] = url.pathname.split("/");
    const tool = company.tools.find((one) => one.name === name);
    if (url.origin !== VENDORS || tool === undefined) throw new Error(`Nothing is at ${url}.`);
    return tool.fetch(new Request(`${VENDORS}/${path.join("/")}${url.search}`, request));
  };
  const push = async () => expect((await program.push(env.TEA_CHAIN)).status).toBe(200);
  await push();
  const advance = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    vi.setSystemTime(clock.now());
  };
  return {
    get company() {
      return company;
    },
    store: createSqlStore(createD1Driver(env.DB)),
    policy: (await compileText(env.TEA_CHAIN.yaml, secrets)).policy,
    clock: {
      async advance(ms) {
        await advance(ms);
        await program.sweep();
      },
    },
    request: (path, init) => program.ask(path, init),
    quiet: () => followWakeUps(program, advance),
    // A Worker has no beginning: what its start would tell the tools, a push does.
    async restart(what) {
      await closeTools();
      company = openTools();
      if (what === "all") await push();
    },
    close: async () => void (await closeTools()),
  };
}

/** Let happen what wake-ups alone bring about, without any sweep. */
async function followWakeUps(
  program: Program,
  advance: (ms: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < 200; round += 1) {
    await advance(0);
    const delay = Math.min(...program.wakeUps);
    if (delay > REST_S) return;
    await advance(delay * 1_000);
    await program.wake();
  }
  throw new Error("The company does not come to rest.");
}

it.each(Object.entries(env.SCENARIOS))(
  "%s happens as it is told, in the Workers runtime on D1",
  async (_file, told) => play(scenario.parse(told), await setTheStage()),
);
