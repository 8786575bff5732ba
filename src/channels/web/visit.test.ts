import { describe, expect, it } from "vitest";
import { createBench } from "../../../test/contracts/channel-fakes.ts";
import { itemsOf, refusal } from "../../../test/contracts/channel-receipts.ts";
import { NOW } from "../../../test/contracts/channel-subject.ts";
import {
  as,
  card,
  click,
  DAY,
  openWeb,
  request,
  said,
  tokenOf,
} from "../../../test/contracts/web-account.ts";
import type { Outbound, Outcome } from "../../core/message.ts";
import { sealSession } from "./session.ts";

type Visit = { readonly token: string; readonly visitor: string };

describe("what a visitor says", () => {
  it("is a direct message from the session's visitor, meant for us, its text trimmed", async () => {
    const { channel, feed } = openWeb();
    const receipt = await channel.receive(
      await as("v_1", { ...said, text: " 冰柜坏了\n" }),
      "messages",
    );
    expect(itemsOf(receipt)).toEqual([
      {
        type: "message",
        dedupeKey: "v_1:message-1",
        at: NOW,
        messageId: "message-1",
        sender: { id: "v_1", name: null },
        place: { chat: "v_1", kind: "direct", thread: null },
        addressed: true,
        quotes: null,
        parts: [{ type: "text", text: "冰柜坏了" }],
        handle: null,
      },
    ]);
    const content = { type: "text", text: "冰柜坏了" };
    const event = { type: "message", id: "message-1", at: NOW, from: "visitor", content };
    expect(feed).toEqual([{ account: "web/shop", visitor: "v_1", event }]);
  });

  it("is not repeated to the visitor when it was refused", async () => {
    const { channel, feed } = openWeb();
    await channel.receive(request(JSON.stringify(said), null), "messages");
    await channel.receive(await as("v_1", { ...said, text: "" }), "messages");
    expect(feed).toEqual([]);
  });
});

