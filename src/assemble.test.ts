import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aClick, aMessage, buttonOf } from "../test/support/fake-channel.ts";
import { createTestHub, deskPolicy, type TestHub } from "../test/support/hub.ts";
import { exportLines } from "./app/export.ts";
import { rebuild } from "./app/rebuild.ts";
import { replay } from "./app/replay.ts";
import type { InboundMessage } from "./core/message.ts";

let desk: TestHub;
beforeEach(() => {
  desk = createTestHub();
});
afterEach(async () => {
  await desk.close();
});

const say = (message: InboundMessage) => desk.receive(desk.account("fake/a"), "event", [message]);

async function press(account: string, operator: string, cardId: string, label: string, values: Record<string, string> = {}) {
  const shown = desk.channels[account]?.cards.get(cardId);
  if (shown === undefined) throw new Error(`No card ${cardId} on ${account}.`);
  const click = aClick(operator, cardId, buttonOf(shown.card, label), { values });
  const { rows } = await desk.receive(desk.account(account), "event", [click]);
  const answer = await desk.answer(desk.account(account), click, rows[0] ?? null, desk.clock.now());
  if (answer.outcome !== "pending" && answer.outcome.card !== null) shown.card = answer.outcome.card;
  await answer.after(true);
  await desk.settle();
  return answer.outcome;
}

/** The requester's copy of the ticket: the card in their chat that has a ticket's title. */
function requesterCard(): string {
  const sent = desk.channels["fake/a"]?.sent.filter(({ to, content }) => to.id === "clerk" && content.type === "card" && content.card.title.startsWith("#"));
  return sent?.at(-1)?.id ?? "";
}

function cardIn(account: string, to: string): string {
  const sent = desk.channels[account]?.sent.filter((message) => message.to.id === to && message.content.type === "card");
  return sent?.at(-1)?.id ?? "";
}

function wordsTo(to: string): string[] {
  return (desk.channels["fake/a"]?.sent ?? []).flatMap(({ to: target, content }) =>
    target.id === to && content.type === "text" ? [content.text] : [],
  );
}

function titleAt(account: string, id: string): string {
  const card = desk.channels[account]?.cards.get(id)?.card;
  return `${card?.title} / ${card?.subtitle}`;
}

