import { afterEach, describe, expect, it } from "vitest";
import { wecomConfig } from "../../src/bots/wecom/config.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Card } from "../../src/core/card.ts";
import type { Inbound, Outbound, Outcome, SurfaceRef } from "../../src/core/message.ts";
import { createManualClock, type ManualClock } from "../../src/simulator/manual-clock.ts";
import {
  createWecomSimulator,
  type WecomSimulator,
} from "../../src/simulator/wecom/wecom-simulator.ts";
import { overHttp } from "../support/over-http.ts";

const app = {
  corpId: "ww1",
  agentId: 1000002,
  secret: "made-up-secret",
  token: "made-up-token",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};

const config = wecomConfig.parse({
  corp_id: app.corpId,
  agent_id: app.agentId,
  secret: app.secret,
  token: app.token,
  encoding_aes_key: app.encodingAesKey,
});

type Meeting = {
  readonly simulator: WecomSimulator;
  readonly clock: ManualClock;
  readonly bot: ReturnType<typeof wecom.create>;
  /** Everything that the bot understood. */
  readonly heard: Inbound[];
  /** How the next click ends. */
  outcome: Outcome<string> | "pending";
};

const running: WecomSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

/** Our bot and the simulated WeCom, each other's only correspondent. */
function meet(): Meeting {
  const clock = createManualClock();
  const simulator = createWecomSimulator({
    world: {
      people: [
        { id: "ChenMin", name: "陈敏", title: "门店店长" },
        { id: "LiLei", name: "李雷", title: "冷链工程师" },
      ],
      chats: [],
    },
    clock,
    speed: 1,
    app,
    callbackUrl: "https://desk.example.com/hooks/wecom/stores",
    fetch: async (input, init) => overHttp(meeting, new Request(input as string, init), "app"),
  });
  running.push(simulator);
  const bot = wecom.create(config, {
    fetch: async (input, init) => simulator.fetch(new Request(input as string, init)),
    clock: { now: () => clock.now(), sleep: async () => {} },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const meeting: Meeting = { simulator, clock, bot, heard: [], outcome: "pending" };
  return meeting;
}

const team = {
  type: "select",
  name: "team",
  label: "转给",
  required: true,
  options: [{ value: "net", label: "网络组" }],
} as const;
const transfer = {
  type: "form",
  name: "f",
  fields: [team],
  submit: { label: "转派", style: "default", action: "transfer|1|ticket:t1" },
} as const;
const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [{ type: "paragraph", text: "三号柜 ]]> <b>" }],
  controls: [
    { type: "button", label: "接单", style: "primary", action: "claim|1|ticket:t1", confirm: null },
    transfer,
  ],
};
const claimed: Card<string> = { ...card, tone: "info", subtitle: "李雷处理中" };
const closed: Card<string> = { ...card, tone: "success", subtitle: "已关闭", controls: [] };

const message: Outbound<string> = {
  id: "m0000000000000000001",
  to: { kind: "person", id: "LiLei" },
  inReplyTo: null,
  content: { type: "card", card },
};

function newest(meeting: Meeting) {
  const message = meeting.simulator.view().messages.at(-1);
  if (message === undefined) throw new Error("there is no message");
  return message;
}

function native(meeting: Meeting): Record<string, unknown> {
  const { body } = newest(meeting);
  if (body.type !== "card") throw new Error("the newest message is no card");
  return body.native as Record<string, unknown>;
}

async function shown(meeting: Meeting): Promise<SurfaceRef> {
  const delivery = await meeting.bot.send(message);
  if (delivery.type !== "sent") throw new Error(`the card was not sent: ${delivery.reason}`);
  const { remoteId, updateTokens } = delivery;
  return { id: message.id, to: message.to, remoteId, updateTokens, version: 2 };
}

describe("the bot and a simulated WeCom", () => {
  it("passes the check of its address", async () => {
    expect(await meet().simulator.verifyUrl()).toBe(true);
  });

  it("hears a member and answers", async () => {
    const meeting = meet();
    const said = { person: "ChenMin", chat: "ChenMin", text: "冰柜坏了 & <急>" };
    expect(await meeting.simulator.say(said)).toMatchObject({ delivered: true, attempts: 1 });
    const attachment = { kind: "image", name: "柜子.png" } as const;
    await meeting.simulator.say({ ...said, attachment });
    expect(meeting.heard).toMatchObject([
      { sender: { id: "ChenMin" }, parts: [{ type: "text", text: said.text }] },
      { place: { chat: "ChenMin", kind: "direct" }, parts: [{ type: "image" }] },
    ]);
    const text: Outbound<string> = {
      ...message,
      to: { kind: "chat", id: "ChenMin" },
      content: { type: "text", text: "已派工程师" },
    };
    expect(await meeting.bot.send(text)).toMatchObject({ type: "sent" });
    expect(await meeting.bot.send({ ...text, id: "m2" })).toMatchObject({ type: "sent" });
    const words = meeting.simulator.view().messages.slice(-2);
    expect(words).toMatchObject([
      { chat: "ChenMin", body: { text: "已派工程师" } },
      { chat: "ChenMin", body: { text: "已派工程师" } },
    ]);
  });

  it("shows a card once, however often and however late it is sent again", async () => {
    const meeting = meet();
    await shown(meeting);
    for (const waitMs of [1000, 1_800_000]) {
      await meeting.clock.advance(waitMs);
      const again = { type: "sent", remoteId: message.id, updateTokens: [] };
      expect(await meeting.bot.send(message)).toEqual(again);
    }
    expect(meeting.simulator.view().messages).toHaveLength(1);
  });

  it("changes a card with each permission once, then says that the window is closed", async () => {
    const meeting = meet();
    const surface = await shown(meeting);
    const sent = { type: "sent", remoteId: message.id, updateTokens: [] };
    expect(await meeting.bot.update(surface, claimed)).toEqual(sent);
    expect(native(meeting)).toMatchObject({ source: { desc: "李雷处理中" } });
    const again = await meeting.bot.update(surface, closed);
    expect(again).toMatchObject({ type: "failed", class: "window-closed" });
    await meeting.clock.advance(72 * 3_600_000);
    const late = await meeting.bot.update(surface, closed);
    expect(late).toMatchObject({ type: "failed", class: "window-closed" });
  });

  it("hears a click on the card that it sent, answers with the new card, and may change it again", async () => {
    const meeting = meet();
    const surface = await shown(meeting);
    const press = { person: "LiLei", message: newest(meeting).id, button: "claim|1|ticket:t1" };
    meeting.outcome = { tone: "success", text: "已接单", card: claimed };
    expect(await meeting.simulator.press(press)).toEqual({ toast: null, error: null });
    expect(native(meeting)).toMatchObject({
      task_id: message.id,
      source: { desc: "李雷处理中" },
      quote_area: { quote_text: "已接单" },
    });
    meeting.outcome = "pending";
    await meeting.simulator.press({ ...press, values: { team: "net" } });
    expect(meeting.heard).toMatchObject([
      { cardId: surface.remoteId, operator: { id: "LiLei" }, action: press.button, values: {} },
      { cardId: surface.remoteId, values: { team: "net" } },
    ]);
    const fresh = meeting.heard.flatMap((item) =>
      item.type === "action" && item.updateToken !== null ? [item.updateToken] : [],
    );
    const updateTokens = [...surface.updateTokens, ...fresh];
    expect(updateTokens).toHaveLength(3);
    expect(await meeting.bot.update({ ...surface, updateTokens }, closed)).toEqual({
      type: "sent",
      remoteId: message.id,
      updateTokens: updateTokens.slice(0, 2),
    });
    expect(native(meeting)).toMatchObject({ card_type: "text_notice" });
  });

  it("tells a refusal on the button itself when the card stays as it is", async () => {
    const meeting = meet();
    await shown(meeting);
    meeting.outcome = { tone: "error", text: "只有组员可以接单", card: null };
    const press = { person: "LiLei", message: newest(meeting).id, button: "claim|1|ticket:t1" };
    expect(await meeting.simulator.press(press)).toEqual({ toast: null, error: null });
    expect(native(meeting)).toMatchObject({ replace_text: "只有组员可以接单" });
  });

  it("hears a card of lists", async () => {
    const meeting = meet();
    const lists = {
      ...message,
      content: { type: "card", card: { ...card, controls: [transfer] } },
    };
    await meeting.bot.send(lists as Outbound<string>);
    const press = { person: "LiLei", message: newest(meeting).id, button: "transfer|1|ticket:t1" };
    await meeting.simulator.press(press);
    await meeting.simulator.press({ ...press, values: { team: "net" } });
    expect(meeting.heard).toMatchObject([{ values: {} }, { values: { team: "net" } }]);
  });

  it("goes on when its token is revoked, and says who could not be reached", async () => {
    const meeting = meet();
    await shown(meeting);
    meeting.simulator.tokens.revoke();
    const content = { type: "text", text: "x" } as const;
    const to = (id: string) => ({ ...message, content, to: { kind: "person", id } as const });
    expect(await meeting.bot.send(to("ChenMin"))).toMatchObject({ type: "sent" });
    expect(await meeting.bot.send(to("nobody"))).toMatchObject({ class: "content" });
  });
});
