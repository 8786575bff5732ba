import { describe, expect, it } from "vitest";
import type { ToolSocket } from "../../tool.ts";
import { bot, buttonCard, given, said } from "./bench.ts";
import type { AibotOptions } from "./context.ts";

type Frame = {
  readonly cmd?: string;
  readonly headers: { readonly req_id: string };
  readonly errcode?: number;
  readonly body: Record<string, unknown>;
};

/** A subscribed client without a network between. */
function client(more: Partial<AibotOptions> = {}) {
  const bench = given(more);
  const connection = connect(bench.simulator);
  connection.ask("aibot_subscribe", { bot_id: bot.botId, secret: bot.secret });
  return { ...bench, ...connection };
}

function connect(simulator: ReturnType<typeof given>["simulator"]) {
  const heard: Frame[] = [];
  const ends: string[] = [];
  let tell = (_frame: string): void => {};
  const socket: ToolSocket = {
    send: (frame) => void heard.push(JSON.parse(String(frame))),
    close: (code) => void ends.push(String(code)),
    cut: () => void ends.push("cut"),
    onFrame(listener) {
      tell = listener;
    },
    onClose() {},
  };
  simulator.connect?.(socket, new URL("ws://tool/"));
  const ask = (cmd: string, body?: unknown, reqId = "r1") => {
    tell(JSON.stringify({ cmd, headers: { req_id: reqId }, body }));
    return heard.at(-1)?.errcode;
  };
  const callbacks = () => heard.filter(({ cmd }) => cmd !== undefined);
  return { heard, ends, ask, callbacks, raw: (frame: string) => tell(frame) };
}

async function asked(more: Partial<AibotOptions> = {}) {
  const bench = client(more);
  await bench.simulator.say(said);
  const reqId = bench.callbacks().at(-1)?.headers.req_id ?? "";
  const reply = (body: unknown, id = reqId) => bench.ask("aibot_respond_msg", body, id);
  return { ...bench, reply };
}

const markdown = (content = "好") => ({ msgtype: "markdown", markdown: { content } });
const stream = (content: string, finish = false, id = "s1") => ({
  msgtype: "stream",
  stream: { id, content, finish },
});
const template = (card: object) => ({ msgtype: "template_card", template_card: card });
const push = (body: object, chatid = "ZhangSan") => ({ chatid, chat_type: 1, ...body });

describe("the connection of a simulated bot", () => {
  it("answers nobody who has not subscribed", () => {
    const { ask, ends, raw } = connect(given().simulator);
    expect(ask("ping")).toBe(846609);
    expect(ask("aibot_send_msg", push(markdown()))).toBe(846609);
    expect(ask("aibot_subscribe", { bot_id: bot.botId, secret: "another" })).toBe(853000);
    raw("hello");
    expect(ends).toEqual(["1003"]);
  });

  it("knows its commands and no others", () => {
    const { ask } = client();
    expect(ask("ping")).toBe(0);
    expect(ask("aibot_dance")).toBe(40058);
  });

  it("is protected from those who subscribe all the time", async () => {
    const { ask, clock } = client({ limits: { subscribesPerMinute: 2 } });
    const again = () => ask("aibot_subscribe", { bot_id: bot.botId, secret: bot.secret });
    expect([again(), again()]).toEqual([0, 45009]);
    await clock.advance(60_000);
    expect(again()).toBe(0);
  });

  it("belongs to whoever came last", () => {
    const { simulator, heard, ends, ask } = client();
    const second = connect(simulator);
    second.ask("aibot_subscribe", { bot_id: bot.botId, secret: bot.secret });
    expect(heard.at(-1)?.body).toMatchObject({ event: { eventtype: "disconnected_event" } });
    expect(ends).toEqual(["1000"]);
    expect(ask("ping")).toBe(846609);
    expect(second.ask("ping")).toBe(0);
  });
});

