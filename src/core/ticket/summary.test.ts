import { describe, expect, it } from "vitest";
import { accepted, NOON } from "../../../test/support/given.ts";
import { aPolicy, DAY } from "../../../test/support/policy.ts";
import { decideStep } from "../step.ts";
import { literal } from "../text.ts";
import { summaryDue, type WorkFacts } from "./summary.ts";

const NINE = { minute: 9 * 60, days: [1, 2, 3, 4, 5] };

describe("a team's summary is due", () => {
  it.each([
    ["at its time", 1, 9 * 60, true],
    ["a minute before", 1, 9 * 60 - 1, false],
    ["some time later, after downtime", 5, 10 * 60 + 59, true],
    ["not two hours later", 5, 11 * 60, false],
    ["not on a Saturday", 6, 9 * 60, false],
    ["not on a Sunday", 0, 9 * 60, false],
  ])("%s", (_when, weekday, minute, expected) => {
    expect(summaryDue(NINE, { day: "2026-11-24", weekday, minute })).toBe(expected);
  });

  it("on its own day only, however late it is", () => {
    const late = { minute: 23 * 60, days: [1] };
    expect(summaryDue(late, { day: "2026-11-23", weekday: 1, minute: 23 * 60 + 59 })).toBe(true);
    expect(summaryDue(late, { day: "2026-11-24", weekday: 2, minute: 10 })).toBe(false);
  });
});

describe("summarise", () => {
  const work: WorkFacts = {
    waiting: 3,
    inProgress: 2,
    awaitingCustomer: 1,
    awaitingOthers: 0,
    overdue: 1,
    resolvedYesterday: 4,
    oldest: [
      { number: 7, title: literal("设备报修"), status: "new", createdAt: NOON - 2 * DAY - 1 },
    ],
  };
  const summarise = (team: string, facts = work) =>
    accepted(
      decideStep(
        { type: "summarise", at: NOON, stream: `team:${team}`, day: "2026-11-24", work: facts },
        "c",
        { conversation: null, ticket: null },
        aPolicy(),
      ),
    );

  it("tells it in each of the team's chats, each in its language", () => {
    const places = summarise("cold").effects.map((effect) =>
      effect.type === "message" ? `${effect.to.id} ${effect.language}` : effect.type,
    );
    expect(places).toEqual(["oc_cold zh-CN", "cid_cold en"]);
  });

  it("tells each member of a team without a chat", () => {
    const lanes = summarise("repair").effects.map((effect) =>
      effect.type === "message" ? effect.lane : effect.type,
    );
    expect(lanes).toEqual(["wecom/vendors|person|w_chen", "wecom/vendors|person|w_zhao"]);
  });

  it("says how many there are of each, and which are the oldest", () => {
    const [effect] = summarise("cold").effects;
    const content = effect?.type === "message" ? effect.content : null;
    if (content?.type !== "card") throw new Error("A summary is a card.");
    const { tone, blocks, controls } = content.card;
    expect([tone, controls]).toEqual(["warning", []]);
    const fields = blocks.flatMap((block) => (block.type === "fields" ? block.fields : []));
    expect(fields.map(({ label, value }) => ({ label, value }))).toEqual(
      [
        ["waiting", "3"],
        ["in_progress", "2"],
        ["awaiting_customer", "1"],
        ["awaiting_others", "0"],
        ["overdue", "1"],
        ["resolved_yesterday", "4"],
      ].map(([name, count = ""]) => ({ label: { key: `summary.${name}` }, value: literal(count) })),
    );
    expect(blocks.at(-1)).toEqual({
      type: "paragraph",
      text: {
        key: "summary.ticket",
        params: { number: 7, title: literal("设备报修"), status: { key: "status.new" }, days: 2 },
      },
    });
  });

  it("says when nothing is open", () => {
    const [effect] = summarise("cold", { ...work, overdue: 0, oldest: [] }).effects;
    expect(JSON.stringify(effect)).toContain('"summary.nothing_open"');
    expect(JSON.stringify(effect)).toContain('"tone":"info"');
  });

  it("is silent for a team that the configuration no longer has, and writes into no stream", () => {
    expect(summarise("gone").effects).toEqual([]);
    expect(summarise("cold").streams).toEqual([]);
  });
});
