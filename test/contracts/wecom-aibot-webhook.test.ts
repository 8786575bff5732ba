import { describe, expect, it } from "vitest";
import { NO_ACTION } from "../../src/bots/wecom/aibot/card.ts";
import { aibotConfig } from "../../src/bots/wecom/aibot/config.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Inbound, Outcome } from "../../src/core/message.ts";
import type { Channel } from "../../src/ports/channel.ts";
import { given, said, webhook } from "../../src/simulator/wecom/aibot/bench.ts";
import { overHttp } from "../support/over-http.ts";
import { answerTo, card, claim } from "./wecom-aibot-meeting.ts";

/** Our bot and the simulated WeCom, each reached by the other over HTTP. */
function meet() {
  const heard: Inbound[] = [];
  const meeting: { bot: Channel; heard: Inbound[]; outcome: Outcome<string> | "pending" } = {
    bot: null as unknown as Channel,
    heard,
    outcome: "pending",
  };
  const bench = given({ webhook }, (request) => overHttp(meeting, request, "app"));
  const config = aibotConfig.parse({
    kind: "aibot",
    transport: "webhook",
    token: webhook.token,
    encoding_aes_key: webhook.encodingAesKey,
    welcome: "您好，请说",
  });
  meeting.bot = wecom.create(config, {
    fetch: async (input, init) => bench.simulator.fetch(new Request(input as string, init)),
    clock: { now: bench.clock.now, sleep: async () => {} },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  return { ...bench, meeting, heard };
}

async function withCard() {
  const { meeting, ...bench } = meet();
  await bench.simulator.say(said);
  const answer = answerTo(bench.heard, "", "m0000000000000000001");
  const sent = await meeting.bot.send({ ...answer, content: { type: "card", card } });
  expect(sent).toMatchObject({ type: "sent" });
  const message = bench.messages().at(-1)?.id ?? "";
  const press = () => bench.simulator.press({ person: "ZhangSan", message, button: claim });
  const native = () => {
    const body = bench.messages().at(-1)?.body;
    return body?.type === "card" ? body.native : null;
  };
  return { ...bench, meeting, press, native };
}

describe("the bot and a simulated WeCom in webhook mode", () => {
  it("passes the check of its address, and greets who comes in", async () => {
    const { aibot, messages } = meet();
    expect(await aibot.verifyUrl()).toBe(true);
    await aibot.enter("lisi");
    expect(messages()).toMatchObject([{ chat: "aibot:lisi", body: { text: "您好，请说" } }]);
  });

  it("hears a person and answers once", async () => {
    const { simulator, heard, meeting, messages } = meet();
    expect(await simulator.say(said)).toMatchObject({ delivered: true });
    expect(heard).toMatchObject([{ parts: [{ type: "text", text: said.text }] }]);
    expect(await meeting.bot.send(answerTo(heard, "已派 *人*", "m1"))).toMatchObject({
      type: "sent",
    });
    expect(messages().at(-1)).toMatchObject({ body: { text: "已派 *人*" } });
    const again = await meeting.bot.send(answerTo(heard, "再见", "m2"));
    expect(again).toMatchObject({ type: "failed", class: "window-closed" });
  });

  it("fetches what it is sent with its own key", async () => {
    const { simulator, heard, meeting } = meet();
    await simulator.say({ ...said, attachment: { kind: "file", name: "a.txt" } });
    const [message] = heard;
    const part = message?.type === "message" ? message.parts[0] : undefined;
    const key = part?.type === "file" ? part.key : "";
    const ref = { key, kind: "file", messageId: "ms1" } as const;
    const fetched = await meeting.bot.fetchAttachment?.(ref, 100);
    expect(fetched).toMatchObject({ type: "fetched", bytes: new TextEncoder().encode("a.txt") });
  });

  it("answers a click with the new card, that it is at work, or words in its place", async () => {
    const { meeting, press, native } = await withCard();
    meeting.outcome = { tone: "success", text: "已接单", card };
    expect(await press()).toEqual({ toast: null, error: null });
    expect(native()).toMatchObject({ quote_area: { quote_text: "已接单" } });
    meeting.outcome = { tone: "error", text: "只有组员可以接单", card: null };
    expect(await press()).toEqual({ toast: null, error: null });
    expect(native()).toMatchObject({ main_title: { title: "只有组员可以接单" } });
    const other = await withCard();
    expect(await other.press()).toEqual({ toast: null, error: null });
    expect(other.native()).toMatchObject({ button_list: [{ key: NO_ACTION }] });
  });
});
