import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openPage } from "../../test/support/event-page.ts";
import { deskPolicy } from "../../test/support/hub.ts";
import { startNodeHub } from "../node.ts";
import { makeSetup } from "../setup.ts";

const log = { debug() {}, info() {}, warn() {}, error() {} };

it("a hub that stops lets its pages go at once instead of waiting until it cuts them off", async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), "loopdesk-stop-"));
  const config = { secret: "a made-up secret that signs sessions of visitors" };
  const account = { id: "web/shop", channel: "web", account: "shop", enabled: true, config };
  const policy = { ...deskPolicy, teams: new Map() };
  const hub = await startNodeHub({
    dataFolder,
    port: 0,
    host: "127.0.0.1",
    log,
    adminToken: null,
    makeSetup: async (deps) => makeSetup(policy, [account], deps),
  });
  const made = await fetch(`${hub.url}/web/shop/session`, { method: "POST", body: "{}" });
  const { token } = (await made.json()) as { token: string };
  const pages = await Promise.all(
    Array.from({ length: 3 }, () => openPage(`${hub.url}/web/shop/events?token=${token}`)),
  );
  for (const page of pages) expect(await page.block()).toMatchObject({ text: "connected" });

  const start = performance.now();
  const stopped = hub.stop();
  for (const page of pages) expect(await page.block()).toBeNull();
  await stopped;
  expect(performance.now() - start).toBeLessThan(2_500); // what hangs on is cut after 3 s
  await expect(fetch(`${hub.url}/healthz`)).rejects.toThrow();
  rmSync(dataFolder, { recursive: true, force: true });
});
