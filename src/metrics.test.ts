import { expect, it } from "vitest";
import type { ConnectionState } from "./app/connection-health.ts";
import { createMetrics } from "./metrics.ts";

const connection = (account: string, state: ConnectionState) => ({
  account,
  state,
  since: 0,
  lastHeardAt: null,
  attempts: 0,
  reason: null,
});

it("shows which long connections stand now, and forgets accounts that have none any more", async () => {
  let connections = [connection("feishu/hq", "connected"), connection("wecom/bot", "waiting")];
  const metrics = createMetrics({ backlog: async () => 3, connections: () => connections });
  const page = await metrics.page();
  expect(page).toContain("loopdesk_backlog 3");
  expect(page).toContain('loopdesk_connection_up{account="feishu/hq"} 1');
  expect(page).toContain('loopdesk_connection_up{account="wecom/bot"} 0');
  connections = [connection("wecom/bot", "connected")];
  const later = await metrics.page();
  expect(later).toContain('loopdesk_connection_up{account="wecom/bot"} 1');
  expect(later).not.toContain("feishu/hq");
});

it("counts by account", async () => {
  const metrics = createMetrics({ backlog: async () => 0, connections: () => [] });
  for (const name of [
    "connection_attempts",
    "connection_losses",
    "connection_silences",
    "connection_displacements",
  ] as const) {
    metrics.counters.count(name, { account: "feishu/hq" });
    const line = `loopdesk_${name}_total{account="feishu/hq"} 1`;
    expect(await metrics.page()).toContain(line);
  }
});
