import { describe, expect, it } from "vitest";
import { NO_ACTION } from "../../src/bots/wecom/aibot/card.ts";
import { said } from "../../src/simulator/wecom/aibot/bench.ts";
import { answerTo, card, claim, meet, message } from "./wecom-aibot-meeting.ts";

async function together() {
  const meeting = await meet();
  const connection = await meeting.open();
  return { ...meeting, connection, channel: meeting.channelOver(connection) };
}

/** Somebody has spoken, and a card stands in their chat. */
async function withCard() {
  const meeting = await together();
  await meeting.simulator.say(said);
  await expect.poll(() => meeting.hub.heard.length).toBe(1);
  expect(await meeting.channel.send(message)).toMatchObject({ type: "sent" });
  const shown = meeting.messages().at(-1)?.id ?? "";
  const press = (button = claim) =>
    meeting.simulator.press({ person: "ZhangSan", message: shown, button });
  const native = () => {
    const body = meeting.messages().find(({ id }) => id === shown)?.body;
    return body?.type === "card" ? (body.native as Record<string, unknown>) : {};
  };
  return { ...meeting, press, native };
}

describe("the bot and a simulated WeCom over the long connection", () => {
  it("hears a person and answers twice: with a reply, then with a push", async () => {
    const { simulator, hub, channel, messages } = await together();
    await simulator.say({ ...said, text: "冰柜坏了 & <急>" });
    await expect.poll(() => hub.heard.length).toBe(1);
    expect(hub.heard).toMatchObject([
      {
        dedupeKey: expect.stringMatching(/^aibot:aib1:/),
        place: { chat: "ZhangSan", kind: "direct" },
        parts: [{ type: "text", text: "冰柜坏了 & <急>" }],
      },
    ]);
    const words = "见 *说明* https://desk.test/a_b";
    expect(await channel.send(answerTo(hub.heard, words, "m1"))).toMatchObject({ type: "sent" });
    expect(await channel.send(answerTo(hub.heard, "再见", "m2"))).toMatchObject({ type: "sent" });
    expect(messages().slice(1)).toMatchObject([
      { chat: said.chat, from: "bot", body: { text: words } },
      { chat: said.chat, from: "bot", body: { text: "再见" } },
    ]);
  });

  it("goes on by pushes when it has forgotten what it replied to", async () => {
    const { simulator, hub, connection, channel, channelOver, messages } = await together();
    await simulator.say(said);
    await expect.poll(() => hub.heard.length).toBe(1);
    await channel.send(answerTo(hub.heard, "一", "m1"));
    const restarted = channelOver(connection);
    expect(await restarted.send(answerTo(hub.heard, "二", "m2"))).toMatchObject({ type: "sent" });
    expect(messages().at(-1)).toMatchObject({ body: { text: "二" } });
  });

  it("hears a group that mentions it, without the @, and answers there", async () => {
    const { simulator, hub, channel, messages } = await together();
    await simulator.say({ person: "lisi", chat: "wrg1", text: "冰柜坏了", mention: true });
    await expect.poll(() => hub.heard.length).toBe(1);
    expect(hub.heard).toMatchObject([
      {
        place: { chat: "wrg1", kind: "group" },
        parts: [
          { type: "mention", bot: true },
          { type: "text", text: "冰柜坏了" },
        ],
      },
    ]);
    await channel.send(answerTo(hub.heard, "已派人", "m1"));
    expect(messages().at(-1)).toMatchObject({ chat: "wrg1", body: { text: "已派人" } });
  });

  it("fetches what it is sent, within five minutes", async () => {
    const { simulator, hub, channel, clock } = await together();
    await simulator.say({ ...said, attachment: { kind: "file", name: "日志.txt" } });
    await expect.poll(() => hub.heard.length).toBe(1);
    const [heard] = hub.heard;
    const part = heard?.type === "message" ? heard.parts[0] : undefined;
    const key = part?.type === "file" ? part.key : "";
    const ref = { key, kind: "file", messageId: "ms1" } as const;
    const fetched = await channel.fetchAttachment?.(ref, 100);
    expect(fetched).toMatchObject({ type: "fetched" });
    const bytes = fetched?.type === "fetched" ? fetched.bytes : new Uint8Array();
    expect(new TextDecoder().decode(bytes)).toBe("日志.txt");
    expect(await channel.fetchAttachment?.(ref, 3)).toEqual({ type: "too-large" });
    await clock.advance(300_000);
    expect(await channel.fetchAttachment?.(ref, 100)).toMatchObject({ class: "window-closed" });
    const inside = { ...ref, key: JSON.stringify({ url: "http://10.0.0.1/x", aeskey: "k" }) };
    expect(await channel.fetchAttachment?.(inside, 100)).toMatchObject({ class: "content" });
  });

  it("sends a file in pieces, and its link where WeCom takes no such file", async () => {
    const { simulator, hub, channel, messages } = await together();
    await simulator.say(said);
    await expect.poll(() => hub.heard.length).toBe(1);
    const file = {
      kind: "file",
      name: "日志.txt",
      mime: "text/plain",
      bytes: new Uint8Array(1_100_000),
      instead: "日志.txt：https://desk.test/files/a_b",
    } as const;
    const picture = { ...file, kind: "image", mime: "image/png", name: "柜子.png" } as const;
    const sent = { type: "sent", remoteId: "m1", updateTokens: [] };
    const { content, ...to } = answerTo(hub.heard, "", "m1");
    expect(await channel.sendFile?.(to, file)).toEqual(sent);
    expect(await channel.sendFile?.(to, picture)).toEqual(sent);
    expect(await channel.sendFile?.(to, { ...file, bytes: new Uint8Array(4) })).toEqual(sent);
    expect(messages().slice(1)).toMatchObject([
      { chat: said.chat, body: { type: "attachment", kind: "file", name: "日志.txt" } },
      { chat: said.chat, body: { type: "attachment", kind: "image", name: "柜子.png" } },
      { chat: said.chat, body: { type: "text", text: file.instead } },
    ]);
    expect(content.type).toBe("text");
  });

  it("shows a card once, however often it is sent, and cannot change it unasked", async () => {
    const { channel, messages } = await withCard();
    const before = messages().length;
    expect(await channel.send(message)).toMatchObject({ type: "sent", remoteId: message.id });
    expect(messages()).toHaveLength(before);
    const surface = { id: "s", to: message.to, remoteId: message.id, updateTokens: [], version: 2 };
    expect(await channel.update(surface, card)).toMatchObject({ class: "window-closed" });
  });

  it("answers a click with the new card and how it ended", async () => {
    const { hub, press, native } = await withCard();
    const claimed = { ...card, subtitle: "李四处理中" };
    hub.state.outcome = { tone: "success", text: "已接单", card: claimed };
    expect(await press()).toEqual({ toast: null, error: null });
    expect(native()).toMatchObject({
      task_id: message.id,
      source: { desc: "李四处理中" },
      quote_area: { quote_text: "已接单" },
    });
    expect(hub.heard.at(-1)).toMatchObject({
      type: "action",
      action: claim,
      cardId: message.id,
      operator: { id: "ZhangSan" },
    });
    await expect.poll(() => hub.left.at(-1)).toBe(true);
  });

  it("says that a click is being worked on, and its button does nothing more", async () => {
    const { hub, press, native } = await withCard();
    expect(await press()).toEqual({ toast: null, error: null });
    expect(native()).toMatchObject({ button_list: [{ style: 4, key: NO_ACTION }] });
    const heard = hub.heard.length;
    expect(await press(NO_ACTION)).toEqual({ toast: null, error: null });
    expect(hub.heard).toHaveLength(heard);
  });

  it("tells the clicker in words what no card can show", async () => {
    const { hub, press, native, messages, clock } = await withCard();
    hub.state.outcome = { tone: "error", text: "只有组员可以接单", card: null };
    const pressed = press();
    await expect
      .poll(() => messages().at(-1)?.body)
      .toEqual({
        type: "text",
        text: "只有组员可以接单",
      });
    await clock.advance(5000);
    expect(await pressed).toMatchObject({ error: { code: "timeout" } });
    expect(native()).toMatchObject({ button_list: [{ key: claim }] });
    await expect.poll(() => hub.left.at(-1)).toBe(true);
  });

  it("greets who comes in", async () => {
    const { aibot, messages } = await together();
    await aibot.enter("lisi");
    await expect
      .poll(() => messages().at(-1))
      .toMatchObject({
        chat: "aibot:lisi",
        body: { text: "您好，请说" },
      });
  });
});
