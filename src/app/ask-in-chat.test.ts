import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import { encodeAction } from "../core/card.ts";
import { PROMPT_MS } from "../core/conversation/prompt.ts";
import type { InboundMessage } from "../core/message.ts";
import { streamOf } from "../core/ticket/ticket.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

let stage: Stage;
let team: string;
let number: number;
beforeEach(async () => {
  stage = createStage();
  ({ team } = await withTicket(stage));
  await stage.press("a-li", team, "接单");
  ({ number } = await theTicket());
});
afterEach(async () => {
  const now = stage.hub.hub.setup().policy;
  const report = await replay(stage.store, async (hash) => (hash === now.hash ? now : deskPolicy));
  expect(report.divergences).toEqual([]);
  expect((await rebuild(stage.store)).mended).toEqual([]);
  await stage.close();
});

async function theTicket() {
  const [ticket] = await stage.tickets();
  if (ticket === undefined) throw new Error("There is no ticket.");
  return ticket;
}

/** A press on the button that stands for a form which the tool cannot show. */
async function asks(verb: string, id = "a-li") {
  const { id: ticket, version } = await theTicket();
  const action = encodeAction({ verb: `ask_${verb}`, subject: streamOf(ticket), version });
  const answer = await stage.tap({
    type: "action",
    dedupeKey: `ask-${verb}-${id}-${stage.wordsTo(id).length}`,
    at: stage.clock.now(),
    operator: { id, name: null },
    action,
    values: {},
    cardId: team,
    place: null,
    updateToken: null,
  });
  await answer.after(true);
  await stage.hub.settle();
  return answer.outcome === "pending" ? "pending" : answer.outcome.text;
}

async function says(text: string, over: Partial<InboundMessage> = {}, id = "a-li") {
  const before = stage.wordsTo(id).length;
  await stage.say(text, {
    sender: { id, name: id },
    place: { chat: `direct-${id}`, kind: "direct", thread: null },
    ...over,
  });
  await stage.hub.settle();
  return stage.wordsTo(id).slice(before).join("\n");
}

const lastWords = (id = "a-li") => stage.wordsTo(id).at(-1) ?? "";

describe("a button that asks in chat", () => {
  it("asks in the clicker's own chat, and takes the next message there as the answer", async () => {
    expect(await asks("comment")).toContain("单聊");
    expect(lastWords()).toContain(`请发送给客户的回复，工单 #${number}`);
    expect(await says("半小时到")).toContain("已回复");
    expect(stage.wordsTo("clerk").at(-1)).toContain("半小时到");
    expect(await says("半小时到")).not.toContain("已回复");
    expect((await theTicket()).comments).toHaveLength(1);
  });

  it.each([
    ["note", "压缩机坏了", { comments: [{ visible: false }] }],
    ["resolve_with", "换了压缩机", { status: "resolved" }],
    ["assign", "王工", { owner: "wang" }],
    ["pause", "第三方 等配件", { status: "waiting_external" }],
    ["set_priority", "紧急", { priority: "urgent" }],
    ["set", "优先级=低", { priority: "low" }],
  ])("does %s with what was answered", async (verb, answer, after) => {
    await asks(verb);
    await says(answer);
    expect(await theTicket()).toMatchObject(after);
  });

  it("asks again when the answer names nothing, and goes on waiting", async () => {
    await asks("assign");
    expect(await says("孙悟空")).toContain("孙悟空");
    expect(await says("工")).toMatch(/李工.*王工/);
    await says("王工");
    expect(await theTicket()).toMatchObject({ owner: "wang" });
  });

  it("is given up by 取消, by the command as well, and by time, which is told", async () => {
    for (const word of ["取消", "/取消"]) {
      await asks("comment");
      expect(await says(word)).toContain("已放弃");
    }
    await asks("comment");
    await stage.pass(PROMPT_MS + 20_000, 20_000);
    expect(lastWords()).toContain("15 分钟");
    await says("半小时到");
    expect(await theTicket()).toMatchObject({ comments: [], status: "in_progress" });
  });

  it("lets a typed command pass, and waits on", async () => {
    await asks("comment");
    expect(await says(`/备注 ${number} 先看看`)).toContain("已备注");
    expect(await says("半小时到")).toContain("已回复");
  });

  it("gives way to the next question, and says so", async () => {
    await asks("comment");
    await asks("note");
    expect(lastWords()).toMatch(/不再等您回答.*内部备注/);
    await says("先看看");
    expect(await theTicket()).toMatchObject({ comments: [{ visible: false }] });
  });

  it("asks nobody who may not, and takes no answer from them", async () => {
    expect(await asks("comment", "stranger")).toMatch(/stranger/);
    await asks("comment");
    await says("半小时到", {}, "a-wang");
    expect((await theTicket()).comments).toEqual([]);
  });

  it("does not do what the ticket no longer lets happen, and says why", async () => {
    await asks("resolve_with");
    await stage.press("a-li", team, "退回");
    expect(await says("换了压缩机")).toContain(`工单 #${number}`);
    expect(await theTicket()).toMatchObject({ status: "new", resolution: null });
  });

  it("takes no answer from somebody who left the configuration meanwhile", async () => {
    await asks("comment");
    const agents = new Map([...deskPolicy.agents].filter(([id]) => id !== "li"));
    const left = new Map([...deskPolicy.agentsByIdentity].filter(([, id]) => id !== "li"));
    stage.restart({
      policy: { ...deskPolicy, hash: "without-li", agents, agentsByIdentity: left },
    });
    await says("半小时到");
    expect((await theTicket()).comments).toEqual([]);
  });

  it("takes a picture for words", async () => {
    await asks("note");
    const part = { type: "image", key: "k", name: "冰柜.jpg", recognised: null } as const;
    expect(await says("", { parts: [part] })).toContain("已备注");
  });
});
