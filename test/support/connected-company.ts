import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectionHealth } from "../../src/app/connection-health.ts";
import { formatProblem } from "../../src/config/problem.ts";
import { importConfiguration, readConfiguration } from "../../src/configure.ts";
import type { Policy } from "../../src/core/config/policy.ts";
import { type NodeHub, startNodeHub } from "../../src/node.ts";
import type { MakeConnector } from "../../src/node-connections.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { makeSetup } from "../../src/setup.ts";
import {
  type Company,
  type CompanyEnv,
  type CompanyWorld,
  createCompany,
} from "../../src/simulator/company.ts";
import { serveSockets } from "../../src/simulator/serve-sockets.ts";
import type { ToolClock } from "../../src/simulator/tool.ts";
import { createVendorApis } from "../../src/simulator/vendor-apis.ts";

const VENDORS = "/simulator/vendors";
const FILE = "examples/tea-chain/loopdesk.yaml";
const LOOKS = 5;
const LOOK_MS = 20;

const demo = JSON.parse(readFileSync("examples/tea-chain/demo.json", "utf8")) as {
  env: CompanyEnv;
  world: CompanyWorld;
};

/** A group of WeCom, in which only a bot can be. */
export const WECOM_GROUP = "wrRepair";
const BOT = { botId: "aib-made-up", secret: "made-up-bot-secret", name: "服务台" };
const AIBOT = `    vendors:
      kind: aibot
      bot_id: ${BOT.botId}
      secret: ${BOT.secret}
      ws_url: \${SOCKET_URL}/wecom

channels:`;

export type ConnectedCompany = {
  readonly company: Company;
  readonly hub: NodeHub;
  readonly policy: Policy;
  readonly logged: readonly string[];
  /** Cut every long connection without a word. */
  cutAll(): void;
  /** Let everything happen that is due within some seconds. */
  quiet(): Promise<void>;
  /** Resolves once all long connections stand, and all are others than those of `before`. Gives what tells them apart. */
  connected(before?: readonly number[]): Promise<readonly number[]>;
  close(): Promise<void>;
};

/**
 * The tea chain with its tools and a whole hub on Node, on real sockets: Feishu and DingTalk over long connections, and
 * WeCom where it has an AI bot.
 */
export async function startConnectedCompany(options: {
  readonly clock: Clock & ToolClock;
  readonly makeConnector?: MakeConnector;
  readonly longestBackoffMs?: number;
  /** WeCom's vendors are in a group with an AI bot, on a long connection too, and not each with the app. */
  readonly aibot?: boolean;
}): Promise<ConnectedCompany> {
  const { clock, aibot = false, ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-connected-"));
  const logged: string[] = [];
  const write = (message: string, fields?: object): void => {
    logged.push(`${message} ${JSON.stringify(fields ?? {})}`);
  };
  let cutAll = (): void => {};
  const given: { company?: Company; policy?: Policy } = {};

  const hub = await startNodeHub({
    ...rest,
    dataFolder: folder,
    port: 0,
    host: "127.0.0.1",
    log: { debug() {}, info: write, warn: write, error: write },
    adminToken: null,
    clock,
    mount(app, { url, server }) {
      const vendorUrl = `${url}${VENDORS}`;
      const env = { ...demo.env, HUB_URL: url, SIMULATOR_URL: vendorUrl };
      const ways = { hubUrl: url, vendorUrl, sockets: true, longConnections: true };
      const bot = aibot ? { aibot: BOT, world: withGroup(demo.world) } : {};
      const company = createCompany({ ...demo, ...ways, ...bot, env, fetch, clock, speed: 1 });
      const { tools } = company;
      app.route(VENDORS, createVendorApis({ tools }));
      ({ cutAll } = serveSockets(server, { tools, prefix: VENDORS }));
      given.company = company;
      return async () => {
        await Promise.all(tools.map((tool) => tool.stop()));
        cutAll();
      };
    },
    async makeSetup(deps, { store, url }) {
      const vendors = { SIMULATOR_URL: `${url}${VENDORS}`, SOCKET_URL: `${ws(url)}${VENDORS}` };
      const env = { ...demo.env, HUB_URL: url, ...vendors };
      const read = async (path: string) => connectedText(path, await readFile(path, "utf8"), aibot);
      const loaded = await readConfiguration({ file: FILE, env, read });
      if (!loaded.ok) throw new Error(loaded.problems.map((p) => formatProblem(p, "en")).join());
      await importConfiguration(store, loaded, clock.now());
      given.policy = loaded.policy;
      return makeSetup(loaded.policy, loaded.accounts, deps);
    },
  });
  const { company, policy } = given;
  if (company === undefined || policy === undefined) throw new Error("The hub has no company.");
  const { running } = hub;

  return {
    company,
    hub,
    policy,
    logged,
    cutAll: () => cutAll(),
    async quiet() {
      // A delivery that has just been taken up is in nobody's sight for a moment, so one look is not enough.
      for (let rounds = 0, quiet = 0; quiet < LOOKS; rounds += 1) {
        if (rounds === 500) throw new Error("The company does not come to rest.");
        await running.settle();
        const next = await running.hub.store.nextDue(clock.now());
        quiet = next === null || next > clock.now() + 10_000 ? quiet + 1 : 0;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
    },
    async connected(before = []) {
      for (let round = 0; round < 1_000; round += 1) {
        const { status, connections } = await readyz(hub.url);
        const since = connections.map((connection) => connection.since);
        if (status === "ready" && since.every((at, index) => at !== before[index])) return since;
        await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      }
      throw new Error(`The company is not connected:\n${logged.slice(-10).join("\n")}`);
    },
    async close() {
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Readyz = { readonly status: string; readonly connections: readonly ConnectionHealth[] };

async function readyz(url: string): Promise<Readyz> {
  return (await (await fetch(`${url}/readyz`)).json()) as Readyz;
}

const ws = (url: string): string => url.replace(/^http/, "ws");

/** The tea chain's configuration, with accounts on long connections. */
function connectedText(path: string, text: string, aibot: boolean): string {
  if (path !== FILE) return text;
  const connected = text
    .replace("      app_id: ", "      transport: websocket\n      app_id: ")
    .replace("      client_id: ", "      transport: stream\n      client_id: ");
  if (!aibot) return connected;
  return connected
    .replace(/ {4}vendors:[\s\S]*?\nchannels:/, AIBOT)
    .replace("bot: wecom/vendors, members: true", `bot: wecom/vendors, chat: ${WECOM_GROUP}`);
}

function withGroup(world: CompanyWorld): CompanyWorld {
  const { people } = world.wecom;
  const members = people.map(({ id }) => id);
  const group = { id: WECOM_GROUP, name: "上门维修群", kind: "group" as const, members };
  return { ...world, wecom: { people, chats: [...world.wecom.chats, group] } };
}
