import { afterEach, describe, expect, it } from "vitest";
import { dingtalkCard } from "../../console/src/simulator/card/dingtalk.ts";
import { cardTemplate } from "../../src/bots/dingtalk/card-template.ts";
import { dingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { dingtalk } from "../../src/bots/dingtalk/dingtalk.ts";
import { registerCardCallback } from "../../src/bots/dingtalk/register-callback.ts";
import { renderCard } from "../../src/bots/dingtalk/render.ts";
import type { Card } from "../../src/core/card.ts";
import type { Inbound, Outbound, Outcome, SurfaceRef } from "../../src/core/message.ts";
import {
  createDingtalkSimulator,
  type DingtalkSimulator,
} from "../../src/simulator/dingtalk/dingtalk-simulator.ts";
import { createManualClock, type ManualClock } from "../../src/simulator/manual-clock.ts";
import { overHttp } from "../support/over-http.ts";

const HOOK = "https://desk.example.com/hooks/dingtalk/vendors";

const app = {
  clientId: "dingappkey",
  clientSecret: "made-up-secret",
  robotCode: "dingappkey",
  corpId: "ding1",
  aesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
  token: "made-up-token",
};

const config = dingtalkConfig.parse({
  client_id: app.clientId,
  client_secret: app.clientSecret,
  aes_key: app.aesKey,
  token: app.token,
  card_template_id: "loopdesk.schema",
  card_api_secret: "made-up-card-secret",
  card_route_key: "loopdesk",
});

type Meeting = {
  readonly simulator: DingtalkSimulator;
  readonly clock: ManualClock;
  readonly bot: ReturnType<typeof dingtalk.create>;
  /** Everything that the bot understood. */
  readonly heard: Inbound[];
  /** How the next click ends. */
  outcome: Outcome<string> | "pending";
};

const running: DingtalkSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

/** Our bot and the simulated DingTalk, each other's only correspondent, with the card callback registered. */
async function meet(): Promise<Meeting> {
  const clock = createManualClock();
  const simulator = createDingtalkSimulator({
    world: {
      people: [
        { id: "0123", name: "陈敏", title: "门店店长" },
        { id: "0456", name: "李雷", title: "冷链工程师" },
      ],
      chats: [{ id: "cidRepair==", name: "报修群", kind: "group", members: ["0123", "0456"] }],
    },
    clock,
    speed: 1,
    app,
    robotUrl: HOOK,
    eventUrl: `${HOOK}/event`,
    fetch: async (input, init) =>
      overHttp(meeting, new Request(input as string, init), feedOf(String(input))),
  });
  running.push(simulator);
  simulator.importTemplate("loopdesk.schema", cardTemplate());
  const deps = {
    fetch: (async (input: unknown, init: unknown) =>
      simulator.fetch(new Request(input as string, init as RequestInit))) as typeof fetch,
    clock: { now: () => clock.now(), sleep: async () => {} },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  };
  const bot = dingtalk.create(config, deps);
  const meeting: Meeting = { simulator, clock, bot, heard: [], outcome: "pending" };
  expect(await registerCardCallback(config, deps, `${HOOK}/card`)).toEqual({ type: "registered" });
  return meeting;
}

function feedOf(url: string): string {
  return ["event", "card"].find((feed) => new URL(url).pathname.endsWith(`/${feed}`)) ?? "robot";
}

const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [{ type: "paragraph", text: "<b>三号柜</b>" }],
  controls: [
    { type: "button", label: "接单", style: "primary", action: "claim|1|ticket:t1", confirm: null },
    {
      type: "form",
      name: "f",
      fields: [
        { type: "text", name: "note", label: "说明", required: false, multiline: true },
        {
          type: "select",
          name: "team",
          label: "转给",
          required: true,
          options: [
            { value: "ice", label: "冷链组" },
            { value: "net", label: "网络组" },
          ],
        },
      ],
      submit: { label: "转派", style: "default", action: "transfer|1|ticket:t1" },
    },
  ],
};
const claimed: Card<string> = { ...card, tone: "info", subtitle: "李雷处理中", controls: [] };

const toGroup: Outbound<string> = {
  id: "m0000000000000000001",
  to: { kind: "chat", id: "cidRepair==" },
  inReplyTo: null,
  content: { type: "card", card },
};

/** What the newest message shows: words, or the variables of its card as one person sees them. */
function newest(meeting: Meeting) {
  const message = meeting.simulator.view().messages.at(-1);
  if (message === undefined) throw new Error("there is no message");
  return message;
}
function native(meeting: Meeting) {
  const { body } = newest(meeting);
  if (body.type !== "card") throw new Error("the newest message is no card");
  return body.native as {
    cardParamMap: Record<string, string>;
    privateData?: Record<string, Record<string, string>>;
  };
}

