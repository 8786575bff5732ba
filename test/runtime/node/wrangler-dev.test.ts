import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { demoEnv, mountDemo } from "../../../src/cli/demo.ts";
import type { Company } from "../../../src/simulator/company.ts";

/*
 * What docs/cloudflare.md tells to type: the Worker in the Workers runtime as it is deployed, with the runtime's own
 * Web Crypto and fetch, and without any compatibility with Node that a test inside the runtime would bring along.
 */

const TOKEN = "made-up-admin-token";
const CLERK = { person: "ou_chen", chat: "oc_p2p_chen" };
const PATIENCE = { timeout: 20_000, interval: 100 };

const folder = mkdtempSync(join(tmpdir(), "loopdesk-wrangler-"));
let worker: ChildProcess | null = null;
let tools: ServerType;
let company: Company;
let url: string;
let env: Record<string, string>;
let printed = "";

beforeAll(async () => {
  url = `http://127.0.0.1:${await freePort()}`;
  const own = `http://127.0.0.1:${await freePort()}`;
  const app = new Hono();
  company = mountDemo(app, url, own);
  tools = serve({ fetch: app.fetch, port: Number(new URL(own).port), hostname: "127.0.0.1" });
  env = { ...demoEnv(url, own), LOOPDESK_ADMIN_TOKEN: TOKEN };
  const lines = Object.entries(env).map(([name, value]) => `${name}="${value}"`);
  writeFileSync(join(folder, "secrets"), lines.join("\n"));
  const local = ["--persist-to", folder];
  await ended(wrangler(["d1", "migrations", "apply", "loopdesk", "--local", ...local]));
  const place = ["--ip", "127.0.0.1", "--port", new URL(url).port, "--inspector-port", "0"];
  worker = wrangler(["dev", ...place, ...local, "--env-file", join(folder, "secrets")]);
  await vi.waitUntil(answers, { ...PATIENCE, timeout: 50_000 });
});

afterAll(async () => {
  worker?.kill("SIGTERM");
  if (worker !== null && worker.exitCode === null) await once(worker, "close");
  await Promise.all(company.tools.map((tool) => tool.stop()));
  tools.close();
  rmSync(folder, { recursive: true, force: true });
});

function wrangler(args: readonly string[]): ChildProcess {
  return node(["node_modules/wrangler/bin/wrangler.js", ...args]);
}

function node(args: readonly string[], more: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true", ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (text) => (printed += text));
  return child;
}

function push(to: string, more: Record<string, string> = {}): ChildProcess {
  const config = ["--config", "examples/tea-chain/loopdesk.yaml", "--to", to];
  const language = { LOOPDESK_LANGUAGE: "en" };
  const command = ["--import", "tsx", "src/cli/loopdesk.ts", "push", ...config];
  return node(command, { ...env, ...language, ...more });
}

async function ended(child: ChildProcess): Promise<void> {
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`It ended with ${code}:\n${printed}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function answers(): Promise<boolean> {
  if (worker !== null && worker.exitCode !== null)
    throw new Error(`wrangler dev ended:\n${printed}`);
  const response = await fetch(`${url}/healthz`).catch(() => null);
  return response?.status === 200;
}

/** The native cards that stand in one chat of a tool, as texts. */
function cardsIn(tool: Company["tools"][number], chat: string) {
  return tool
    .view()
    .messages.filter((message) => message.chat === chat && message.from === "bot")
    .flatMap(({ id, body }) =>
      body.type === "card" ? [{ id, text: JSON.stringify(body.native) }] : [],
    );
}

describe("wrangler dev", () => {
  it("has no configuration at first, and takes the tea chain from loopdesk push", async () => {
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    await ended(push(url));
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  it("takes nothing from who does not know its token, and is not looked for elsewhere", async () => {
    await expect(ended(push(url, { LOOPDESK_ADMIN_TOKEN: "guessed" }))).rejects.toThrow(
      "ended with 1",
    );
    expect(printed).toContain("This needs the admin token.");
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    await expect(ended(push(nowhere))).rejects.toThrow("ended with 1");
    expect(printed).toContain(`${nowhere} cannot be reached (ECONNREFUSED).`);
  });

  it("takes a signed message from Feishu to cards in all three tools", async () => {
    const { feishu, dingtalk, wecom } = company;
    await feishu.say({ ...CLERK, text: "冰柜不制冷了" });
    const asked = () => feishu.view().messages.some(({ from }) => from === "bot");
    await vi.waitUntil(asked, PATIENCE);
    expect((await feishu.say({ ...CLERK, text: "S0012" })).status).toBe(200);
    await vi.waitFor(() => {
      expect(cardsIn(feishu, "oc_equipment")).toHaveLength(1);
      expect(cardsIn(dingtalk, "cidEquipmentRepair==")).toHaveLength(1);
      expect(cardsIn(wecom, "MaShiFu")).toHaveLength(1);
    }, PATIENCE);
  });

  it("answers a click in DingTalk, and the card in Feishu follows", async () => {
    const { feishu, dingtalk } = company;
    const [card] = cardsIn(dingtalk, "cidEquipmentRepair==");
    const button = /claim\|\d+\|ticket:\w+/.exec(card?.text ?? "")?.[0] ?? "";
    const pressed = { person: "0170021501", message: card?.id ?? "", button };
    expect((await dingtalk.press(pressed)).toast?.tone).toBe("success");
    const named = () => cardsIn(feishu, "oc_equipment")[0]?.text.includes("冷链-老周");
    await vi.waitUntil(named, PATIENCE);
  });

  it("finds by its cron trigger what is due", async () => {
    const response = await fetch(`${url}/cdn-cgi/handler/scheduled`);
    expect([response.status, await response.text()]).toEqual([200, "ok"]);
  });

  it("compiled the configuration once, and logged no error", () => {
    const lines = printed.split("\n").filter((line) => line.startsWith('{"level"'));
    expect(lines.filter((line) => line.includes("The configuration is in force."))).toHaveLength(1);
    expect(lines.filter((line) => /"level":"(warn|error)"/.test(line))).toEqual([]);
  });
});
