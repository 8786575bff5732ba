import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import { twoTeams } from "../../test/support/two-teams.ts";
import { WEB_CARD } from "../channels/web/card-abilities.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

/** A tool with room for every form. */
const ROOMY = { ...WEB_CARD, forms: { ...WEB_CARD.forms, most: 20 } };

let stage: Stage;
beforeEach(() => {
  stage = createStage({ card: ROOMY }, { policy: twoTeams });
});
afterEach(async () => {
  expect(await stage.outOfStep()).toEqual([]);
  expect((await replay(stage.store, async () => twoTeams)).divergences).toEqual([]);
  expect((await rebuild(stage.store)).mended).toEqual([]);
  await stage.close();
});

const labels = (cardId: string): string[] =>
  stage
    .card(cardId)
    .controls.map((control) => (control.type === "form" ? control.submit.label : control.label));

/** Tickets 1 to `count`, of as many customers; the cards that the team has of them. */
async function withTickets(count: number): Promise<string[]> {
  for (let n = 1; n <= count; n += 1) {
    const sender = { id: `clerk${n}`, name: null };
    const place = { chat: `chat${n}`, kind: "direct", thread: null } as const;
    await stage.say("冰柜坏了", { sender, place });
    await stage.hub.settle();
  }
  return stage.cardsTo("oc_repair");
}

const link = (by: string, card: string, number: number, kind = "blocks") =>
  stage.press(by, card, "关联子工单", { values: { number: `#${number}`, kind } });

function fieldsOn(cardId: string): string[] {
  return stage
    .card(cardId)
    .blocks.flatMap((block) =>
      block.type === "fields" ? block.fields.map(({ label, value }) => `${label} ${value}`) : [],
    );
}

describe("somebody who watches", () => {
  it("has a card of their own and hears of every new status, until they have enough", async () => {
    const { team } = await withTicket(stage);
    await stage.press("a-wang", team, "关注");
    const [own = ""] = stage.cardsTo("a-wang");
    expect(labels(own)).toContain("取消关注");
    expect(labels(own)).toContain("接单");
    await stage.press("a-li", team, "接单");
    expect(labels(own)).toEqual(["回复客户", "备注", "升级", "取消关注", "催办"]);
    await stage.press("a-li", team, "等第三方");
    expect(stage.wordsTo("a-wang")).toEqual([
      "您关注的工单 #1（设备报修）：处理中 · 李工。",
      "您关注的工单 #1（设备报修）：等待第三方 · 李工。",
    ]);
    await stage.press("a-wang", own, "取消关注");
    await stage.press("a-li", team, "继续处理");
    expect(stage.wordsTo("a-wang")).toHaveLength(2);
    expect(labels(own)).toContain("关注");
  });

  it("goes on watching what another team works on", async () => {
    const { team } = await withTicket(stage);
    await stage.press("a-li", team, "关注");
    await stage.press("a-zhao", team, "转派", { values: { to: "team:parts" } });
    const [own = ""] = stage.cardsTo("a-li");
    expect(labels(own)).toEqual(["回复客户", "备注", "取消关注", "催办"]);
    await stage.press("a-li", own, "取消关注");
    expect(labels(own)).toEqual([]);
  });
});

