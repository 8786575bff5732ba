import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import { twoTeams } from "../../test/support/two-teams.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

const TO_PARTS = { values: { to: "team:parts" } };

let stage: Stage;
beforeEach(() => {
  stage = createStage({}, { policy: twoTeams });
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

describe("a ticket that goes to another team", () => {
  it("stands in the new team's chat, and the old team's cards say where it went", async () => {
    const { team, member, requester } = await withTicket(stage);
    await stage.press("a-li", team, "接单");
    expect(await stage.press("a-li", team, "转派", TO_PARTS)).toMatchObject({ tone: "success" });
    const [parts = ""] = stage.cardsTo("oc_parts");
    expect(labels(parts)).toContain("接单");
    for (const old of [team, member]) {
      expect(labels(old)).toEqual([]);
      expect(stage.card(old).blocks).toEqual([
        { type: "note", text: "这张工单现在由「配件」处理。" },
      ]);
    }
    expect(stage.card(requester).subtitle).toBe("待接单");
    expect(stage.wordsTo("oc_parts")).toEqual(["工单 #1（设备报修）已转到 配件。"]);
    await stage.press("b-bo", parts, "接单");
    expect(await stage.tickets()).toMatchObject([{ team: "parts", owner: "bo" }]);
    expect(stage.card(team).blocks).toHaveLength(1);
  });

  it("comes to life in the old chat when it comes back, on the card that stands there", async () => {
    const { team } = await withTicket(stage);
    await stage.press("a-zhao", team, "转派", TO_PARTS);
    const [parts = ""] = stage.cardsTo("oc_parts");
    await stage.press("b-bo", parts, "接单");
    await stage.press("b-bo", parts, "转派", { values: { to: "team:repair" } });
    expect(labels(team)).toContain("接单");
    expect(stage.cardsTo("oc_repair")).toEqual([team]);
    expect(labels(parts)).toEqual([]);
    expect(stage.wordsTo("oc_repair")).toContain("工单 #1（设备报修）已转到 维修。");
  });

  it("is no longer the old team's: who presses a card that was not refreshed yet is told why not", async () => {
    const { team } = await withTicket(stage);
    await stage.press("a-li", team, "接单");
    const late = stage.clickOn("a-li", team, "解决");
    await stage.press("a-li", team, "转派", TO_PARTS);
    const { outcome } = await stage.tap(late);
    expect(outcome).toMatchObject({ tone: "warning", text: "您没有权限解决。" });
  });
});

describe("two who press in two tools in the same moment", () => {
  async function race(clicks: readonly Parameters<Stage["tap"]>[0][]) {
    const answers = await Promise.all(clicks.map((click) => stage.tap(click)));
    for (const [at, answer] of answers.entries()) {
      stage.land(clicks[at]?.cardId ?? "", answer);
      await answer.after(true);
    }
    await stage.hub.settle();
    return answers.map(({ outcome }) => (outcome === "pending" ? "pending" : outcome.text));
  }

  it("both claim: one has it, and the other hears who", async () => {
    const { team, member } = await withTicket(stage);
    const told = await race([
      stage.clickOn("a-li", team, "接单"),
      stage.clickOn("b-wang", member, "接单"),
    ]);
    const [{ owner } = { owner: null }] = await stage.tickets();
    const name = owner === "li" ? "李工" : "王工";
    expect([...told].sort()).toEqual([`已由 ${name} 接单。`, "接单成功，工单 #1"].sort());
  });

  it("one transfers and one claims: never both", async () => {
    const { team, member } = await withTicket(stage);
    const told = await race([
      stage.clickOn("a-zhao", team, "转派", TO_PARTS),
      stage.clickOn("b-wang", member, "接单"),
    ]);
    const [ticket] = await stage.tickets();
    if (ticket?.owner === "wang") {
      expect(ticket.team).toBe("repair");
      expect(told).toEqual(["卡片已过期，工单现在是「处理中」。", "接单成功，工单 #1"]);
    } else {
      expect(ticket).toMatchObject({ team: "parts", owner: null });
      expect(told).toEqual(["已转派工单 #1", "您没有权限接单。"]);
    }
  });

  it("both transfer, to a person and to a team: one counts", async () => {
    const { team, member } = await withTicket(stage);
    await stage.press("b-wang", member, "接单");
    const told = await race([
      stage.clickOn("a-zhao", team, "转派", TO_PARTS),
      stage.clickOn("b-wang", member, "转派", TO_PARTS),
    ]);
    expect(told.filter((text) => text === "已转派工单 #1")).toHaveLength(1);
    expect(await stage.tickets()).toMatchObject([{ team: "parts", owner: null, version: 4 }]);
    expect(stage.cardsTo("oc_parts")).toHaveLength(1);
  });
});

describe("a tool's own picker of people", () => {
  it("names a colleague by the tool's id, and a text field by name", async () => {
    const { team } = await withTicket(stage);
    await stage.press("a-zhao", team, "转派", { values: { to: "a-li" } });
    expect(await stage.tickets()).toMatchObject([{ owner: "li", status: "assigned" }]);
    await stage.press("a-zhao", team, "转派", { values: { to: " 王工 " } });
    expect(await stage.tickets()).toMatchObject([{ owner: "wang" }]);
    await stage.press("a-zhao", team, "转派", { values: { to: "维修" } });
    expect(await stage.tickets()).toMatchObject([{ owner: "wang", team: "repair" }]);
    const nobody = await stage.press("a-zhao", team, "转派", { values: { to: "谁" } });
    expect(nobody).toMatchObject({ tone: "warning", text: "找不到这位处理人。" });
  });
});