describe("the loop", () => {
  it("walks from a message to a confirmed ticket, with every copy of the card in step", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    const member = cardIn("fake/b", "b-wang");
    const requester = cardIn("fake/a", "clerk");
    expect([titleAt("fake/a", team), titleAt("fake/b", member), titleAt("fake/a", requester)]).toEqual(
      Array(3).fill("#1 设备报修 / 待接单"),
    );

    expect(await press("fake/b", "b-wang", member, "接单")).toMatchObject({ tone: "success", text: "接单成功，工单 #1" });
    expect([titleAt("fake/a", team), titleAt("fake/b", member), titleAt("fake/a", requester)]).toEqual(
      Array(3).fill("#1 设备报修 / 处理中 · 王工"),
    );

    expect(await press("fake/a", "a-wang", team, "解决")).toMatchObject({ tone: "success" });
    expect(titleAt("fake/b", member)).toBe("#1 设备报修 / 待确认 · 王工");
    expect(wordsTo("clerk")).toContain("工单 #1 已处理完成，请在卡片上确认是否解决。");

    expect(await press("fake/a", "clerk", requester, "已解决")).toMatchObject({ tone: "success", text: "感谢确认" });
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
    const texts = outcomes.map((outcome) => (outcome === "pending" ? "pending" : outcome.text)).sort();
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

  it("refuses a click of somebody who may not, and explains it", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    expect(await press("fake/a", "a-stranger", cardIn("fake/a", "oc_repair"), "接单")).toMatchObject({
      tone: "warning",
      text: "您没有权限接单。",
    });
  });

  it("answers a question and closes the matter with one button", async () => {
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    const card = cardIn("fake/a", "clerk");
    expect(await press("fake/a", "clerk", card, "已解决")).toMatchObject({ text: "感谢反馈", card: { controls: [] } });
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
    await Promise.all(Array.from({ length: 64 }, (_, n) => say(aMessage(n === 0 ? "冰柜坏了" : `补充 ${n}`))));
    await desk.settle();
    const inbox = await desk.store.page("inbox", 0, 100);
    expect(inbox.every(({ values }) => values["status"] === "done")).toBe(true);
    const events = await desk.store.page("events", 0, 1_000);
    const heard = events.filter(({ values }) => values["type"] === "heard");
    const order = heard.map(({ values }) => (JSON.parse(String(values["data"])) as { heard: { inbox: string } }).heard.inbox);
    const positions = [...inbox].sort((a, b) => Number(a.values["position"]) - Number(b.values["position"]));
    expect(order).toEqual(positions.map(({ values }) => values["id"]));
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
    expect(await desk.store.deadLetters(10)).toMatchObject([{ kind: "inbox", id: "poison", attempts: 8 }]);
    expect(await desk.store.page("tickets", 0, 10)).toHaveLength(1);
  });
});

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
    const clerk = outbox.filter(({ values }) => values["lane"] === "fake/a|person|clerk").map(({ values }) => values["id"]);
    expect(ids.filter((id) => clerk.includes(id))).toEqual(clerk);
    expect(outbox.every(({ values }) => values["status"] === "sent")).toBe(true);
  });

  it("gives up on what the vendor will never take, and lets the rest of the lane pass", async () => {
    desk.channels["fake/a"]?.faults.push({ type: "failed", class: "content", afterMs: null, reason: "230028" });
    await say(aMessage("加盟要多少钱"));
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    expect(await desk.store.deadLetters(10)).toMatchObject([{ kind: "outbox", error: "content: 230028" }]);
    expect(desk.channels["fake/a"]?.sent).toHaveLength(1);
  });

  it("shows the newest version even when the first sending of a card was lost on the way", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const before = desk.channels["fake/a"]?.cards.size;
    expect(before).toBe(2);
    await say(aMessage("另一台也坏了", { sender: { id: "clerk2", name: "店员二" }, place: { chat: "chat2", kind: "direct", thread: null } }));
    desk.channels["fake/b"]?.faults.push("lost");
    for (let round = 0; round < 6; round += 1) {
      await desk.settle();
      desk.clock.advance(10_000);
    }
    for (const { values } of await desk.store.page("surfaces", 0, 20)) expect(values["shown"]).toBe(values["wanted"]);
  });

  it("sends a fresh card where the old one can no longer be changed", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    desk.channels["fake/b"]?.faults.push({ type: "failed", class: "window-closed", afterMs: null, reason: "no code left" });
    await press("fake/a", "a-li", team, "接单");
    const cards = desk.channels["fake/b"]?.sent.filter(({ content }) => content.type === "card") ?? [];
    expect(cards).toHaveLength(2);
    expect(titleAt("fake/b", cards[1]?.id ?? "")).toBe("#1 设备报修 / 处理中 · 李工");
  });

  it("keeps to a vendor's pace by itself", async () => {
    const slow = createTestHub();
    const channel = slow.channels["fake/a"];
    if (channel === undefined) throw new Error("no channel");
    Object.assign(channel.can, { pacing: [{ scope: "destination", count: 2, perMs: 1_000 }] });
    for (let n = 0; n < 5; n += 1) await slow.receive(slow.account("fake/a"), "event", [aMessage("加盟要多少钱")]);
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
    expect(conversations.map(({ values }) => [values["generation"], values["status"]])).toEqual([
      [1, "closed"],
      [2, "open"],
    ]);
  });
});

describe("the log", () => {
  it("gives the same events when every cause is decided again, and the same states when it is folded again", async () => {
    await say(aMessage("冰柜坏了"));
    await say(aMessage("加盟要多少钱"));
    await desk.settle();
    const team = cardIn("fake/a", "oc_repair");
    await press("fake/a", "a-li", team, "接单");
    await press("fake/a", "a-li", team, "回复客户", { text: "马上到" });
    await press("fake/a", "a-li", team, "解决");
    await press("fake/a", "clerk", requesterCard(), "未解决");
    await press("fake/a", "a-li", team, "解决");
    desk.clock.advance(4 * 86_400_000);
    await desk.settle();
    const report = await replay(desk.store, async () => deskPolicy);
    expect(report.divergences).toEqual([]);
    expect(report.events).toBeGreaterThan(12);
    expect((await rebuild(desk.store)).mended).toEqual([]);
  });

  it("shows where another policy would have decided otherwise", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const other = { ...deskPolicy, intents: new Map() };
    const report = await replay(desk.store, async () => other);
    expect(report.divergences).toHaveLength(1);
    expect(report.divergences[0]?.stored).toContain("ticket_opened");
  });

  it("mends a live row that was tampered with", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const [row] = await desk.store.page("tickets", 0, 1);
    const ticket = await desk.store.ticket(String(row?.values["id"]));
    if (ticket === null) throw new Error("no ticket");
    await desk.store.commit({ cause: null, streams: [], guards: [], rows: [{ type: "ticket", value: { ...ticket, urges: 99 } }] });
    expect((await rebuild(desk.store)).mended).toEqual([`ticket:${ticket.id}`]);
    expect(await desk.store.ticket(ticket.id)).toEqual(ticket);
  });

  it("is exported whole, as JSON lines", async () => {
    await say(aMessage("冰柜坏了"));
    await desk.settle();
    const tables = new Set<string>();
    for await (const line of exportLines(desk.store)) tables.add((JSON.parse(line) as { table: string }).table);
    expect([...tables]).toEqual(expect.arrayContaining(["causes", "events", "tickets", "texts", "inbox", "outbox", "surfaces"]));
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
