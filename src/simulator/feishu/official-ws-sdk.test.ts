import * as lark from "@larksuiteoapi/node-sdk";
import { afterEach, describe, expect, it } from "vitest";
import { eventually } from "../../../test/support/eventually.ts";
import { serveTool } from "../../../test/support/serve-tool.ts";
import { cardOf, createBench, dataOf } from "./bench.ts";
import type { ConnectionOptions } from "./state.ts";

const quiet = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  trace: () => undefined,
};
const clients: lark.WSClient[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.close({ force: true });
});

type Seen = { readonly content: string; readonly id: string };

/** The vendor's own client, unmodified, connected to the simulator over a real socket. */
async function connected(connection: ConnectionOptions = {}) {
  const app = {
    ...createBench().app,
    appId: `cli_${crypto.randomUUID().replaceAll("-", "").slice(0, 16)}`,
    subscription: "websocket" as const,
  };
  const quick = { reconnectNonceS: 0, reconnectIntervalS: 0.01, ...connection };
  const made: { bench: ReturnType<typeof createBench> | null } = { bench: null };
  const served = await serveTool("feishu", (socketBase) => {
    made.bench = createBench({ app, socketBase, connection: quick });
    return made.bench.simulator;
  });
  if (made.bench === null) throw new Error("the tool is made when it is served");
  const { bench } = made;
  const seen: Seen[] = [];
  const eventDispatcher = new lark.EventDispatcher({ logger: quiet }).register({
    "im.message.receive_v1": async ({ event_id, message }) => {
      seen.push({ content: message.content, id: String(event_id) });
    },
    "card.action.trigger": async () => ({
      toast: { type: "success", content: "已接单" },
      card: { type: "raw", data: cardOf("工单：已接单", []) },
    }),
  });
  let reconnected = 0;
  const client = new lark.WSClient({
    appId: app.appId,
    appSecret: app.appSecret,
    domain: served.url,
    logger: quiet,
    onReconnected: () => {
      reconnected += 1;
    },
  });
  clients.push(client);
  await client.start({ eventDispatcher });
  await eventually(() => client.getConnectionStatus().state).toBe("connected");
  const say = (text: string) => bench.simulator.say({ person: "ou_chen", chat: "oc_chen", text });
  return { ...bench, served, client, seen, say, reconnected: () => reconnected };
}

describe("the official WSClient", () => {
  it("connects, hears an event and acknowledges it", async () => {
    const { say, seen, simulator } = await connected();
    expect(simulator.connections.count()).toBe(1);
    expect(await say("冰柜坏了")).toEqual({ delivered: true, status: 200, attempts: 1 });
    expect(seen.map(({ content }) => content)).toEqual(['{"text":"冰柜坏了"}']);
  });

  it("answers a click with a toast and a card", async () => {
    const { call, simulator } = await connected();
    const sent = dataOf(
      await call("POST", "/im/v1/messages?receive_id_type=chat_id", {
        receive_id: "oc_repair",
        msg_type: "interactive",
        content: JSON.stringify(cardOf("工单")),
      }),
    );
    const message = String(sent.message_id);
    const pressed = await simulator.press({ person: "ou_li", message, button: "claim" });
    expect(pressed).toEqual({ toast: { tone: "success", text: "已接单" }, error: null });
    expect(simulator.view().messages[0]?.body).toMatchObject({ edition: 2 });
  });

  it("joins a payload of many pieces whose cuts split characters", async () => {
    const { say, seen } = await connected({ pieceBytes: 7 });
    await say("冰柜坏了🧊🧊🧊".repeat(20));
    expect(seen.map(({ content }) => content)).toEqual([
      JSON.stringify({ text: "冰柜坏了🧊🧊🧊".repeat(20) }),
    ]);
  });

  it("pings as often as it is told", async () => {
    const { simulator, client, say } = await connected({ pingIntervalS: 0.02 });
    await eventually(() => simulator.connections.pings()).toBeGreaterThan(3);
    expect(client.getConnectionStatus().state).toBe("connected");
    expect((await say("还在吗")).delivered).toBe(true);
  });

  it("comes back after a cut, and hears then what it missed, once", async () => {
    const { served, say, seen, reconnected, clock } = await connected();
    served.cutAll();
    expect((await say("冰柜坏了")).delivered).toBe(false);
    await eventually(reconnected).toBe(1);
    await eventually(() => seen.length).toBe(1);
    await clock.advance(24 * 3_600_000);
    expect(seen).toHaveLength(1);
  });

  it("comes back after a kick", async () => {
    const { say, seen, simulator, reconnected } = await connected();
    simulator.connections.kick();
    await eventually(reconnected).toBe(1);
    expect((await say("还在吗")).delivered).toBe(true);
    expect(seen).toHaveLength(1);
  });

  it("hears after a gap what was lost in it", async () => {
    const { say, seen, simulator, reconnected } = await connected();
    simulator.connections.gap();
    expect((await say("冰柜坏了")).delivered).toBe(false);
    expect(seen).toEqual([]);
    simulator.connections.kick();
    await eventually(reconnected).toBe(1);
    await eventually(() => seen.length).toBe(1);
  });
});
