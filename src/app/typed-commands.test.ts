import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import type { Policy } from "../core/config/policy.ts";
import type { InboundMessage } from "../core/message.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

let stage: Stage;
let cards: Awaited<ReturnType<typeof withTicket>>;
beforeEach(async () => {
  stage = createStage();
  cards = await withTicket(stage);
});
afterEach(async () => {
  await expectTrueLog();
  await stage.close();
});

async function expectTrueLog(): Promise<void> {
  const report = await replay(stage.store, async () => deskPolicy);
  expect(report.divergences).toEqual([]);
  expect((await rebuild(stage.store)).mended).toEqual([]);
}

/** Somebody writes to the bot in a chat of their own, and hears this. */
async function says(id: string, text: string, over: Partial<InboundMessage> = {}) {
  const before = stage.wordsTo(id).length;
  await stage.say(text, {
    sender: { id, name: id },
    place: { chat: `direct-${id}`, kind: "direct", thread: null },
    ...over,
  });
  await stage.hub.settle();
  return stage.wordsTo(id).slice(before).join("\n");
}

async function theTicket() {
  const [ticket] = await stage.tickets();
  if (ticket === undefined) throw new Error("There is no ticket.");
  return ticket;
}

describe("a typed command", () => {
  it("works a ticket from its claim to its end", async () => {
    const { number } = await theTicket();
    expect(await says("a-li", `/接单 ${number}`)).toContain("接单成功");
    expect(await says("a-li", `／等客户 #${number} 等照片`)).toContain("等待客户");
    expect(await says("a-li", `/继续${number}`)).toContain("已继续处理");
    expect(await says("a-li", `/回复 ${number} 半小时到店`)).toContain("已回复");
    expect(await says("a-li", `/备注 No.${number} 压缩机坏了`)).toContain("已备注");
    expect(await says("a-li", `/解决 ${number} 换了压缩机`)).toContain("等待提单人确认");
    expect(stage.wordsTo("clerk").join("\n")).toMatch(/半小时到店[\s\S]*换了压缩机/);
    expect(stage.wordsTo("clerk").join("\n")).not.toContain("压缩机坏了");
    await says("clerk", "/确认");
    expect(await theTicket()).toMatchObject({ status: "closed", owner: "li" });
  });

  it("is one commit with what it does, and is written once when the worker comes twice", async () => {
    const { number } = await theTicket();
    await says("a-li", `/接单 ${number}`);
    const inputs = (await stage.rows("causes")).map(({ input }) => String(input));
    const claims = (await stage.rows("events")).filter(({ type }) => type === "claimed");
    expect(claims).toHaveLength(1);
    const cause = claims[0]?.cause;
    const told = (await stage.rows("events")).filter((row) => row.cause === cause);
    expect(told.map(({ type }) => type)).toEqual(["told", "claimed"]);
    expect(inputs.some((input) => input.includes("respond"))).toBe(true);
  });

  it("hands a ticket on to a person by part of their name, and asks back where two fit", async () => {
    const { number } = await theTicket();
    await says("a-zhao", `/接单 ${number}`);
    expect(await says("a-zhao", `/转派 ${number} 给 工`)).toMatch(/李工.*王工/);
    expect(await says("a-zhao", `/转派 ${number} 王工`)).toContain("已转派");
    expect(await theTicket()).toMatchObject({ owner: "wang" });
    expect(await says("a-zhao", `/转派 ${number} 孙悟空`)).toContain("孙悟空");
  });

  it("tells a stranger nothing of a ticket, not even that there is one", async () => {
    const { number } = await theTicket();
    const hidden = await says("stranger", `/查询 ${number}`);
    expect(hidden.replace(String(number), "N")).toBe(
      (await says("stranger", "/查询 99")).replace("99", "N"),
    );
    await says("stranger", `/催办 ${number}`);
    expect((await theTicket()).urges).toBe(0);
  });

  it("of staff introduces whoever is not known, by the id that an admin can enter", async () => {
    const { number } = await theTicket();
    const heard = await says("stranger", `/接单 ${number}`);
    expect(heard).toContain("stranger");
    expect(heard).toContain("fake/a");
    const outcome = await stage.press("stranger", cards.team, "接单");
    expect(outcome).toMatchObject({ text: expect.stringContaining("stranger") });
    expect(await theTicket()).toMatchObject({ status: "new" });
  });

  it("leaves a form as it is, and asks its question again", async () => {
    const { number } = await theTicket();
    const heard = await says("clerk", "/help");
    expect(heard).toContain("/催办");
    expect(heard).not.toContain("/接单");
    expect(await says("a-li", "/帮助")).toContain("/接单");
    expect(await says("a-li", `/催 ${number}`)).toContain("/催办");
  });
});

describe("lists", () => {
  it("show a page of eight, and turn in place", async () => {
    for (let at = 0; at < 9; at += 1) {
      await stage.say("冰柜坏了", {
        sender: { id: `shop-${at}`, name: null },
        place: { chat: `direct-shop-${at}`, kind: "direct", thread: null },
      });
    }
    await stage.hub.settle();
    await says("a-li", "/工单");
    const [list = ""] = stage.cardsTo("a-li").slice(-1);
    expect(stage.card(list).title).toContain("10");
    expect(stage.card(list).subtitle).toContain("1 / 2");
    await stage.press("a-li", list, "下一页");
    expect(stage.card(list).subtitle).toContain("2 / 2");
    await stage.press("a-li", list, "上一页");
    expect(stage.card(list).subtitle).toContain("1 / 2");
    expect(await stage.press("a-wang", list, "下一页")).toMatchObject({ tone: "warning" });
    await stage.press("a-li", list, "#1");
    expect(stage.wordsTo("a-li").at(-1)).toMatch(/^#1 设备报修\n待接单\n/);
  });

  it("show somebody who is no agent only what they asked for", async () => {
    await says("stranger", "/工单");
    const [empty = ""] = stage.cardsTo("stranger").slice(-1);
    expect(stage.card(empty).title).toContain("0");
    await says("clerk", "/我的");
    const [own = ""] = stage.cardsTo("clerk").slice(-1);
    expect(stage.card(own).title).toContain("1");
  });
});

describe("somebody who left the configuration", () => {
  it("has no rights any more from that moment", async () => {
    const { number } = await theTicket();
    await says("a-li", `/接单 ${number}`);
    const without = new Map([...deskPolicy.agentsByIdentity].filter(([, id]) => id !== "li"));
    const agents = new Map([...deskPolicy.agents].filter(([id]) => id !== "li"));
    const policy: Policy = { ...deskPolicy, agents, agentsByIdentity: without };
    stage.restart({ policy });
    expect(await says("a-li", `/解决 ${number}`)).toContain("a-li");
    expect(await stage.press("a-li", cards.team, "解决")).toMatchObject({ tone: "warning" });
    expect(await theTicket()).toMatchObject({ status: "in_progress" });
    stage.restart();
  });
});