describe("the bot and a simulated DingTalk", () => {
  it("passes the check of the event address, and acknowledges events", async () => {
    const { simulator, heard } = await meet();
    expect(await simulator.verifyEventUrl()).toBe(true);
    const { done } = simulator.pushEvent("user_add_org", { UserId: ["0456"] });
    expect(await done).toMatchObject({ delivered: true, attempts: 1 });
    expect(heard).toEqual([]);
  });

  it("hears a mention in a group and answers it there", async () => {
    const meeting = await meet();
    const said = { person: "0123", chat: "cidRepair==", text: "冰柜坏了", mention: true };
    expect(await meeting.simulator.say(said)).toMatchObject({ delivered: true, status: 200 });
    const [message] = meeting.heard;
    if (message?.type !== "message") throw new Error("no message was heard");
    expect(message).toMatchObject({
      sender: { id: "0123", name: "陈敏" },
      place: { chat: "cidRepair==", kind: "group" },
      addressed: true,
    });
    expect(message.parts).toContainEqual({ type: "text", text: "冰柜坏了" });
    const { messageId, handle } = message;
    const answer: Outbound<string> = {
      ...toGroup,
      content: { type: "text", text: "已派工程师" },
      inReplyTo: { messageId, thread: null, handle },
    };
    expect(await meeting.bot.send(answer)).toMatchObject({ type: "sent" });
    expect(newest(meeting)).toMatchObject({
      chat: "cidRepair==",
      from: "bot",
      body: { text: "已派工程师" },
    });
    await meeting.clock.advance(5_400_000);
    expect(await meeting.bot.send({ ...answer, id: "m2" })).toMatchObject({ type: "sent" });
  });

  it("talks with one person, and hears a quote and a file", async () => {
    const meeting = await meet();
    const to = { kind: "person", id: "0123" } as const;
    const greeting = { type: "text", text: "好了吗？" } as const;
    expect(await meeting.bot.send({ ...toGroup, to, content: greeting })).toMatchObject({
      type: "sent",
    });
    const { id, chat } = newest(meeting);
    await meeting.simulator.say({ person: "0123", chat, text: "还没有", quotes: id });
    const attachment = { kind: "file", name: "日志.txt" } as const;
    await meeting.simulator.say({ person: "0123", chat, text: "", attachment });
    expect(meeting.heard).toMatchObject([
      { quotes: id, place: { kind: "direct" }, parts: [{ type: "text", text: "还没有" }] },
      { parts: [{ type: "file", name: "日志.txt" }] },
    ]);
  });

  it("shows a card once, however often it is sent, and changes it", async () => {
    const meeting = await meet();
    const sent = { type: "sent", remoteId: toGroup.id, updateTokens: [] };
    expect(await meeting.bot.send(toGroup)).toEqual(sent);
    expect(await meeting.bot.send(toGroup)).toEqual(sent);
    expect(meeting.simulator.view().messages).toHaveLength(1);
    expect(native(meeting).cardParamMap).toEqual(renderCard(card, null));
    const surface: SurfaceRef = {
      id: toGroup.id,
      to: toGroup.to,
      remoteId: toGroup.id,
      updateTokens: [],
      version: 2,
    };
    expect(await meeting.bot.update(surface, claimed)).toEqual(sent);
    expect(native(meeting).cardParamMap).toEqual(renderCard(claimed, 2));
    const gone = await meeting.bot.update({ ...surface, remoteId: "m9" }, claimed);
    expect(gone).toMatchObject({ type: "failed", class: "window-closed" });
  });

  it("hears a click on the card that it sent, and answers with the new card", async () => {
    const meeting = await meet();
    await meeting.bot.send(toGroup);
    meeting.outcome = { tone: "success", text: "已接单", card: claimed };
    const press = { person: "0456", message: newest(meeting).id, button: "claim|1|ticket:t1" };
    expect(await meeting.simulator.press(press)).toEqual({
      toast: { tone: "success", text: "已接单" },
      error: null,
    });
    expect(meeting.heard).toMatchObject([
      { type: "action", cardId: toGroup.id, operator: { id: "0456" }, action: press.button },
    ]);
    expect(native(meeting).cardParamMap).toEqual(renderCard(claimed, null));
    expect(native(meeting).privateData).toEqual({
      "0456": { toast: "已接单", toast_tone: "success", toast_version: "" },
    });
  });

  it("hears a form, and leaves the card as it is while that is being worked", async () => {
    const meeting = await meet();
    await meeting.bot.send(toGroup);
    const values = { note: "换了压缩机", team: "net" };
    const press = { person: "0456", message: newest(meeting).id, button: "transfer|1|ticket:t1" };
    expect(await meeting.simulator.press({ ...press, values })).toMatchObject({ error: null });
    expect(meeting.heard).toMatchObject([{ action: press.button, values }]);
    expect(native(meeting).cardParamMap).toEqual(renderCard(card, null));
  });

  it("tells who sent a form how that ended, by a toast and on the card, until the card moves on", async () => {
    const meeting = await meet();
    await meeting.bot.send(toGroup);
    meeting.outcome = { tone: "warning", text: "请填写内容", card };
    const press = { person: "0456", message: newest(meeting).id, button: "transfer|1|ticket:t1" };
    const { toast } = await meeting.simulator.press({ ...press, values: { team: "net" } });
    expect(toast).toEqual({ tone: "warning", text: "请填写内容" });
    const told = { type: "plain", text: "请填写内容", small: false };
    expect(dingtalkCard(native(meeting), "0456").parts).toContainEqual(told);
    expect(dingtalkCard(native(meeting), "0123").parts).not.toContainEqual(told);
    const surface = { id: toGroup.id, to: toGroup.to, remoteId: toGroup.id, updateTokens: [] };
    await meeting.bot.update({ ...surface, version: 2 }, claimed);
    expect(dingtalkCard(native(meeting), "0456").parts).not.toContainEqual(told);
  });

  it("goes on when its token is revoked, and says who could not be reached", async () => {
    const meeting = await meet();
    meeting.simulator.tokens.revoke();
    const content = { type: "text", text: "x" } as const;
    const to = (id: string) => ({ ...toGroup, content, to: { kind: "person", id } as const });
    expect(await meeting.bot.send(to("0123"))).toMatchObject({ type: "sent" });
    expect(await meeting.bot.send(to("nobody"))).toMatchObject({ class: "content" });
    meeting.simulator.flowControl(["0123"]);
    expect(await meeting.bot.send(to("0123"))).toMatchObject({ class: "rate" });
  });
});
