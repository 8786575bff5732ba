import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { aClick, aMessage } from "../../test/support/fake-channel.ts";
import { createStage, type Stage } from "../../test/support/stage.ts";
import type { Inbound, InboundMessage } from "../core/message.ts";
import type { Hub } from "./hub.ts";
import { conversationKey, directKey, receiveInbound } from "./receive-inbound.ts";

let stage: Stage;
let counted: string[];
beforeEach(() => {
  stage = createStage();
  counted = [];
});
afterEach(() => stage.close());

function receive(...items: Inbound[]) {
  const counters: Hub["counters"] = { count: (name) => counted.push(name) };
  return receiveInbound({ ...stage.hub.hub, counters }, stage.account("fake/a"), "event", items);
}

describe("several items of one push", () => {
  it("keep their order", async () => {
    const items = Array.from({ length: 20 }, (_, n) => aMessage(`${n}`));
    const { rows } = await receive(...items);
    const stored = await stage.rows("inbox");
    expect(stored.map(({ id }) => id)).toEqual(rows);
    expect(stored.map(({ seq }) => seq)).toEqual(items.map((_, n) => n + 1));
    expect(counted).toEqual(Array(20).fill("received"));
  });

  it("are all taken but for one that was there already, in their order", async () => {
    const [first, known, last] = [aMessage("甲"), aMessage("乙"), aMessage("丙")];
    await receive(known);
    const { rows } = await receive(first, known, last);
    const stored = await stage.rows("inbox");
    expect(stored.map(({ dedupe_key }) => dedupe_key)).toEqual(
      [known, first, last].map(({ dedupeKey }) => dedupeKey),
    );
    expect(rows).toEqual([stored[1]?.id, stored[0]?.id, stored[2]?.id]);
    expect(counted).toEqual(["received", "received", "duplicates", "received"]);
    await stage.hub.settle();
    expect((await stage.rows("inbox")).map(({ status }) => status)).toEqual(Array(3).fill("done"));
  });

  it("that are twice the same are taken once", async () => {
    const message = aMessage("甲");
    const { rows } = await receive(message, message);
    expect(rows[0]).toBe(rows[1]);
    expect(await stage.rows("inbox")).toHaveLength(1);
    expect(counted).toEqual(["received", "duplicates"]);
  });

  it("of which one names nothing of ours leave that one out", async () => {
    const { rows } = await receive(aMessage("甲"), aClick("x", "y", "not ours"), aMessage("乙"));
    expect(rows).toEqual([expect.any(String), null, expect.any(String)]);
    expect(await stage.rows("inbox")).toHaveLength(2);
  });

  it("of which none is ours write nothing", async () => {
    expect(await receive(aClick("x", "y", "not ours"))).toEqual({ rows: [null] });
    expect(await receive()).toEqual({ rows: [] });
    expect(await stage.rows("inbox")).toEqual([]);
  });
});

describe("what was there already", () => {
  it("is known by account, feed and key, however it looks this time", async () => {
    const message = aMessage("甲");
    await receive(message);
    await receive({ ...message, parts: [{ type: "text", text: "乙" }], messageId: "other" });
    expect(await stage.rows("inbox")).toHaveLength(1);
    await stage.hub.receive(stage.account("fake/b"), "event", [message]);
    await stage.hub.receive(stage.account("fake/a"), "robot", [message]);
    expect(await stage.rows("inbox")).toHaveLength(3);
  });

  it("is passed on as an error when the store fails, so that the vendor comes again", async () => {
    const broken = () => Promise.reject(new Error("no disk"));
    stage.restart({ through: (store) => ({ ...store, commit: broken }) });
    await expect(receive(aMessage("甲"))).rejects.toThrow("no disk");
    expect(counted).toEqual([]);
  });
});

describe("the conversation that a message belongs to", () => {
  const keyOf = (over: Partial<InboundMessage>) => conversationKey("fake/a", aMessage("x", over));
  const [li, wang] = ["li", "wang"].map((id) => ({ id, name: null }));
  const group = { chat: "g", kind: "group", thread: null } as const;
  const thread = { ...group, thread: "root" };

  it("is the speaker's own in a chat with the bot and in a group, and the thread's in a thread", () => {
    if (li === undefined || wang === undefined) throw new Error("nobody is there");
    expect(keyOf({ sender: li })).not.toBe(keyOf({ sender: wang }));
    expect(keyOf({ sender: li })).toBe(directKey("fake/a", li.id));
    expect(keyOf({ sender: li, place: group })).not.toBe(keyOf({ sender: wang, place: group }));
    expect(keyOf({ sender: li, place: thread })).toBe(keyOf({ sender: wang, place: thread }));
    expect(keyOf({ sender: li, place: thread })).not.toBe(keyOf({ sender: li, place: group }));
    expect(conversationKey("fake/b", aMessage("x"))).not.toBe(keyOf({}));
  });
});
