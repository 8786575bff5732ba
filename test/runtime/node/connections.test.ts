import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ConnectionHealth } from "../../../src/app/connection-health.ts";
import type { NodeHub } from "../../../src/node.ts";
import { startNodeHub } from "../../../src/node.ts";
import { type MadeSetup, makeSetup, type SetupDeps } from "../../../src/setup.ts";
import { aMessage } from "../../support/fake-channel.ts";
import {
  createFakeConnector,
  DISPLACED,
  type FakeConnection,
  type FakeConnector,
  LOST,
} from "../../support/fake-connector.ts";
import { WORDS } from "../../support/hook-cases.ts";
import { feishuCase as subject } from "../../support/hook-feishu.ts";
import { hookPolicy } from "../../support/hook-policy.ts";
import { type RecordingVendor, startRecordingVendor } from "../../support/recording-vendor.ts";

type Readyz = {
  readonly status: string;
  readonly backlog: number;
  readonly connections?: readonly ConnectionHealth[];
};

const PATIENCE = { timeout: 10_000, interval: 20 };

describe("a hub on Node with a long connection", () => {
  let folder: string;
  let vendor: RecordingVendor;
  let hub: NodeHub;
  let fake: FakeConnector;
  const logged: string[] = [];
  const write = (level: string) => (message: string, fields?: object) => {
    logged.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  };

  /** The set-up with this app secret, or another way of being reached. */
  function madeWith(deps: SetupDeps, over: object = {}, enabled = true): MadeSetup {
    const config = { ...subject.config, transport: "websocket", api_base: vendor.url, ...over };
    const id = subject.account;
    const account = { id, channel: "feishu", account: "hq", enabled, config };
    return makeSetup(hookPolicy(subject), [account], deps);
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "loopdesk-connections-"));
    vendor = await startRecordingVendor(0);
    fake = createFakeConnector(() => Date.now());
    logged.length = 0;
    hub = await startNodeHub({
      dataFolder: folder,
      port: 0,
      host: "127.0.0.1",
      log: { debug() {}, info: write("info"), warn: write("warn"), error: write("error") },
      adminToken: null,
      makeConnector: () => fake.connector,
      makeSetup: async (deps) => madeWith(deps),
    });
  });

  afterEach(async () => {
    await hub.stop();
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function readyz(): Promise<Readyz> {
    const response = await fetch(`${hub.url}/readyz`);
    expect(response.status).toBe(200);
    return (await response.json()) as Readyz;
  }
  const state = async () => (await readyz()).connections?.[0]?.state;
  const metrics = async () => (await fetch(`${hub.url}/metrics`)).text();

  async function standing(): Promise<FakeConnection> {
    await expect.poll(() => fake.open.size, PATIENCE).toBe(1);
    await expect.poll(state, PATIENCE).toBe("connected");
    const [connection] = fake.open;
    if (connection === undefined) throw new Error("It stood for a moment only.");
    return connection;
  }

  const said = () => aMessage(WORDS, { sender: { id: subject.clerk, name: null } });
  const tickets = async () => (await hub.running.hub.store.page("tickets", 0, 10)).length;

  it("turns what comes over it into a ticket, with the same words once for two deliveries", async () => {
    const { intake } = await standing();
    const message = said();
    const taken = await intake("event", [message]);
    expect(taken.outcome).toBeNull();
    await intake("event", [message]);
    await expect.poll(tickets, PATIENCE).toBe(1);
    await expect.poll(() => vendor.messages().length, PATIENCE).toBe(3);
  });

  it("shows how it is, and that a loss makes the hub no less ready", async () => {
    const connection = await standing();
    expect(await readyz()).toMatchObject({ status: "ready", backlog: 0 });
    expect(await metrics()).toContain('loopdesk_connection_up{account="feishu/hq"} 1');
    connection.end(LOST);
    await expect.poll(state, PATIENCE).toBe("waiting");
    const { status, connections } = await readyz();
    expect(status).toBe("degraded");
    expect(connections).toMatchObject([{ account: "feishu/hq", reason: "ECONNRESET" }]);
    expect(await metrics()).toContain('loopdesk_connection_up{account="feishu/hq"} 0');
    await standing();
    const page = await metrics();
    expect(page).toContain('loopdesk_connection_losses_total{account="feishu/hq"} 1');
    expect(page).toContain('loopdesk_connection_attempts_total{account="feishu/hq"} 2');
    expect(logged.join("\n")).not.toContain(String(subject.config.app_secret));
  });

  it("takes no push once it is stopped, and has closed the connection before its store", async () => {
    const { intake } = await standing();
    const push = intake("event", [said()]);
    await push;
    await hub.stop();
    expect(fake.open.size).toBe(0);
    await expect(intake("event", [said()])).rejects.toThrow();
    expect(logged.filter((line) => line.startsWith("error"))).toEqual([]);
  });

  it("connects anew with a changed configuration, after the old connection has ended", async () => {
    const before = await standing();
    hub.use(madeWith(hub.deps, { app_secret: "another" }));
    await expect.poll(() => fake.attempts.length, PATIENCE).toBe(2);
    expect(await standing()).not.toBe(before);
  });

  it("stays connected through a change that is not the account's", async () => {
    const before = await standing();
    hub.use(madeWith(hub.deps));
    const message = await before.intake("event", [said()]);
    expect(message.outcome).toBeNull();
    expect([fake.attempts.length, [...fake.open]]).toEqual([1, [before]]);
  });

  it.each([
    ["is switched off", {}, false],
    ["is pushed to", { transport: "webhook" }, true],
  ])("lets go of an account that %s", async (_name, over, enabled) => {
    await standing();
    hub.use(madeWith(hub.deps, over, enabled));
    await expect.poll(() => fake.open.size, PATIENCE).toBe(0);
    await expect.poll(readyz, PATIENCE).toEqual({ status: "ready", backlog: 0 });
    expect(await metrics()).not.toContain("loopdesk_connection_up{");
  });

  it("comes back to an account that another process had taken over once its configuration changes", async () => {
    (await standing()).end(DISPLACED);
    await expect.poll(state, PATIENCE).toBe("displaced");
    hub.use(madeWith(hub.deps));
    expect(await state()).toBe("displaced");
    hub.use(madeWith(hub.deps, { app_secret: "another" }));
    await standing();
  });

  it("gives the account's channel one line for all its connections", async () => {
    const line = hub.deps.lineOf?.(subject.account);
    const first = await standing();
    expect(await line?.request({ n: 1 })).toMatchObject({ type: "answered" });
    hub.use(madeWith(hub.deps, { app_secret: "another" }));
    await expect.poll(() => fake.attempts.length, PATIENCE).toBe(2);
    const second = await standing();
    expect(await line?.request({ n: 2 })).toMatchObject({ type: "answered" });
    expect([first.requests, second.requests]).toEqual([[{ n: 1 }], [{ n: 2 }]]);
  });
});
