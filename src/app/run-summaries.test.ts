import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deskPolicy } from "../../test/support/hub.ts";
import {
  BAD_GATEWAY,
  createStage,
  outage,
  type Stage,
  withTicket,
} from "../../test/support/stage.ts";
import type { Policy, SummaryTimes } from "../core/config/policy.ts";
import { rebuild } from "./rebuild.ts";
import { replay } from "./replay.ts";

const HOUR = 3_600_000;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
/** The stage's clock begins on a Wednesday at 06:13 in Shanghai. */
const SEVEN: SummaryTimes = { minute: 7 * 60, days: EVERY_DAY };

function withSummary(summary: SummaryTimes | null): Policy {
  const teams = [...deskPolicy.teams].map(([id, team]) => [id, { ...team, summary }] as const);
  return { ...deskPolicy, teams: new Map(teams) };
}

let stage: Stage;
beforeEach(() => {
  stage = createStage({}, { policy: withSummary(SEVEN) });
});
afterEach(() => stage.close());

/** Titles of the summaries that somebody was sent. */
function summariesTo(to: string): string[] {
  return [...stage.a.sent, ...stage.b.sent].flatMap((message) =>
    message.to.id === to &&
    message.content.type === "card" &&
    message.content.card.title.includes("今日工单")
      ? [message.content.card.subtitle ?? ""]
      : [],
  );
}

describe("a team's summary", () => {
  it("comes once a day, in the chat and to each member who has their own", async () => {
    await stage.pass(30 * 60_000);
    expect(summariesTo("oc_repair")).toEqual([]);
    await stage.pass(26 * HOUR, 10 * 60_000);
    expect(summariesTo("oc_repair")).toEqual(["2023-11-15", "2023-11-16"]);
    expect(summariesTo("b-wang")).toEqual(["2023-11-15", "2023-11-16"]);
  });

  it("says what there is to do", async () => {
    await withTicket(stage);
    await stage.pass(2 * HOUR, 10 * 60_000);
    const id = stage.cardsTo("oc_repair").at(-1) ?? "";
    const fields = stage
      .card(id)
      .blocks.flatMap((block) =>
        block.type === "fields" ? block.fields.map(({ label, value }) => `${label} ${value}`) : [],
      );
    expect(fields).toEqual([
      "待接单 1",
      "处理中 0",
      "等待客户 0",
      "等待第三方 0",
      "已超时 0",
      "昨日解决 0",
    ]);
    expect(JSON.stringify(stage.card(id).blocks)).toContain("设备报修 · 待接单 · 0 天");
  });

  it("comes once, however many look for it and however often they are restarted", async () => {
    stage.clock.advance(HOUR);
    const first = stage.hub;
    stage.restart({ policy: withSummary(SEVEN) });
    await Promise.all([first.settle(), stage.hub.settle()]);
    await stage.reopen({ policy: withSummary(SEVEN) });
    await stage.pass(HOUR, 60_000);
    expect(summariesTo("oc_repair")).toEqual(["2023-11-15"]);
    const rung = (await stage.rows("inbox")).filter(({ feed }) => feed === "summary");
    expect(rung.map(({ status }) => status)).toEqual(["done"]);
  });

  it("comes late after downtime, but not too late, and never for another day", async () => {
    stage.clock.advance(2 * HOUR);
    await stage.hub.settle();
    expect(summariesTo("oc_repair")).toEqual(["2023-11-15"]);
    stage.clock.advance(26 * HOUR);
    await stage.pass(20 * HOUR, HOUR);
    expect(summariesTo("oc_repair")).toEqual(["2023-11-15"]);
  });

  it("that was decided is sent later when the tool is away, once", async () => {
    const back = outage(stage.a, BAD_GATEWAY);
    await stage.pass(HOUR, 10 * 60_000);
    back();
    await stage.pass(2 * HOUR, 10 * 60_000);
    expect(summariesTo("oc_repair")).toEqual(["2023-11-15"]);
  });

  it("comes on its days only, and to no team that wants none", async () => {
    stage.restart({ policy: withSummary({ minute: 7 * 60, days: [4] }) });
    await stage.pass(48 * HOUR, 30 * 60_000);
    expect(summariesTo("oc_repair")).toEqual(["2023-11-16"]);
    stage.restart({ policy: withSummary(null) });
    await stage.pass(24 * 8 * HOUR, 2 * HOUR);
    expect(summariesTo("oc_repair")).toEqual(["2023-11-16"]);
  });

  it("is decided again by a replay, from the facts that stand beside it", async () => {
    await withTicket(stage);
    await stage.pass(26 * HOUR, 10 * 60_000);
    const causes = (await stage.rows("causes")).filter(({ input }) =>
      String(input).includes('"type":"summarise"'),
    );
    expect(causes).toHaveLength(2);
    const policy = withSummary(SEVEN);
    expect((await replay(stage.store, async () => policy)).divergences).toEqual([]);
    expect((await rebuild(stage.store)).mended).toEqual([]);
  });
});
