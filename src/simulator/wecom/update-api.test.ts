import { describe, expect, it } from "vitest";
import { app, asCard, buttonCard, given, noticeCard, ok } from "./bench.ts";

const HOUR = 3_600_000;

/** A card that was sent to two members, and how to update it. */
async function givenSent(card: object = buttonCard) {
  const kit = given(ok);
  const sent = await kit.send({ touser: "ZhangSan|lisi", ...asCard(card) });
  const update = (change: object) =>
    kit.api("/message/update_template_card", {
      userids: ["zhangsan"],
      agentid: app.agentId,
      response_code: sent.response_code,
      ...change,
    });
  return { ...kit, update };
}

describe("an update", () => {
  it("changes the copies of the members it names, under the old task_id", async () => {
    const { update, messages } = await givenSent();
    const answer = await update({ userids: ["zhangsan", "Nobody"], template_card: noticeCard });
    expect(answer).toEqual({ errcode: 0, errmsg: "ok", invaliduser: ["nobody"] });
    expect(messages().map(({ body }) => body)).toEqual([
      { type: "card", native: { ...noticeCard, task_id: "T-1_v1" }, edition: 2 },
      { type: "card", native: buttonCard, edition: 1 },
    ]);
  });

  it("changes all copies with atall", async () => {
    const { update, messages } = await givenSent();
    await update({ userids: undefined, atall: 1, button: { replace_name: "已接单" } });
    for (const { body } of messages()) {
      expect(body).toMatchObject({ native: { replace_text: "已接单" }, edition: 2 });
    }
  });

  it("works once for each code, and not after 72 hours", async () => {
    const first = await givenSent();
    expect(await first.update({ button: { replace_name: "已接单" } })).toMatchObject({
      errcode: 0,
    });
    expect((await first.update({ button: { replace_name: "x" } })).errcode).toBe(42022);
    const second = await givenSent();
    await second.clock.advance(72 * HOUR - 1);
    expect(await second.update({ template_card: noticeCard })).toMatchObject({ errcode: 0 });
    const third = await givenSent();
    await third.clock.advance(72 * HOUR);
    expect((await third.update({ template_card: noticeCard })).errcode).toBe(60140);
  });

  it("leaves its code unused when it is refused", async () => {
    const { update } = await givenSent();
    expect(
      (await update({ template_card: { ...noticeCard, card_action: undefined } })).errcode,
    ).toBe(42045);
    expect(await update({ template_card: noticeCard })).toMatchObject({ errcode: 0 });
  });

  it.each([
    ["an unknown code", { response_code: "x" }, 60140],
    ["no code", { response_code: "" }, 40063],
    ["another app", { agentid: 1 }, 40056],
    ["nothing to change", {}, 40063],
    ["nobody named", { userids: [], button: { replace_name: "x" } }, 40058],
  ])("is refused with %s", async (_, change, errcode) => {
    const { update, messages } = await givenSent();
    expect((await update(change)).errcode).toBe(errcode);
    for (const { body } of messages()) expect(body).toMatchObject({ edition: 1 });
  });

  it("cannot replace the button of a card that has none", async () => {
    const notice = { ...noticeCard, action_menu: buttonCard.action_menu, task_id: "T-3" };
    const { update } = await givenSent(notice);
    expect((await update({ button: { replace_name: "x" } })).errcode).toBe(40058);
    expect(await update({ template_card: noticeCard })).toMatchObject({ errcode: 0 });
  });
});
