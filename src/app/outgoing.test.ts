import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aMessage } from "../../test/support/fake-channel.ts";
import { handsOn } from "../../test/support/hands.ts";
import { createTestHub, type TestHub } from "../../test/support/hub.ts";

let desk: TestHub;
beforeEach(() => {
  desk = createTestHub();
});
afterEach(async () => {
  await desk.close();
});

const { say, press, cardIn, wordsTo, titleAt } = handsOn(() => desk);

describe("what goes out", () => {
  it("keeps its order in a lane through failures, with the same id each time", async () => {
    desk.channels["fake/a"]?.faults.push(
      { type: "failed", class: "transient", afterMs: null, reason: "502" },
      { type: "failed", class: "rate", afterMs: 7_000, reason: "429" },
      "lost",
    );
    await say(aMessage("你好吗一二三"));
    await say(aMessage("完全听不懂的话"));
    for (let round = 0; round < 12; round += 1) {
      await desk.settle();
      desk.clock.advance(10_000);
    }
    const ids = desk.channels["fake/a"]?.sent.map(({ id }) => id) ?? [];
    expect(new Set(ids).size).toBe(ids.length);
    const outbox = await desk.store.page("outbox", 0, 20);
    const clerk = outbox
      .filter(({ values }) => values.lane === "fake/a|person|clerk")
      .map(({ values }) => values.id);
    expect(ids.filter((id) => clerk.includes(id))).toEqual(clerk);
    expect(outbox.every(({ values }) => values.status === "sent")).toBe(true);
  });

  it("gives up on what the vendor will never take, and lets the rest of the lane pass", async () => {
    desk.channels["fake/a"]?.faults.push({
      type: "failed",
      class: "content",
      afterMs: null,
      reason: "230028",
    });
    await say(aMessage("加盟要多少钱"));
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    expect(await desk.store.deadLetters(10)).toMatchObject([
      { kind: "outbox", error: "content: 230028" },
    ]);
    expect(desk.channels["fake/a"]?.sent).toHaveLength(1);
  });

  it("shows the newest version even when the first sending of a card was lost on the way", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const before = desk.channels["fake/a"]?.cards.size;
    expect(before).toBe(2);
    await say(
      aMessage("另一台也坏了", {
        sender: { id: "clerk2", name: "店员二" },
        place: { chat: "chat2", kind: "direct", thread: null },
      }),
    );
    desk.channels["fake/b"]?.faults.push("lost");
    for (let round = 0; round < 6; round += 1) {
      await desk.settle();
      desk.clock.advance(10_000);
    }
    for (const { values } of await desk.store.page("surfaces", 0, 20))
      expect(values.shown).toBe(values.wanted);
  });

  it("sends a fresh card where the old one can no longer be changed", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    desk.channels["fake/b"]?.faults.push({
      type: "failed",
      class: "window-closed",
      afterMs: null,
      reason: "no code left",
    });
    await press("fake/a", "a-li", team, "接单");
    const cards =
      desk.channels["fake/b"]?.sent.filter(({ content }) => content.type === "card") ?? [];
    expect(cards).toHaveLength(2);
    expect(titleAt("fake/b", cards[1]?.id ?? "")).toBe("#1 设备报修 / 处理中 · 李工");
  });

  it("keeps to a vendor's pace by itself", async () => {
    const slow = createTestHub();
    const channel = slow.channels["fake/a"];
    if (channel === undefined) throw new Error("no channel");
    Object.assign(channel.can, { pacing: [{ scope: "destination", count: 2, perMs: 1_000 }] });
    for (let n = 0; n < 5; n += 1)
      await slow.receive(slow.account("fake/a"), "event", [aMessage("加盟要多少钱")]);
    await slow.settle();
    expect(channel.sent).toHaveLength(2);
    slow.clock.advance(1_000);
    await slow.settle();
    expect(channel.sent).toHaveLength(4);
    await slow.close();
  });
});

describe("time", () => {
  it("closes a resolved ticket that nobody confirms, once", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    await press("fake/a", "a-li", team, "接单");
    await press("fake/a", "a-li", team, "解决");
    desk.clock.advance(3 * 86_400_000);
    await desk.settle();
    expect(titleAt("fake/a", team)).toBe("#1 设备报修 / 已关闭 · 李工");
    expect(wordsTo("clerk").filter((text) => text.includes("自动关闭"))).toHaveLength(1);
  });

  it("closes a silent conversation and begins a new one with the next message", async () => {
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    desk.clock.advance(86_400_000);
    await desk.settle();
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    const conversations = await desk.store.page("conversations", 0, 10);
    expect(conversations.map(({ values }) => [values.generation, values.status])).toEqual([
      [1, "closed"],
      [2, "open"],
    ]);
  });
});