describe("a child ticket", () => {
  it("stands on both cards, holds its parent up, and tells the parent's owner when it is over", async () => {
    const [first = "", second = ""] = await withTickets(2);
    await stage.press("a-li", first, "接单");
    expect(await link("a-li", first, 2)).toMatchObject({ text: "已关联子工单" });
    expect(fieldsOn(first)).toContain("子工单 #2 未结束，解决本单前要先结束");
    expect(fieldsOn(second)).toContain("父工单 #1");
    const held = await stage.press("a-li", first, "解决");
    expect(held).toMatchObject({ tone: "warning", text: "子工单 #2 还没有结束，先处理完它们。" });
    const requester = stage.cardsTo("clerk2")[0] ?? "";
    await stage.press("clerk2", requester, "撤销");
    expect(fieldsOn(first)).toContain("子工单 #2 已结束");
    expect(stage.wordsTo("a-li")).toContain("工单 #1 的子工单 #2 已结束。");
    expect(await stage.press("a-li", first, "解决")).toMatchObject({ tone: "success" });
  });

  it("closes with its parent's part in the step, when the customer says in the chat that it is solved", async () => {
    const [first = "", second = ""] = await withTickets(2);
    await stage.press("a-li", first, "接单");
    await link("a-li", first, 2);
    await stage.press("a-li", second, "接单");
    await stage.press("a-li", second, "解决");
    const requester = stage.cardsTo("clerk2")[0] ?? "";
    await stage.press("clerk2", requester, "已解决");
    expect(await stage.tickets()).toMatchObject([{ children: [{ over: true }] }, {}]);
  });

  it("of a child cannot be its parent, even when both are linked in the same moment", async () => {
    const [first = "", second = ""] = await withTickets(2);
    for (const card of [first, second]) await stage.press("a-li", card, "接单");
    const clicks = [
      stage.clickOn("a-li", first, "关联子工单", { values: { number: "2" } }),
      stage.clickOn("a-li", second, "关联子工单", { values: { number: "1" } }),
    ];
    const answers = await Promise.all(clicks.map((click) => stage.tap(click)));
    for (const [at, answer] of answers.entries()) {
      stage.land(clicks[at]?.cardId ?? "", answer);
      await answer.after(true);
    }
    await stage.hub.settle();
    const tones = answers.map(({ outcome }) => (outcome === "pending" ? "" : outcome.tone));
    expect([...tones].sort()).toEqual(["success", "warning"]);
    const linked = (await stage.tickets()).filter(({ children }) => children !== undefined);
    expect(linked).toHaveLength(1);
  });

  it("cannot be made into a circle by three who link in the same moment", async () => {
    const cards = await withTickets(3);
    for (const card of cards) await stage.press("a-li", card, "接单");
    const clicks = cards.map((card, at) =>
      stage.clickOn("a-li", card, "关联子工单", { values: { number: String(((at + 1) % 3) + 1) } }),
    );
    const answers = await Promise.all(clicks.map((click) => stage.tap(click)));
    for (const answer of answers) await answer.after(false);
    await stage.pass(10_000);
    const parents = (await stage.tickets()).filter(({ parent }) => parent !== undefined);
    expect(parents).toHaveLength(2);
  });
});

describe("what is filled in on the card", () => {
  it("changes the priority and the fields, and pauses with a reason that the customer hears", async () => {
    const { team, requester } = await withTicket(stage);
    await stage.press("a-li", team, "接单");
    await stage.press("a-li", team, "改优先级", { values: { priority: "urgent" } });
    expect(fieldsOn(team)).toContain("优先级 紧急");
    expect(stage.card(team).tone).toBe("danger");
    await stage.press("a-li", team, "修改", { values: { field: "title", text: "冰柜漏水" } });
    expect(stage.card(team).title).toBe("#1 冰柜漏水");
    await stage.press("a-li", team, "挂起", { values: { waiting: "customer", text: "请发照片" } });
    expect(stage.card(team).blocks.at(-1)).toEqual({ type: "note", text: "等待原因：请发照片" });
    expect(stage.card(requester).blocks.at(-1)).toEqual({
      type: "note",
      text: "等待原因：请发照片",
    });
    expect(stage.wordsTo("clerk").at(-1)).toBe(
      "工单 #1 需要您补充信息：请发照片\n请直接在这里回复。",
    );
    await stage.press("a-li", team, "继续处理");
    expect(JSON.stringify(stage.card(team).blocks)).not.toContain("等待原因");
    await stage.press("a-li", team, "填写结果并解决", { values: { text: "换了压缩机" } });
    expect(stage.wordsTo("clerk").at(-1)).toContain("换了压缩机");
  });
});
