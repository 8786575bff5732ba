import { afterEach, describe, expect, it } from "vitest";
import { feishuConfig } from "../../src/bots/feishu/config.ts";
import { feishu } from "../../src/bots/feishu/feishu.ts";
import type { Card } from "../../src/core/card.ts";
import type { Inbound, Outbound, Outcome } from "../../src/core/message.ts";
import type { Delivery, RawRequest } from "../../src/ports/channel.ts";
import {
  createFeishuSimulator,
  type FeishuSimulator,
} from "../../src/simulator/feishu/simulator.ts";
import { createManualClock } from "../../src/simulator/manual-clock.ts";

const HOOK = "https://desk.example.com/hooks/feishu/hq";

type Meeting = {
  readonly simulator: FeishuSimulator;
  readonly bot: ReturnType<typeof feishu.create>;
  /** Everything that the bot understood. */
  readonly heard: Inbound[];
  /** How the next click ends. */
  outcome: Outcome<string> | "pending";
};

const running: FeishuSimulator[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

/** Our bot and the simulated Feishu, each other's only correspondent. */
function meet(encryptKey: string | null): Meeting {
  const clock = createManualClock();
  const heard: Inbound[] = [];
  const app = {
    appId: "cli_0123456789abcdef",
    appSecret: "app-secret",
    encryptKey,
    verificationToken: "verification-token",
  };
  const simulator = createFeishuSimulator({
    world: {
      people: [
        { id: "ou_chen", name: "陈敏", title: "门店店长" },
        { id: "ou_li", name: "李雷", title: "冷链工程师" },
      ],
      chats: [
        { id: "oc_repair", name: "报修群", kind: "group", members: ["ou_chen", "ou_li"] },
        { id: "oc_chen", name: "陈敏", kind: "direct", members: ["ou_chen"] },
      ],
    },
    clock,
    speed: 1,
    app,
    eventsUrl: HOOK,
    callbacksUrl: HOOK,
    contacts: {},
    fetch: async (input, init) => hub(new Request(input as string, init)),
  });
  running.push(simulator);
  const config = feishuConfig.parse({
    app_id: app.appId,
    app_secret: app.appSecret,
    verification_token: app.verificationToken,
    bot_open_id: simulator.botOpenId,
    ...(encryptKey === null ? {} : { encrypt_key: encryptKey }),
  });
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const bot = feishu.create(config, {
    fetch: async (input, init) => simulator.fetch(new Request(input as string, init)),
    clock: { now: () => clock.now(), sleep: async () => {} },
    log,
  });
  const meeting: Meeting = { simulator, bot, heard, outcome: "pending" };

  async function hub(request: Request): Promise<Response> {
    const receipt = await bot.receive(await raw(request), "event");
    if (receipt.type === "refused") return new Response(receipt.detail, { status: 403 });
    if (receipt.type === "handshake") return new Response(receipt.reply.body, receipt.reply);
    heard.push(...receipt.items);
    const clicked = receipt.items.some((item) => item.type === "action");
    const reply = await receipt.reply(clicked ? meeting.outcome : null);
    return new Response(reply.body, reply);
  }
  return meeting;
}

async function raw(request: Request): Promise<RawRequest> {
  return {
    method: request.method === "GET" ? "GET" : "POST",
    query: new URL(request.url).search.slice(1),
    headers: Object.fromEntries(request.headers.entries()),
    body: new Uint8Array(await request.arrayBuffer()),
  };
}

const claim = {
  type: "button",
  label: "接单",
  style: "primary",
  action: "claim|1|ticket:t1",
} as const;

const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [
    { type: "paragraph", text: '门店说："<at id=all></at> **坏了** `救命`"' },
    {
      type: "fields",
      fields: [
        { label: "门店", value: "上海南京西路店" },
        { label: "优先级", value: "高" },
        { label: "地址", value: "上海市静安区南京西路一千二百六十六号恒隆广场地下一层" },
      ],
    },
    { type: "divider" },
    { type: "note", text: "工单 1024" },
  ],
  controls: [
    { ...claim, confirm: null },
    {
      ...claim,
      label: "升级",
      style: "danger",
      action: "escalate|1|ticket:t1",
      confirm: "确定升级？",
    },
    { type: "link", label: "查看", url: "https://desk.example.com/t/1" },
    {
      type: "form",
      name: "transfer",
      fields: [
        {
          type: "select",
          name: "team",
          label: "转给",
          required: true,
          options: [
            { value: "cold", label: "冷链组" },
            { value: "net", label: "网络组" },
          ],
        },
        { type: "text", name: "note", label: "说明", required: false, multiline: true },
      ],
      submit: { label: "转派", style: "default", action: "transfer|1|ticket:t1" },
    },
  ],
};

function outbound(id: string, more: Partial<Outbound<string>> = {}): Outbound<string> {
  return {
    id,
    to: { kind: "chat", id: "oc_repair" },
    inReplyTo: null,
    content: { type: "card", card },
    ...more,
  };
}

function remoteId(delivery: Delivery): string {
  if (delivery.type !== "sent") throw new Error(`expected sent, got ${JSON.stringify(delivery)}`);
  return delivery.remoteId;
}

