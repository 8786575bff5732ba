import { afterEach, describe, expect, it } from "vitest";
import { cardTemplate } from "../../src/bots/dingtalk/card-template.ts";
import { dingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { createDingtalkConnector } from "../../src/bots/dingtalk/connection.ts";
import { dingtalk } from "../../src/bots/dingtalk/dingtalk.ts";
import type { Card } from "../../src/core/card.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { OpenConnection } from "../../src/ports/connection.ts";
import {
  createDingtalkSimulator,
  type DingtalkSimulator,
} from "../../src/simulator/dingtalk/dingtalk-simulator.ts";
import { serveTool } from "../support/serve-tool.ts";
import { createConnectorDeps, createHub, opened } from "./connection-bench.ts";

const app = {
  clientId: "dingappkey",
  clientSecret: "made-up-secret",
  robotCode: "dingappkey",
  corpId: "ding1",
  aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
  token: "made-up-token",
};
const said = { person: "0123", chat: "cid-0123", text: "冰柜坏了" };
const ACTION = "claim|1|ticket:t1";
const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [],
  controls: [{ type: "button", label: "接单", style: "primary", action: ACTION, confirm: null }],
};
const toPerson: Outbound<string> = {
  id: "m0000000000000000001",
  to: { kind: "person", id: "0123" },
  inReplyTo: null,
  content: { type: "card", card },
};

const open: OpenConnection[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.close()));
});

/** Our bot with its connector, and the simulated DingTalk in Stream mode on real sockets. */
async function meet() {
  const { clock, deps, lines } = createConnectorDeps();
  const made: DingtalkSimulator[] = [];
  const { url, cutAll } = await serveTool("dingtalk", (socketBase, toolUrl) => {
    made[0] = createDingtalkSimulator({
      world: { people: [{ id: "0123", name: "陈敏", title: "店长" }], chats: [] },
      clock,
      speed: 1,
      app,
      socketBase,
      oapiBase: toolUrl,
      transport: "stream",
      robotUrl: "",
      eventUrl: "",
      fetch: () => Promise.reject(new Error("nothing is pushed over HTTP")),
    });
    return made[0];
  });
  const simulator = made[0] as DingtalkSimulator;
  simulator.importTemplate("loopdesk.schema", cardTemplate());
  const config = dingtalkConfig.parse({
    client_id: app.clientId,
    client_secret: app.clientSecret,
    transport: "stream",
    card_template_id: "loopdesk.schema",
    api_base: url,
    oapi_base: url,
  });
  const hub = createHub();
  const connector = createDingtalkConnector(config, deps);
  async function connect(): Promise<OpenConnection> {
    const before = simulator.streams.list().length;
    const connection = await opened(connector, hub.intake);
    open.push(connection);
    await expect.poll(() => simulator.streams.list().length).toBe(before + 1);
    return connection;
  }
  const bot = dingtalk.create(config, deps);
  return { clock, lines, simulator, cutAll, hub, connect, bot };
}