describe("what a visitor clicks", () => {
  async function press(outcome: Outcome<string> | "pending" | null, failure: Error | null = null) {
    const bench = createBench();
    const { channel, feed } = openWeb(bench.deps, { failure });
    const receipt = await channel.receive(await as("v_1", click), "actions");
    if (receipt.type !== "inbound") throw new Error(`expected inbound, got ${receipt.type}`);
    const { status, body } = await receipt.reply(outcome);
    return { items: receipt.items, status, body: JSON.parse(body), feed, lines: bench.lines };
  }

  it("is an action of the session's visitor with the values that were filled in", async () => {
    expect((await press(null)).items).toEqual([
      {
        type: "action",
        dedupeKey: "v_1:click-01",
        at: NOW,
        operator: { id: "v_1", name: null },
        action: "claim|1|ticket:t1",
        values: { note: "急" },
        cardId: "card-1",
        place: { chat: "v_1", kind: "direct", thread: null },
        updateToken: null,
      },
    ]);
  });

  it("has no values when none are sent, and none under the name of a prototype", async () => {
    const { values: _none, ...bare } = click;
    const [without] = itemsOf(await openWeb().channel.receive(await as("v_1", bare), "actions"));
    expect(without).toMatchObject({ values: {} });
    const body =
      '{"id":"click-01","card":"c","action":"a","values":{"__proto__":{"x":1},"note":"急"}}';
    const sent = request(body, await tokenOf("v_1"));
    const [item] = itemsOf(await openWeb().channel.receive(sent, "actions"));
    expect(item).toMatchObject({ values: { note: "急" } });
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  it.each([
    ["accepted while nothing is known", null, { status: "accepted" }],
    ["pending while it is worked", "pending", { status: "pending" }],
  ] as const)("is answered as %s", async (_name, outcome, body) => {
    expect(await press(outcome)).toMatchObject({ status: 202, body, feed: [] });
  });

  it("is answered with its outcome, and its card goes to the visitor's other pages too", async () => {
    const outcome = { tone: "success", text: "感谢确认", card } as const;
    const event = { type: "card", id: "card-1", at: NOW, card };
    const feed = [{ account: "web/shop", visitor: "v_1", event }];
    expect(await press(outcome)).toMatchObject({ status: 200, body: outcome, feed });
    const refused = { tone: "error", text: "只有提单人可以确认", card: null } as const;
    expect(await press(refused)).toMatchObject({ status: 200, body: refused, feed: [] });
  });

  it("is answered even when the other pages cannot be told", async () => {
    const outcome = { tone: "success", text: "感谢确认", card } as const;
    const told = await press(outcome, new Error("disk full at 感谢确认"));
    expect(told).toMatchObject({ status: 200, body: outcome });
    expect(told.lines).toHaveLength(1);
    expect(told.lines.join()).not.toContain("感谢确认");
  });
});

describe("a visitor's session", () => {
  async function ask(
    channel: ReturnType<typeof openWeb>["channel"],
    token: string | null,
  ): Promise<Visit> {
    const receipt = await channel.receive(request("{}", token), "session");
    if (receipt.type !== "handshake") throw new Error(`expected a handshake, got ${receipt.type}`);
    expect(receipt.reply.status).toBe(200);
    return JSON.parse(receipt.reply.body);
  }

  it("is given to anybody who asks, each time another one that nobody can guess", async () => {
    const { channel } = openWeb();
    const visits = await Promise.all(Array.from({ length: 50 }, () => ask(channel, null)));
    for (const { visitor } of visits) expect(visitor).toMatch(/^v_[A-Za-z0-9]{20}$/);
    expect(new Set(visits.map(({ visitor }) => visitor)).size).toBe(50);
  });

  it("proves what is sent with it", async () => {
    const { channel } = openWeb();
    const { token, visitor } = await ask(channel, null);
    const [item] = itemsOf(await channel.receive(request(JSON.stringify(said), token), "messages"));
    expect(item).toMatchObject({ sender: { id: visitor } });
  });

  it("stays the same visitor's when it is renewed, for another thirty days", async () => {
    const bench = createBench();
    const { channel } = openWeb(bench.deps);
    const first = await ask(channel, null);
    bench.advance(29 * DAY);
    const renewed = await ask(channel, first.token);
    expect(renewed.visitor).toBe(first.visitor);
    bench.advance(29 * DAY);
    expect((await ask(channel, renewed.token)).visitor).toBe(first.visitor);
    expect((await ask(channel, first.token)).visitor).not.toBe(first.visitor);
  });

  it("is a new visitor's when the old one is forged or over, and never comes from a GET", async () => {
    const { channel } = openWeb();
    const forged = await sealSession({ visitor: "v_admin", name: null, expiresAt: NOW + DAY }, "x");
    for (const token of [forged, await tokenOf("v_admin", NOW), "garbage"]) {
      expect((await ask(channel, token)).visitor).not.toBe("v_admin");
    }
    const receipt = await channel.receive({ ...request("", null), method: "GET" }, "session");
    expect(refusal(receipt)).toBe("malformed");
  });
});

describe("what the desk says", () => {
  const message: Outbound<string> = {
    id: "0123456789abcdefghjk",
    to: { kind: "chat", id: "v_1" },
    inReplyTo: { messageId: "message-1", thread: null, handle: null },
    content: { type: "card", card },
  };
  const sent = { type: "sent", remoteId: message.id, updateTokens: [] };

  it("stands in the feed of that visitor under the id that a click and a change will name", async () => {
    const { channel, feed } = openWeb();
    expect(await channel.send(message)).toEqual(sent);
    const surface = { id: "s", to: message.to, remoteId: message.id, updateTokens: [], version: 2 };
    expect(await channel.update(surface, { ...card, title: "已接单" })).toEqual(sent);
    const { id, content } = message;
    expect(feed.map(({ visitor, event }) => ({ visitor, event }))).toEqual([
      { visitor: "v_1", event: { type: "message", id, at: NOW, from: "desk", content } },
      { visitor: "v_1", event: { type: "card", id, at: NOW, card: { ...card, title: "已接单" } } },
    ]);
  });

  it("is said again later when the feed cannot be written, and nothing of it is told to the log", async () => {
    const bench = createBench();
    const { channel } = openWeb(bench.deps, { failure: new Error("disk full at 工单") });
    const surface = { id: "s", to: message.to, remoteId: message.id, updateTokens: [], version: 2 };
    const deliveries = [await channel.send(message), await channel.update(surface, card)];
    for (const delivery of deliveries) {
      expect(delivery).toMatchObject({ type: "failed", class: "transient", afterMs: null });
    }
    expect(JSON.stringify([...deliveries, ...bench.lines])).not.toContain("工单");
  });

  it("is the same message under the same id when it is said again", async () => {
    const { channel, feed } = openWeb();
    expect(channel.can.idempotentSend).toBe(true);
    expect(await channel.send(message)).toEqual(await channel.send(message));
    expect(feed[1]).toEqual(feed[0]);
  });
});
