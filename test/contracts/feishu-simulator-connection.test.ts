import { expect, it } from "vitest";
import { feishuConfig } from "../../src/bots/feishu/config.ts";
import { createFeishuConnector } from "../../src/bots/feishu/connection.ts";
import { feishu } from "../../src/bots/feishu/feishu.ts";
import type { Card } from "../../src/core/card.ts";
import { createBench } from "../../src/simulator/feishu/bench.ts";
import type { ConnectionOptions } from "../../src/simulator/feishu/state.ts";
import { eventually } from "../support/eventually.ts";
import { serveTool } from "../support/serve-tool.ts";
import { createConnectorDeps, createHub, opened } from "./connection-bench.ts";
import { card } from "./feishu-account.ts";

const WRITTEN = { person: "ou_chen", chat: "oc_chen", text: "冰柜坏了" };

/** The simulated Feishu and our own side of it, tied together by a real socket. */
async function connected(connection: ConnectionOptions = {}) {
  const app = { ...createBench().app, subscription: "websocket" as const };
  const made: ReturnType<typeof createBench>[] = [];
  const served = await serveTool("feishu", (socketBase) => {
    const bench = createBench({ app, socketBase, connection });
    made.push(bench);
    return bench.simulator;
  });
  const [bench] = made;
  if (bench === undefined) throw new Error("the tool is made when it is served");
  const config = feishuConfig.parse({
    app_id: app.appId,
    app_secret: app.appSecret,
    api_base: served.url,
    transport: "websocket",
  });
  const { deps } = createConnectorDeps();
  const hub = createHub();
  const connector = createFeishuConnector(config, deps);
  const reopen = () => opened(connector, hub.intake);
  const open = await reopen();
  await eventually(bench.simulator.connections.pings).toBe(1);
  return { ...bench, served, hub, connection: open, reopen, channel: feishu.create(config, deps) };
}

it("hears what people write, whole or in pieces", async () => {
  for (const options of [{}, { pieceBytes: 50 }]) {
    const { simulator, hub } = await connected(options);
    expect((await simulator.say(WRITTEN)).delivered).toBe(true);
    expect(hub.handed).toMatchObject([
      { feed: "event", items: [{ sender: { id: "ou_chen" }, parts: [{ text: "冰柜坏了" }] }] },
    ]);
  }
});

it("answers a click with what came of it, and the card as it stands then", async () => {
  const { simulator, hub, channel } = await connected();
  const to = { kind: "chat", id: "oc_repair" } as const;
  const content = { type: "card", card } as const;
  await channel.send({ id: "o-1", to, inReplyTo: null, content });
  const message = simulator.view().messages[0]?.id ?? "";
  const next: Card<string> = { ...card, title: "已接单", controls: [] };
  hub.set(async () => hub.taken({ tone: "success", text: "好了", card: next }));
  const button = "claim|3|ticket:t1";
  expect(await simulator.press({ person: "ou_li", message, button })).toEqual({
    toast: { tone: "success", text: "好了" },
    error: null,
  });
  expect(simulator.view().messages[0]?.body).toMatchObject({ edition: 2 });
  expect(hub.handed).toMatchObject([{ feed: "card", items: [{ action: button }] }]);
});

it("gets again what the hub could not take, with the same key", async () => {
  const { simulator, hub, clock } = await connected();
  hub.set(() => Promise.reject(new Error("no room")));
  expect(await simulator.say(WRITTEN)).toMatchObject({ delivered: false, status: 500 });
  hub.set(async () => hub.taken());
  await clock.advance(15_000);
  await eventually(() => hub.handed.length).toBe(2);
  expect(hub.handed[1]).toEqual(hub.handed[0]);
});

it("hears after a cut what was written meanwhile", async () => {
  const { simulator, hub, served, connection, reopen } = await connected();
  served.cutAll();
  expect(await connection.ended).toMatchObject({ type: "lost" });
  await eventually(simulator.connections.count).toBe(0);
  expect((await simulator.say(WRITTEN)).delivered).toBe(false);
  await reopen();
  await eventually(() => hub.items().length).toBe(1);
});

it("hears after a gap what was lost in it", async () => {
  const { simulator, hub, connection, reopen } = await connected();
  simulator.connections.gap();
  expect((await simulator.say(WRITTEN)).delivered).toBe(false);
  simulator.connections.kick();
  expect(await connection.ended).toEqual({ type: "lost", reason: "closed with 1001" });
  await reopen();
  await eventually(() => hub.items().length).toBe(1);
});

it("stands beside other connections of the app, of which each push reaches one", async () => {
  const { simulator, hub, reopen } = await connected();
  await reopen();
  await reopen();
  await eventually(simulator.connections.pings).toBe(3);
  for (let count = 0; count < 20; count += 1) await simulator.say(WRITTEN);
  expect(hub.handed).toHaveLength(20);
});

it("loses nothing and doubles no key when it is cut again and again under load", async () => {
  const { simulator, hub, served, reopen, clock } = await connected();
  const sayings: Promise<unknown>[] = [];
  for (let round = 0; round < 20; round += 1) {
    for (let n = 0; n < 5; n += 1)
      sayings.push(simulator.say({ ...WRITTEN, text: `${round}.${n}` }));
    served.cutAll();
    await reopen();
  }
  await Promise.all(sayings);
  await clock.advance(15_000);
  await eventually(() => new Set(hub.items().map(({ dedupeKey }) => dedupeKey)).size).toBe(100);
});