describe("our Stream client at the simulated DingTalk", () => {
  it("hears a message and answers it where it was said", async () => {
    const { simulator, hub, connect, bot } = await meet();
    await connect();
    expect(await simulator.say(said)).toEqual({ delivered: true, status: 200, attempts: 1 });
    const [message] = hub.items();
    if (message?.type !== "message") throw new Error("no message was heard");
    expect(message).toMatchObject({ sender: { id: "0123" }, parts: [{ text: "冰柜坏了" }] });
    const { messageId, handle } = message;
    const answer = { ...toPerson, content: { type: "text", text: "已派工程师" } } as const;
    expect(await bot.send({ ...answer, inReplyTo: { messageId, thread: null, handle } })).toEqual({
      type: "sent",
      remoteId: toPerson.id,
      updateTokens: [],
    });
    expect(simulator.view().messages.at(-1)?.body).toEqual({ type: "text", text: "已派工程师" });
  });

  it("makes cards whose clicks come over the connection, and answers them", async () => {
    const { simulator, hub, connect, bot } = await meet();
    await connect();
    await bot.send(toPerson);
    const claimed = { ...card, subtitle: "李雷处理中", controls: [] };
    hub.set(async () => hub.taken({ tone: "success", text: "已接单", card: claimed }));
    const message = simulator.view().messages.at(-1)?.id ?? "";
    expect(await simulator.press({ person: "0123", message, button: ACTION })).toEqual({
      toast: { tone: "success", text: "已接单" },
      error: null,
    });
    expect(hub.handed).toMatchObject([
      { feed: "card", items: [{ action: ACTION, cardId: toPerson.id, operator: { id: "0123" } }] },
    ]);
    expect(simulator.view().messages.at(-1)?.body).toMatchObject({
      native: { cardParamMap: { subtitle: "李雷处理中" } },
    });
    await expect.poll(() => hub.left).toEqual([true]);
  });

  it("answers pings with what they carried", async () => {
    const { simulator, connect, clock } = await meet();
    await connect();
    await clock.advance(30_000);
    await expect.poll(() => simulator.streams.list()[0]?.pongs).toBeGreaterThan(0);
  });

  it("retires when it is told to move, still answers, and loses nothing once the next one stands", async () => {
    const { simulator, hub, connect, clock } = await meet();
    const old = await connect();
    simulator.streams.retire();
    expect(await old.ended).toMatchObject({ type: "retiring" });
    const next = await connect();
    expect(await simulator.say(said)).toMatchObject({ delivered: true });
    await clock.advance(10_000);
    await expect.poll(() => simulator.streams.list().length).toBe(1);
    expect(await simulator.say(said)).toMatchObject({ delivered: true });
    expect(hub.items()).toHaveLength(2);
    await old.close();
    expect((await Promise.race([next.ended, "stands"])) as unknown).toBe("stands");
  });

  it("hears a message again that the hub could not take", async () => {
    const { simulator, hub, connect, clock } = await meet();
    await connect();
    hub.set(() => Promise.reject(new Error("no room")));
    expect(await simulator.say(said)).toMatchObject({ delivered: false, status: 500 });
    hub.set(async () => hub.taken());
    await clock.advance(60_000);
    await expect.poll(() => hub.items().length).toBe(2);
    const [first, second] = hub.items();
    expect(second).toEqual(first);
  });

  it("hears a message again whose answer was lost with the connection", async () => {
    const { simulator, hub, connect, clock, cutAll } = await meet();
    const connection = await connect();
    hub.set(() => new Promise(() => {}));
    const saying = simulator.say(said);
    await expect.poll(() => hub.handed.length).toBe(1);
    cutAll();
    expect(await connection.ended).toMatchObject({ type: "lost" });
    expect(await saying).toMatchObject({ delivered: false });
    hub.set(async () => hub.taken());
    await connect();
    await clock.advance(60_000);
    await expect.poll(() => hub.items().length).toBe(2);
  });

  it("hears every message though it is cut twenty times", async () => {
    const { simulator, hub, connect, clock, cutAll } = await meet();
    const saying: Promise<unknown>[] = [];
    for (let round = 0; round < 20; round += 1) {
      const connection = await connect();
      const first = simulator.say({ ...said, text: `${round} first` });
      if (round % 3 > 0) await first;
      saying.push(first, simulator.say({ ...said, text: `${round} second` }));
      if (round % 2 > 0) await new Promise((resolve) => setImmediate(resolve));
      cutAll();
      expect(await connection.ended).toMatchObject({ type: "lost" });
      await clock.advance(1_000);
    }
    await Promise.all(saying);
    await connect();
    await clock.advance(60_000);
    const keys = () => new Set(hub.items().map(({ dedupeKey }) => dedupeKey));
    await expect.poll(() => keys().size).toBe(saying.length);
  });

  it("tells the operator once an hour that the API quota is used up, and answers nobody", async () => {
    const { simulator, hub, connect, clock, lines } = await meet();
    await connect();
    simulator.useUpQuota();
    const alarms = () => lines.filter((line) => line.includes("API quota"));
    for (let message = 0; message < 3; message += 1) {
      expect(await simulator.say(said)).toMatchObject({ delivered: true });
    }
    expect(alarms()).toHaveLength(1);
    simulator.streams.cut();
    await clock.advance(3_599_999);
    await connect();
    await simulator.say(said);
    expect(alarms()).toHaveLength(1);
    await clock.advance(1);
    await simulator.say(said);
    expect(alarms()).toHaveLength(2);
    expect(hub.items()).toEqual([]);
  });

  it("is lost when the server kicks it", async () => {
    const { simulator, connect } = await meet();
    const connection = await connect();
    simulator.streams.kick();
    expect(await connection.ended).toEqual({ type: "lost", reason: "closed with 1001" });
  });

  it("takes no requests", async () => {
    const { connect } = await meet();
    expect(await (await connect()).request({})).toMatchObject({ type: "unreached" });
  });
});