describe.each([
  ["with an Encrypt Key", "encrypt-key"],
  ["with the Verification Token alone", null],
])("the bot against the simulated Feishu %s", (_name, encryptKey) => {
  it("answers the challenges of both addresses", async () => {
    const { simulator } = meet(encryptKey);
    expect((await simulator.verifyUrl("events")).delivered).toBe(true);
    expect((await simulator.verifyUrl("callbacks")).delivered).toBe(true);
  });

  it("hears a mention in a group and answers on it", async () => {
    const { simulator, bot, heard } = meet(encryptKey);
    const push = await simulator.say({
      person: "ou_chen",
      chat: "oc_repair",
      text: "冰柜坏了",
      mention: true,
    });
    expect(push).toMatchObject({ delivered: true, status: 200 });
    const [message] = heard;
    if (message?.type !== "message") throw new Error("nothing was heard");
    expect(message).toMatchObject({ addressed: true, sender: { id: "ou_chen" } });
    expect(message.place).toMatchObject({ chat: "oc_repair", kind: "group" });
    expect(message.parts).toContainEqual(expect.objectContaining({ type: "mention", bot: true }));

    const delivery = await bot.send(
      outbound("answer", {
        inReplyTo: { messageId: message.messageId, thread: null, handle: null },
        content: { type: "text", text: "收到" },
      }),
    );
    const said = simulator.view().messages.find((each) => each.id === remoteId(delivery));
    expect(said).toMatchObject({ from: "bot", quotes: message.messageId, body: { text: "收到" } });
  });

  it("hears direct messages, pictures and quotes", async () => {
    const { simulator, heard } = meet(encryptKey);
    await simulator.say({ person: "ou_chen", chat: "oc_chen", text: "在吗" });
    const quoted = simulator.view().messages[0]?.id ?? "";
    await simulator.say({ person: "ou_chen", chat: "oc_chen", text: "在？", quotes: quoted });
    await simulator.say({
      person: "ou_chen",
      chat: "oc_chen",
      text: "",
      attachment: { kind: "image", name: "冰柜.jpg" },
    });
    expect(heard).toMatchObject([
      { addressed: true, place: { kind: "direct" }, parts: [{ type: "text", text: "在吗" }] },
      { quotes: quoted },
      { parts: [{ type: "image" }] },
    ]);
  });

  it("hears what comes in the older envelope, from the same people in the same places", async () => {
    const { simulator, heard } = meet(encryptKey);
    const envelope = "v1" as const;
    const group = { person: "ou_chen", chat: "oc_repair", text: "冰柜坏了", mention: true };
    expect(await simulator.say({ ...group, envelope })).toMatchObject({ status: 200 });
    const asked = simulator.view().messages[0]?.id ?? "";
    await simulator.say({ ...group, envelope, quotes: asked });
    await simulator.say({ person: "ou_chen", chat: "oc_chen", text: "在吗", envelope });
    const ids = simulator.view().messages.map(({ id }) => id);
    expect(heard).toMatchObject([
      { addressed: true, place: { chat: "oc_repair", kind: "group" }, sender: { id: "ou_chen" } },
      { quotes: asked },
      { addressed: true, place: { chat: "oc_chen", kind: "direct" } },
    ]);
    expect(heard.map(({ dedupeKey }) => dedupeKey)).toEqual(ids.map((id) => `msg:${id}`));
  });

  it("shows a card once under one id, changes it, and hears its buttons and its form", async () => {
    const meeting = meet(encryptKey);
    const { simulator, bot, heard } = meeting;
    const id = remoteId(await bot.send(outbound("0123456789abcdefghjk")));
    expect(remoteId(await bot.send(outbound("0123456789abcdefghjk")))).toBe(id);
    expect(simulator.view().messages).toHaveLength(1);

    meeting.outcome = { tone: "success", text: "已接单", card: { ...card, title: "李雷已接单" } };
    const pressed = await simulator.press({ person: "ou_li", message: id, button: claim.action });
    expect(pressed).toEqual({ toast: { tone: "success", text: "已接单" }, error: null });
    expect(JSON.stringify(simulator.view().messages[0]?.body)).toContain("李雷已接单");

    meeting.outcome = "pending";
    const sent = await simulator.press({
      person: "ou_li",
      message: id,
      button: "transfer|1|ticket:t1",
      values: { team: "cold", note: '他说"急"' },
    });
    expect(sent).toMatchObject({ toast: { tone: "info" }, error: null });
    expect(heard).toMatchObject([
      { type: "action", action: claim.action, operator: { id: "ou_li" }, cardId: id },
      { type: "action", values: { team: "cold", note: '他说"急"' }, cardId: id },
    ]);

    const surface = {
      id: "s",
      to: { kind: "chat", id: "oc_repair" },
      remoteId: id,
      updateTokens: [],
      version: 2,
    } as const;
    const updated = await bot.update(surface, { ...card, tone: "success", title: "已完成" });
    expect(remoteId(updated)).toBe(id);
    expect(JSON.stringify(simulator.view().messages[0]?.body)).toContain("已完成");
  });

  it("is told why a message cannot be delivered", async () => {
    const { bot } = meet(encryptKey);
    const to = { kind: "chat", id: "oc_nowhere" } as const;
    expect(await bot.send(outbound("lost", { to }))).toMatchObject({ type: "failed" });
  });
});
