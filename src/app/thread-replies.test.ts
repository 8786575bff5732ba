import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import type { Policy } from "../core/config/policy.ts";
import type { InboundMessage } from "../core/message.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

const [REPAIR] = deskPolicy.teams.values();
if (REPAIR === undefined) throw new Error("The desk has no team.");
const OPEN: Policy = {
  ...deskPolicy,
  teams: new Map([["repair", { ...REPAIR, threadReplies: "customer" }]]),
};

let stage: Stage;
let cards: Awaited<ReturnType<typeof withTicket>>;
beforeEach(async () => {
  stage = createStage();
  cards = await withTicket(stage);
  await stage.press("a-li", cards.team, "接单");
});
afterEach(async () => {
  expect((await replay(stage.store, async () => stage.hub.hub.setup().policy)).divergences).toEqual(
    [],
  );
  expect((await rebuild(stage.store)).mended).toEqual([]);
  await stage.close();
});

/** Somebody writes under the card in the team's chat, without a word to the bot. */
async function writes(id: string, text: string, over: Partial<InboundMessage> = {}) {
  const before = stage.wordsTo("oc_repair").length;
  await stage.say(text, {
    sender: { id, name: id },
    place: { chat: "oc_repair", kind: "group", thread: cards.team },
    addressed: false,
    ...over,
  });
  await stage.hub.settle();
  return stage.wordsTo("oc_repair").slice(before).join("\n");
}

async function comments() {
  const [ticket] = await stage.tickets();
  return ticket?.comments.map(({ visible }) => (visible ? "visible" : "internal"));
}

const toClerk = () => stage.wordsTo("clerk").join("\n");

describe("what colleagues write under a ticket's card", () => {
  it("stays among them, and they are told so", async () => {
    expect(await writes("a-li", "压缩机坏了")).toContain("内部备注");
    expect(await comments()).toEqual(["internal"]);
    expect(toClerk()).not.toContain("压缩机坏了");
    expect(JSON.stringify(stage.card(cards.team))).toContain("内部");
  });

  it.each(["回复：半小时到", "回复:半小时到", "/回复 半小时到", "／回复半小时到"])(
    "goes to the customer when it begins with the mark: %s",
    async (text) => {
      expect(await writes("a-li", text)).toContain("已发给客户");
      expect(await comments()).toEqual(["visible"]);
      expect(toClerk()).toContain("半小时到");
      expect(toClerk()).toMatch(/李工 回复：半小时到$/);
    },
  );

  it("goes to the customer without a mark where the team says so, and stays with the other mark", async () => {
    stage.restart({ policy: OPEN });
    expect(await writes("a-li", "半小时到")).toContain("已发给客户");
    expect(await writes("a-li", "备注：别忘了发票")).toContain("内部备注");
    expect(await comments()).toEqual(["visible", "internal"]);
  });

  it("belongs to the ticket as well when it quotes the card", async () => {
    await writes("a-wang", "我来带配件", {
      quotes: cards.team,
      place: { chat: "oc_repair", kind: "group", thread: null },
    });
    expect(await comments()).toEqual(["internal"]);
  });

  it("can be a command that names no ticket", async () => {
    expect(await writes("a-li", "/等客户 等照片")).toContain("等待客户");
    expect(await writes("a-li", "/解决 换了压缩机")).toContain("等待提单人确认");
  });

  it("is none of the bot's business from others, who are told when they ask it", async () => {
    expect(await writes("stranger", "你们好")).toBe("");
    expect(await comments()).toEqual([]);
    expect(await writes("stranger", "你们好", { addressed: true })).toContain("stranger");
    expect(await comments()).toEqual([]);
  });

  it("is blank everywhere once it was taken back, the words behind its mark too", async () => {
    await writes("a-li", "回复：半小时到", { dedupeKey: "said-once" });
    const recall = {
      type: "recall",
      dedupeKey: "taken-back",
      at: stage.clock.now(),
      recalls: "said-once",
      messageId: "om_said_once",
    } as const;
    await stage.hub.receive(stage.account("fake/a"), "event", [recall]);
    await stage.hub.settle();
    const texts = (await stage.rows("texts")).map(({ body }) => String(body)).join("\n");
    expect(texts).not.toContain("半小时到");
    expect(JSON.stringify(stage.card(cards.team))).not.toContain("半小时到");
  });

  it("is not taken under a card that stands in another chat", async () => {
    const place = { chat: "oc_other", kind: "group", thread: cards.team } as const;
    await writes("a-li", "压缩机坏了", { place });
    expect(await comments()).toEqual([]);
  });
});
