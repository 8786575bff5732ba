import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { parse } from "yaml";
import { play } from "../../scenarios/play.ts";
import { scenario } from "../../scenarios/scenario.ts";
import { type ConnectedCompany, startConnectedCompany } from "../../support/connected-company.ts";
import { createFastClock } from "../../support/fast-clock.ts";

let connected: ConnectedCompany;
beforeEach(async () => {
  connected = await startConnectedCompany({ clock: createFastClock(1) });
});
afterEach(() => connected.close());

it("the loop walks over long connections, on real sockets, as it is told", async () => {
  const { hub, company, policy, quiet } = connected;
  await connected.connected();
  const told = scenario.parse(parse(readFileSync("test/scenarios/loop.yaml", "utf8")));
  await play(told, {
    company,
    store: hub.running.hub.store,
    clock: { advance: async () => {} },
    policy,
    request: (path, init) => fetch(`${hub.url}${path}`, init),
    quiet,
    restart: () => Promise.reject(new Error("Nothing is started anew here.")),
    close: async () => {},
  });
  const ready = (await (await fetch(`${hub.url}/readyz`)).json()) as Record<string, unknown>;
  expect(ready).toMatchObject({
    status: "ready",
    connections: [
      { account: "feishu/hq", state: "connected", attempts: 0, reason: null },
      { account: "dingtalk/suppliers", state: "connected", attempts: 0, reason: null },
    ],
  });
});
