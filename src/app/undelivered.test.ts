import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import type { UndeliveredReason } from "../core/ticket/ticket.ts";
import type { Delivery } from "../ports/channel.ts";
import { reviveDeadLetter } from "./dead-letters.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

type Failure = Exclude<Delivery, { type: "sent" }>;

const WORDS = "电话 13800000000";
const failed = (over: Partial<Extract<Failure, { type: "failed" }>>): Failure => ({
  type: "failed",
  class: "content",
  afterMs: null,
  reason: "230028 secret words of the vendor",
  ...over,
});
const SENSITIVE = failed({ sensitive: true });

let stage: Stage;
let cards: Awaited<ReturnType<typeof withTicket>>;
/** What comes of each message to the clerk. */
let refusal: Failure | null;
beforeEach(async () => {
  stage = createStage();
  cards = await withTicket(stage);
  await stage.press("a-li", cards.team, "接单");
  await stage.hub.settle();
  refusal = null;
  const { send } = stage.a;
  stage.a.send = async (message) => (message.to.id === "clerk" ? refusal : null) ?? send(message);
});
afterEach(async () => {
  const { divergences } = await replay(stage.store, async () => stage.hub.hub.setup().policy);
  expect(divergences).toEqual([]);
  expect((await rebuild(stage.store)).mended).toEqual([]);
  await stage.close();
});

async function reply(text: string): Promise<void> {
  await stage.press("a-li", cards.team, "回复客户", { values: { text } });
  await stage.hub.settle();
}

async function undelivered() {
  return (await stage.tickets())[0]?.undelivered ?? [];
}

function teamCard(): string {
  return JSON.stringify(stage.a.cards.get(cards.team)?.card.blocks);
}

const told = () => stage.wordsTo("a-li").concat(stage.wordsTo("oc_repair")).join("\n");

describe("a message that never reaches the requester", () => {
  it("comes back to its ticket: its card shows the words with the reason, and its owner is told", async () => {
    refusal = SENSITIVE;
    await reply(WORDS);
    expect(await undelivered()).toMatchObject([{ reason: "sensitive" }]);
    expect(teamCard()).toContain(`未能送达客户：${WORDS}`);
    expect(teamCard()).toContain("敏感");
    expect(told()).toContain("未能送达");
    expect(teamCard() + told()).not.toContain("secret words");
    expect(await stage.outOfStep()).toEqual([]);
  });

  it("is told in the words of its class", async () => {
    const cases: readonly (readonly [Failure, UndeliveredReason])[] = [
      [failed({}), "content"],
      [failed({ class: "window-closed" }), "window-closed"],
      [failed({ class: "config" }), "config"],
      [failed({ nobody: true }), "nobody"],
    ];
    for (const [failure, reason] of cases) {
      refusal = failure;
      await reply(`${WORDS} ${reason}`);
      expect((await undelivered()).map((one) => one.reason)).toEqual([reason]);
    }
  });

  it("comes back after a day of tries as well", async () => {
    refusal = failed({ class: "transient" });
    await reply(WORDS);
    await stage.pass(30 * 60 * 60_000, 5 * 60_000);
    expect((await undelivered()).map((one) => one.reason)).toEqual(["gave-up"]);
  });

  it("stays with nobody while it is tried again, and is no news once it went through", async () => {
    refusal = failed({ class: "rate", afterMs: 5_000 });
    await reply(WORDS);
    expect(await undelivered()).toEqual([]);
    refusal = null;
    await stage.pass(60_000, 5_000);
    expect(stage.wordsTo("clerk").join("\n")).toContain(WORDS);
    expect(await undelivered()).toEqual([]);
  });

  it("is told again when it is tried again by hand and fails for another reason", async () => {
    refusal = failed({ class: "config" });
    await reply(WORDS);
    const [letter] = await stage.store.deadLetters(10);
    if (letter === undefined) throw new Error("There is no dead letter.");
    refusal = SENSITIVE;
    stage.clock.advance(1_000);
    expect(await reviveDeadLetter(stage.store, letter, stage.clock.now())).toBe(true);
    await stage.hub.settle();
    expect((await undelivered()).map((one) => one.reason)).toEqual(["config", "sensitive"]);
    expect(await stage.store.deadLetters(10)).toHaveLength(1);
  });

  it("is given up and handed to its ticket in one commit, so that no crash comes between", async () => {
    const { commit } = stage.store;
    const rows: string[][] = [];
    stage.store.commit = (batch) => {
      rows.push(batch.rows.map((row) => (row.type === "inbox" ? row.row.kind : row.type)));
      return commit(batch);
    };
    refusal = SENSITIVE;
    await reply(WORDS);
    expect(rows.filter((types) => types.includes("outbox-dead"))).toEqual([
      ["outbox-dead", "result"],
    ]);
  });

  it("brings nothing back to a ticket when it was for staff", async () => {
    const { send } = stage.a;
    stage.a.send = async (message) => (message.to.id === "a-li" ? failed({}) : send(message));
    await stage.say("快一点", {
      sender: { id: "clerk", name: null },
      place: { chat: "chat-clerk", kind: "direct", thread: null },
    });
    await stage.hub.settle();
    expect(await undelivered()).toEqual([]);
  });
});

describe("a card that its requester never gets", () => {
  it("comes back to its ticket as a notice", async () => {
    refusal = failed({ class: "config" });
    await stage.say("冰柜又坏了", {
      sender: { id: "clerk", name: null },
      place: { chat: "other", kind: "group", thread: "new" },
    });
    const { send } = stage.a;
    stage.a.send = async (message) =>
      message.to.id === "other" ? failed({ class: "config" }) : send(message);
    await stage.hub.settle();
    const second = (await stage.tickets()).find(({ number }) => number === 2);
    expect(second?.undelivered).toEqual([{ text: null, reason: "config" }]);
  });
});
