import { type TemplateCard, WSClient, type WsFrame } from "@wecom/aibot-node-sdk";
import { afterEach, describe, expect, it } from "vitest";
import { serveTool } from "../../../../test/support/serve-tool.ts";
import { bot, buttonCard, given, said } from "./bench.ts";

const clients: WSClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
});

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The simulator behind a real socket, and WeCom's own client of it. */
async function meet(secret = bot.secret) {
  const bench = given();
  const served = await serveTool("wecom", () => bench.simulator);
  const connect = async (options = {}) => {
    const client = new WSClient({
      botId: bot.botId,
      secret,
      wsUrl: served.socketBase,
      logger: silent,
      ...options,
    });
    clients.push(client);
    return client;
  };
  const client = await connect();
  const connected = once(client, "authenticated");
  const first = <T>(event: string) => once(client, event) as Promise<WsFrame<T>>;
  return { ...bench, client, connect, connected, first };
}

function once(client: WSClient, event: string): Promise<unknown> {
  return new Promise((resolve) => client.once(event as "message", resolve));
}

async function subscribed() {
  const bench = await meet();
  bench.client.connect();
  await bench.connected;
  return bench;
}

const card = buttonCard as unknown as TemplateCard;

describe("WeCom's own client of an AI bot", () => {
  it("subscribes, hears a person, and streams a reply that grows", async () => {
    const { client, first, simulator, messages } = await subscribed();
    const heard = first<{ text: { content: string } }>("message.text");
    expect(await simulator.say(said)).toMatchObject({ delivered: true });
    const frame = await heard;
    expect(frame.body?.text.content).toBe("冰柜坏了");
    await client.replyStream(frame, "s1", "正在查");
    await client.replyStream(frame, "s1", "正在查询，请稍候", true);
    expect(messages().slice(1)).toMatchObject([
      { chat: said.chat, from: "bot", body: { type: "text", text: "正在查询，请稍候" } },
    ]);
    await expect(client.replyStream(frame, "s2", "x", true)).rejects.toMatchObject({
      errcode: 846606,
    });
  });

  it("hears who mentions it in a group, and nobody else", async () => {
    const { first, simulator, aibot } = await subscribed();
    expect(aibot.isLive()).toBe(true);
    const heard = first<{ chatid: string; text: { content: string } }>("message");
    await simulator.say({ person: "lisi", chat: "wrg1", text: "吃了吗" });
    await simulator.say({ person: "lisi", chat: "wrg1", text: "在吗", mention: true });
    expect((await heard).body).toMatchObject({
      chatid: "wrg1",
      chattype: "group",
      from: { userid: "lisi" },
      text: { content: "@小助手 在吗" },
    });
  });

  it("replies with a card, and changes it within five seconds of a click", async () => {
    const { client, first, simulator, messages } = await subscribed();
    const heard = first("message");
    await simulator.say(said);
    await client.replyTemplateCard(await heard, card);
    const message = messages().at(-1)?.id ?? "";
    const clicked = first("event.template_card_event");
    const button = "claim|3|ticket:abc";
    const pressed = simulator.press({
      person: "ZhangSan",
      message,
      button,
      values: { team: "cold" },
    });
    const click = await clicked;
    expect(click.body).toMatchObject({
      event: {
        template_card_event: {
          event_key: button,
          task_id: "T-1_v1",
          selected_items: { selected_item: [{ option_ids: { option_id: ["cold"] } }] },
        },
      },
    });
    await client.updateTemplateCard(click, { ...card, main_title: { title: "已接单" } });
    expect(await pressed).toEqual({ toast: null, error: null });
    expect(messages().at(-1)?.body).toMatchObject({
      type: "card",
      edition: 2,
      native: { main_title: { title: "已接单" } },
    });
  });

  it("pushes into a chat where somebody has spoken, and into no other", async () => {
    const { client, simulator, messages } = await subscribed();
    await simulator.say(said);
    const markdown = { msgtype: "markdown", markdown: { content: "**已派**工程师" } } as const;
    await client.sendMessage("ZhangSan", markdown);
    expect(messages().at(-1)).toMatchObject({ chat: said.chat, from: "bot" });
    await expect(client.sendMessage("lisi", markdown)).rejects.toMatchObject({ errcode: 846607 });
    await expect(client.sendMessage("nobody", markdown)).rejects.toMatchObject({ errcode: 93006 });
  });

  it("greets who comes in", async () => {
    const { client, first, aibot, messages } = await subscribed();
    const came = first("event.enter_chat");
    await aibot.enter("lisi");
    await client.replyWelcome(await came, { msgtype: "text", text: { content: "您好" } });
    expect(messages().at(-1)).toMatchObject({ chat: "aibot:lisi", body: { text: "您好" } });
  });

  it("opens the files that it is sent", async () => {
    const { client, first, simulator } = await subscribed();
    const heard = first<{ file: { url: string; aeskey: string } }>("message.file");
    await simulator.say({ ...said, attachment: { kind: "file", name: "日志.txt" } });
    const { url, aeskey } = (await heard).body?.file ?? { url: "", aeskey: "" };
    expect(new URL(url).host).toBe("qyapi.weixin.qq.com");
    const { decryptFile } = await import("@wecom/aibot-node-sdk");
    const sealed = await (await simulator.fetch(new Request(url))).arrayBuffer();
    expect(decryptFile(Buffer.from(sealed), aeskey).toString()).toBe("日志.txt");
    expect(client.isConnected).toBe(true);
  });

  it("uploads a file in pieces, and sends it", async () => {
    const { client, first, simulator, messages } = await subscribed();
    const heard = first("message");
    await simulator.say(said);
    const frame = await heard;
    const bytes = Buffer.alloc(600_000, "好");
    const file = await client.uploadMedia(bytes, { type: "file", filename: "日志.txt" });
    await client.replyMedia(frame, "file", file.media_id);
    await client.sendMediaMessage("ZhangSan", "file", file.media_id);
    const body = { type: "attachment", kind: "file", name: "日志.txt" };
    expect(messages().slice(1)).toMatchObject([{ body }, { body }]);
    await expect(client.sendMediaMessage("ZhangSan", "image", file.media_id)).rejects.toMatchObject(
      { errcode: 40007 },
    );
  });

  it("is told when another connection takes its place, and stays away", async () => {
    const { first, aibot, connect } = await subscribed();
    const displaced = first("event.disconnected_event");
    const second = await connect();
    const connected = once(second, "authenticated");
    second.connect();
    await connected;
    await displaced;
    expect(aibot.subscribed()).toBe(2);
    expect(aibot.isLive()).toBe(true);
  });

  it("is refused with a wrong secret", async () => {
    const { client, aibot } = await meet("another");
    const failed = once(client, "error");
    client.connect();
    expect(String(await failed)).toContain("853000");
    expect(aibot.isLive()).toBe(false);
  });
});
