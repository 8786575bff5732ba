import { describe, expect, it } from "vitest";
import { agent, CLERK, foldConversation, NOON, opened } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { decodeAction } from "../card.ts";
import { literal } from "../text.ts";
import { type ListPage, teamsOf, wantedByPress } from "./facts.ts";
import { listCard } from "./lists.ts";

const HOUR = 3_600_000;

function page(over: Partial<ListPage> = {}): ListPage {
  const row = {
    title: literal("设备报修"),
    status: "new",
    owner: null,
    store: null,
    at: NOON,
  } as const;
  const rows = [7, 8].map((number) => ({ ...row, number }));
  return { list: "queue", page: 0, pages: 1, total: 2, rows, ...over };
}

const card = (shown: ListPage, at = NOON) =>
  listCard(foldConversation([opened()]), shown, at, aPolicy());

const verbs = (shown: ListPage) =>
  card(shown).controls.map((control) =>
    control.type === "button" ? decodeAction(control.action)?.verb : null,
  );

describe("a list's card", () => {
  it("has a button for each ticket, and for the pages that there are beside it", () => {
    expect(verbs(page())).toEqual(["open_7", "open_8"]);
    expect(verbs(page({ pages: 2 }))).toEqual(["list_queue_1", "open_7", "open_8"]);
    expect(verbs(page({ page: 1, pages: 3, rows: [] }))).toEqual(["list_queue_0", "list_queue_2"]);
  });

  it("says so when there is nothing", () => {
    expect(JSON.stringify(card(page({ rows: [], total: 0 })))).toContain("list.empty");
  });

  it("names the store of a ticket that has one", () => {
    const [row] = page().rows;
    const rows = row === undefined ? [] : [{ ...row, store: "漕河泾店" }];
    expect(JSON.stringify(card(page({ rows })))).toContain("漕河泾店");
  });

  it.each([
    [30 * 60_000, "age.minutes", 30],
    [5 * HOUR, "age.hours", 5],
    [50 * HOUR, "age.days", 2],
  ])("tells the age of a ticket after %i ms as %s", (after, key, n) => {
    expect(JSON.stringify(card(page(), NOON + after))).toContain(
      JSON.stringify({ key, params: { n } }),
    );
  });

  it("asks for what its buttons say, and other verbs ask for nothing", () => {
    expect(wantedByPress("list_overdue_3").list).toEqual({ list: "overdue", page: 3 });
    expect(wantedByPress("open_12").ticket).toEqual({ number: 12 });
    for (const verb of ["list_secret_0", "list_queue_x", "open_", "solved"])
      expect(wantedByPress(verb)).toEqual({ ticket: null, child: null, list: null });
  });
});

describe("the teams whose queue somebody looks after", () => {
  it.each([
    [agent("li"), ["cold"]],
    [agent("lin"), ["cold"]],
    [agent("su"), ["cold", "repair"]],
    [agent("chen"), ["repair"]],
    [agent("gone"), []],
    [CLERK, []],
  ])("of %j", (by, teams) => {
    expect(teamsOf(by, aPolicy())).toEqual(teams);
  });
});
