import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAttachmentDesk, recallOf } from "../../test/support/attachment-desk.ts";
import { aMessage } from "../../test/support/fake-channel.ts";
import type { InboundEdit, InboundMessage, Part } from "../core/message.ts";
import type { ReadBack } from "../ports/channel.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

let desk: ReturnType<typeof createAttachmentDesk>;
let now: ReadBack[];
beforeEach(() => {
  desk = createAttachmentDesk();
  now = [];
  const readBack = async (): Promise<ReadBack> => now.shift() ?? failed("transient");
  for (const channel of Object.values(desk.desk.channels)) Object.assign(channel, { readBack });
});
afterEach(async () => {
  const { store, hub } = desk.desk;
  expect((await replay(store, async () => hub.setup().policy)).divergences).toEqual([]);
  expect((await rebuild(store)).mended).toEqual([]);
  await desk.desk.close();
});

const failed = (why: "transient" | "window-closed"): ReadBack => ({
  type: "failed",
  class: why,
  afterMs: null,
  reason: "made up",
});

const words = (text: string, ...before: Part[]): ReadBack => ({
  type: "read",
  parts: [...before, { type: "text", text }],
});

async function edit(message: InboundMessage, event = "1"): Promise<void> {
  const item: InboundEdit = {
    type: "edit",
    dedupeKey: `edit:${event}`,
    at: message.at,
    edits: message.dedupeKey,
    messageId: message.messageId,
  };
  await desk.desk.receive(desk.desk.account("fake/a"), "event", [item]);
  await desk.desk.settle();
}

const cards = () =>
  ["oc_repair", "b-wang", "clerk"].map((to) => JSON.stringify(desk.cardTo(to).blocks));

describe("a message that was changed", () => {
  it("is what it says now, marked as edited, on every copy of the card", async () => {
    await desk.say(aMessage("冰柜坏了"));
    const said = aMessage("是三号柜");
    await desk.say(said);
    now = [words("是四号柜")];
    await edit(said);
    for (const card of cards()) {
      expect(card).toContain("是四号柜（已编辑）");
      expect(card).not.toContain("三号柜");
    }
    now = [words("是五号柜")];
    await edit(said, "2");
    expect(cards()[0]).toContain("是五号柜（已编辑）");
  });

  it("says so in the logs of its conversation and its ticket, and nobody is answered for it", async () => {
    const said = aMessage("冰柜坏了");
    await desk.say(said);
    const told = desk.wordsTo("clerk").length;
    now = [words("冷柜坏了")];
    await edit(said);
    const events = (await desk.desk.store.page("events", 0, 99)).map(({ values }) => values);
    const edited = events.filter(({ type }) => type === "edited");
    expect(edited.map(({ stream }) => String(stream).split(":")[0]).sort()).toEqual([
      "conversation",
      "ticket",
    ]);
    expect(desk.wordsTo("clerk")).toHaveLength(told);
  });

  it("is read once for each push, however often that comes", async () => {
    const said = aMessage("冰柜坏了");
    await desk.say(said);
    now = [words("冷柜坏了"), words("never")];
    await edit(said);
    await edit(said);
    expect(now).toHaveLength(1);
  });

  it("leaves out the mention that called the bot", async () => {
    const bot = { type: "mention", id: "ou_bot", name: "服务台", bot: true } as const;
    await desk.say(aMessage("冰柜坏了"));
    const said = aMessage("", { parts: [bot, { type: "text", text: " 是三号柜" }] });
    await desk.say(said);
    now = [words(" 是四号柜", { ...bot, bot: false })];
    await edit(said);
    expect(cards()[0]).toContain("是四号柜（已编辑）");
    expect(cards()[0]).not.toContain("服务台");
  });

  it("that was typed about another ticket than the conversation's is changed there", async () => {
    await desk.say(aMessage("冰柜坏了"));
    const { number } = (await desk.ticket()) ?? { number: 0 };
    const said = aMessage(`/备注 ${number} 压缩机坏了`, { sender: { id: "a-li", name: null } });
    await desk.say(said);
    now = [words(`/备注 ${number} 压缩机没坏`)];
    await edit(said);
    expect(cards()[0]).toContain("压缩机没坏（已编辑）");
    await desk.say(recallOf(said));
    expect(cards()[0]).toContain("消息已撤回");
  });

  it("stays as it was where its vendor does not tell what it says now", async () => {
    const said = aMessage("冰柜坏了");
    await desk.say(said);
    now = [failed("window-closed"), words("never")];
    await edit(said);
    expect(now).toHaveLength(1);
    expect(cards()[0]).not.toContain("已编辑");
  });

  it("is asked for again when that failed, and given up so that others are heard", async () => {
    const said = aMessage("冰柜坏了");
    await desk.say(said);
    now = [failed("transient"), words("冷柜坏了")];
    await edit(said);
    desk.desk.clock.advance(600_000);
    await desk.desk.settle();
    expect(cards()[0]).toContain("冷柜坏了（已编辑）");
  });

  it("stays blank when it was taken back, and is none of ours when we never had it", async () => {
    await desk.say(aMessage("冰柜坏了"));
    const said = aMessage("密码是一二三");
    await desk.say(said);
    await desk.say(recallOf(said));
    now = [words("密码是四五六"), words("密码是四五六")];
    await edit(said);
    await edit(aMessage("never said"), "2");
    expect(cards()[0]).toContain("消息已撤回");
    expect(cards()[0]).not.toContain("密码");
    expect(now).toHaveLength(2);
  });
});
