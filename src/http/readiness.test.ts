import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestHub, type TestHub } from "../../test/support/hub.ts";
import type { ConnectionHealth, ConnectionState } from "../app/connection-health.ts";
import { readiness } from "./readiness.ts";

let hub: TestHub;
beforeEach(() => {
  hub = createTestHub();
});
afterEach(() => hub.close());

const connection = (state: ConnectionState): ConnectionHealth => ({
  account: "feishu/hq",
  state,
  since: 1,
  lastHeardAt: null,
  attempts: 2,
  reason: null,
});

it("a hub without long connections is ready and speaks of none", async () => {
  expect(await readiness(hub, [])).toEqual({
    status: 200,
    body: { status: "ready", backlog: 0 },
  });
});

it("a hub whose connections all stand is ready", async () => {
  const connections = [connection("connected")];
  expect(await readiness(hub, connections)).toEqual({
    status: 200,
    body: { status: "ready", backlog: 0, connections },
  });
});

it.each(["connecting", "waiting", "displaced", "refused", "stopped"] as const)(
  "a hub with a connection that is %s is degraded, and still gets its pushes",
  async (state) => {
    const { status, body } = await readiness(hub, [connection("connected"), connection(state)]);
    expect([status, body.status]).toEqual([200, "degraded"]);
  },
);

it("a hub with too much mail says so first", async () => {
  const full = { ...hub, overloaded: () => true };
  const { status, body } = await readiness(full, [connection("waiting")]);
  expect([status, body.status]).toEqual([503, "overloaded"]);
});

it("a hub whose store does not answer is not ready at all", async () => {
  const store = { ...hub.store, backlog: () => Promise.reject(new Error("locked")) };
  const broken = { ...hub, hub: { ...hub.hub, store } };
  await expect(readiness(broken, [])).rejects.toThrow("locked");
});