describe("what a simulated bot may reply", () => {
  it("is one message to each, but a stream may grow until it is finished", async () => {
    const { reply, messages } = await asked();
    expect(reply(stream("一"))).toBe(0);
    expect(reply(stream("一二", true))).toBe(0);
    expect(messages().at(-1)).toMatchObject({ body: { text: "一二" } });
    for (const more of [stream("一二三"), stream("四", true, "s2"), markdown()]) {
      expect(reply(more)).toBe(846606);
    }
    const other = await asked();
    expect(other.reply(markdown())).toBe(0);
    expect(other.reply(markdown())).toBe(846606);
  });

  it("is taken for a day, and a stream for ten minutes", async () => {
    const { reply, clock } = await asked();
    expect(reply(stream("一"))).toBe(0);
    await clock.advance(600_001);
    expect(reply(stream("一二"))).toBe(846608);
    const other = await asked();
    await other.clock.advance(24 * 3_600_000 + 1);
    expect(other.reply(markdown())).toBe(846604);
    expect(other.reply(markdown(), "unknown")).toBe(846605);
  });

  it("has at most 20480 bytes, and some", async () => {
    const { reply } = await asked();
    expect(reply(markdown("好".repeat(6827)))).toBe(45002);
    expect(reply(markdown(""))).toBe(44004);
    expect(reply({ msgtype: "stream", stream: { content: "x", finish: true } })).toBe(40058);
    expect(reply({ msgtype: "image", image: {} })).toBe(40007);
    expect(reply({ msgtype: "news", news: {} })).toBe(40008);
    expect(reply(stream("好".repeat(6826), true))).toBe(0);
  });

  it("keeps with pushes to 30 a minute and 1000 an hour in one chat", async () => {
    const { ask, clock, reply } = await asked();
    expect(reply(markdown())).toBe(0);
    const send = () => ask("aibot_send_msg", push(markdown()));
    for (let count = 1; count < 30; count += 1) expect(send()).toBe(0);
    expect(send()).toBe(846607);
    await clock.advance(60_000);
    expect(send()).toBe(0);
    const other = await asked({ limits: { chatPerMinute: 2000 } });
    const busy = () => other.ask("aibot_send_msg", push(markdown()));
    for (let count = 0; count < 1000; count += 1) busy();
    expect(busy()).toBe(846607);
  });

  it("goes nowhere where nobody has spoken", async () => {
    const { ask } = await asked();
    expect(ask("aibot_send_msg", push(markdown(), "lisi"))).toBe(846607);
    expect(ask("aibot_send_msg", { ...push(markdown(), "wrg1"), chat_type: 2 })).toBe(846607);
    expect(ask("aibot_send_msg", push(markdown(), "nobody"))).toBe(93006);
    expect(ask("aibot_send_msg", { ...push(markdown()), chat_type: 2 })).toBe(93006);
    expect(ask("aibot_send_msg", { ...push(markdown()), chat_type: 0 })).toBe(0);
  });
});

describe("a simulated bot's card", () => {
  it.each([
    ["a button with an address", { button_list: [{ text: "开", type: 1, url: "https://x" }] }],
    ["a button that is disabled", { button_list: [{ text: "a", key: "k", disable: true }] }],
    ["a greyed-out button", { replace_text: "已接单" }],
    ["a menu that says nothing", { action_menu: { action_list: [{ text: "a", key: "k" }] } }],
    ["a row with a file", { horizontal_content_list: [{ keyname: "a", type: 2, media_id: "m" }] }],
  ])("may not have %s", async (_name, more) => {
    const { reply } = await asked();
    expect(reply(template({ ...buttonCard, ...more }))).toBe(40058);
  });

  it("needs a task_id of its own", async () => {
    const { ask, reply } = await asked();
    expect(reply(template({ ...buttonCard, task_id: "!" }))).toBe(846625);
    expect(reply(template(buttonCard))).toBe(0);
    expect(ask("aibot_send_msg", push(template(buttonCard)))).toBe(846625);
  });

  it("can be changed once, within five seconds of a click, under its task_id", async () => {
    const { simulator, reply, ask, callbacks, messages, clock } = await asked();
    reply(template(buttonCard));
    const message = messages().at(-1)?.id ?? "";
    const click = async () => {
      const button = "close|3|ticket:abc";
      const pressed = simulator.press({ person: "ZhangSan", message, button });
      await clock.advance(0);
      return { pressed, id: callbacks().at(-1)?.headers.req_id ?? "" };
    };
    const change = (id: string, card: object = buttonCard) =>
      ask(
        "aibot_respond_update_msg",
        { response_type: "update_template_card", template_card: card },
        id,
      );
    const first = await click();
    expect(change(first.id, { ...buttonCard, task_id: "other" })).toBe(846625);
    expect(change(first.id)).toBe(0);
    expect(change(first.id)).toBe(846606);
    expect(await first.pressed).toEqual({ toast: null, error: null });
    const late = await click();
    await clock.advance(5001);
    expect(change(late.id)).toBe(846604);
    expect(await late.pressed).toMatchObject({ error: { code: "timeout" } });
    const unread = simulator.press({ person: "ZhangSan", message, button: "nothing" });
    await expect(unread).rejects.toThrow("no button");
  });

  it("is greeted with within five seconds of somebody's coming", async () => {
    const { aibot, ask, callbacks, clock } = client();
    await aibot.enter("lisi");
    const id = callbacks().at(-1)?.headers.req_id ?? "";
    const text = { msgtype: "text", text: { content: "您好" } };
    await clock.advance(5001);
    expect(ask("aibot_respond_welcome_msg", text, id)).toBe(846604);
    expect(ask("aibot_respond_msg", text, id)).toBe(846605);
  });
});
