import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aMessage } from "../test/support/fake-channel.ts";
import { handsOn } from "../test/support/hands.ts";
import { createTestHub, type TestHub } from "../test/support/hub.ts";

let desk: TestHub;
beforeEach(() => {
  desk = createTestHub();
});
afterEach(async () => {
  await desk.close();
});

const { say, press, cardIn, wordsTo, titleAt } = handsOn(() => desk);

describe("the loop", () => {
  it("walks from a message to a confirmed ticket, with every copy of the card in step", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    const member = cardIn("fake/b", "b-wang");
    const requester = cardIn("fake/a", "clerk");
    expect([
      titleAt("fake/a", team),
      titleAt("fake/b", member),
      titleAt("fake/a", requester),
    ]).toEqual(Array(3).fill("#1 设备报修 / 待接单"));

    expect(await press("fake/b", "b-wang", member, "接单")).toMatchObject({
      tone: "success",
      text: "接单成功，工单 #1",
    });
    expect([
      titleAt("fake/a", team),
      titleAt("fake/b", member),
      titleAt("fake/a", requester),
    ]).toEqual(Array(3).fill("#1 设备报修 / 处理中 · 王工"));

    expect(await press("fake/a", "a-wang", team, "解决")).toMatchObject({ tone: "success" });
    expect(titleAt("fake/b", member)).toBe("#1 设备报修 / 待确认 · 王工");
    expect(wordsTo("clerk")).toContain("工单 #1 已处理完成，请在卡片上确认是否解决。");

    expect(await press("fake/a", "clerk", requester, "已解决")).toMatchObject({
      tone: "success",
      text: "感谢确认",
    });
    expect(titleAt("fake/a", team)).toBe("#1 设备报修 / 已关闭 · 王工");
    expect(titleAt("fake/b", member)).toBe("#1 设备报修 / 已关闭 · 王工");
  });

  it("lets exactly one of two claims at the same moment win, and tells the other who did", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const outcomes = await Promise.all([
      press("fake/a", "a-li", cardIn("fake/a", "oc_repair"), "接单"),
      press("fake/b", "b-wang", cardIn("fake/b", "b-wang"), "接单"),
    ]);
    const texts = outcomes
      .map((outcome) => (outcome === "pending" ? "pending" : outcome.text))
      .sort();
    expect(texts[1]).toBe("接单成功，工单 #1");
    expect(texts[0]).toMatch(/^已由 (李工|王工) 接单。$/);
  });

  it("answers a click with the card as it is now, and does not send that version again", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    const outcome = await press("fake/a", "a-li", team, "接单");
    expect(outcome).toMatchObject({ card: { subtitle: "处理中 · 李工" } });
    expect(desk.channels["fake/a"]?.cards.get(team)?.updates).toBe(0);
  });

  it("refuses a click of somebody it does not know, and tells them how they become known", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    expect(
      await press("fake/a", "a-stranger", cardIn("fake/a", "oc_repair"), "接单"),
    ).toMatchObject({
      tone: "warning",
      text: expect.stringContaining("您在 fake/a 的 ID 是 a-stranger"),
    });
  });

  it("answers a question and closes the matter with one button", async () => {
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    const card = cardIn("fake/a", "clerk");
    expect(await press("fake/a", "clerk", card, "已解决")).toMatchObject({
      text: "感谢反馈",
      card: { controls: [] },
    });
    expect(await desk.store.page("tickets", 0, 10)).toEqual([]);
  });

  it("opens a ticket when the answer did not help", async () => {
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    await press("fake/a", "clerk", cardIn("fake/a", "clerk"), "未解决");
    expect(await desk.store.page("tickets", 0, 10)).toHaveLength(1);
  });
});

describe("what was acknowledged", () => {
  it("has one effect, however often and however concurrently it is delivered", async () => {
    const message = aMessage("冰柜坏了");
    await Promise.all(Array.from({ length: 64 }, () => say(message)));
    await desk.settle();
    await say(message);
    await desk.settle();
    expect(await desk.store.page("tickets", 0, 10)).toHaveLength(1);
    expect(await desk.store.page("inbox", 0, 10)).toHaveLength(1);
  });

  it("is worked in order when 64 messages of one conversation arrive at once", async () => {
    await Promise.all(
      Array.from({ length: 64 }, (_, n) => say(aMessage(n === 0 ? "冰柜坏了" : `补充 ${n}`))),
    );
    await desk.settle();
    const inbox = await desk.store.page("inbox", 0, 100);
    expect(inbox.every(({ values }) => values.status === "done")).toBe(true);
    const events = await desk.store.page("events", 0, 1_000);
    const heard = events.filter(({ values }) => values.type === "heard");
    const order = heard.map(
      ({ values }) => (JSON.parse(String(values.data)) as { heard: { inbox: string } }).heard.inbox,
    );
    const came = [...inbox].sort((a, b) => Number(a.values.seq) - Number(b.values.seq));
    expect(order).toEqual(came.map(({ values }) => values.id));
    expect(await desk.store.page("tickets", 0, 10)).toHaveLength(1);
  });

  it("comes right after the queue has lost every wake-up", async () => {
    const deaf = createTestHub({ store: desk.store });
    await deaf.store.commit({
      cause: null,
      streams: [],
      guards: [],
      rows: [
        {
          type: "inbox",
          row: {
            id: "lost",
            account: "fake/a",
            feed: "event",
            dedupeKey: "lost",
            mailbox: "conversation:lost",
            kind: "message",
            receivedAt: deaf.clock.now(),
            body: JSON.stringify(aMessage("冰柜坏了")),
          },
        },
      ],
    });
    await desk.settle();
    expect(await desk.store.page("tickets", 0, 10)).toHaveLength(1);
  });

  it("becomes a dead letter after failing for good, while others pass, and can be revived", async () => {
    await desk.store.commit({
      cause: null,
      streams: [],
      guards: [],
      rows: [
        {
          type: "inbox",
          row: {
            id: "poison",
            account: "fake/a",
            feed: "event",
            dedupeKey: "poison",
            mailbox: "conversation:poison",
            kind: "message",
            receivedAt: desk.clock.now(),
            body: "{not json",
          },
        },
      ],
    });
    await say(aMessage("冰柜坏了"));
    for (let tries = 0; tries < 10; tries += 1) {
      await desk.settle();
      desk.clock.advance(120_000);
    }
    expect(await desk.store.deadLetters(10)).toMatchObject([
      { kind: "inbox", id: "poison", attempts: 8 },
    ]);
    expect(await desk.store.page("tickets", 0, 10)).toHaveLength(1);
  });
});

describe("stopping", () => {
  it("gives back what is in hand, so that the next start goes on at once", async () => {
    desk.start();
    await say(aMessage("冰柜坏了"));
    await desk.stop();
    const next = createTestHub({ store: desk.store, clock: desk.clock });
    await next.settle();
    expect(await next.store.page("tickets", 0, 10)).toHaveLength(1);
  });
});
