import { describe, expect, it } from "vitest";
import { compileCondition, isFault } from "./cel.ts";
import type { DispatchFacts } from "./policy.ts";

const repair: DispatchFacts = {
  ticket: { type: "repair", intent: "equipment", priority: "high", account: "feishu/hq" },
  store: { id: "S0012", name: "徐汇漕河泾店", region: "华东-上海" },
};
const nowhere: DispatchFacts = { ticket: { ...repair.ticket, intent: null }, store: null };

function matches(source: string, facts: DispatchFacts): boolean {
  const condition = compileCondition(source);
  if (isFault(condition)) throw new Error(`${condition.code}: ${condition.detail}`);
  return condition.matches(facts);
}

function faultOf(source: string) {
  const condition = compileCondition(source);
  return isFault(condition) ? condition : null;
}

describe("a dispatch condition", () => {
  it.each([
    ['ticket.type == "repair" && store.region.startsWith("华东")', true, false],
    ['ticket.priority in ["high", "urgent"]', true, true],
    ["store.region == null", false, true],
    ["null != store.id", true, false],
    ['store.region != "华南"', true, true],
    ['ticket.intent == "equipment"', true, false],
    ['ticket.account.startsWith("feishu/")', true, true],
    ["true", true, true],
  ])("%s", (source, withStore, without) => {
    expect(matches(source, repair)).toBe(withStore);
    expect(matches(source, nowhere)).toBe(without);
  });

  it("that fails while it runs does not hold, and neither does its contrary", () => {
    expect(matches('store.region.startsWith("华东")', nowhere)).toBe(false);
    expect(matches('!store.region.startsWith("华东")', nowhere)).toBe(false);
  });

  it("may ask only for facts that exist", () => {
    expect(faultOf('tickt.type == "a"')).toMatchObject({
      code: "condition-unknown",
      detail: "tickt",
      start: 0,
      end: 5,
    });
    expect(faultOf('store.city == "a"')).toMatchObject({
      code: "condition-unknown",
      detail: "city",
      start: 6,
      known: ["id", "name", "region"],
    });
  });

  it.each([
    ["store.region > 3", "condition-type"],
    ["ticket.type == null && ticket.type == 1", "condition-type"],
    ['store.region.startWith("a")', "condition-type"],
    ["ticket.type", "condition-not-boolean"],
    ["1 + 1", "condition-not-boolean"],
    ["dyn(1)", "condition-not-boolean"],
    ["ticket.type == ", "condition-syntax"],
    ['ticket.type == "a', "condition-syntax"],
    ["", "condition-syntax"],
    [`${"(".repeat(400)}true${")".repeat(400)}`, "condition-syntax"],
    [Array(3_000).fill("true").join(" && "), "condition-syntax"],
  ])("%.40s is refused", (source, code) => {
    expect(faultOf(source)?.code).toBe(code);
  });

  it("tells which words it compares facts with", () => {
    const condition = compileCondition(
      '"a" == ticket.type || ticket.priority in ["b", "c"] && !(store.id != "d")',
    );
    expect(isFault(condition) ? null : condition.comparisons).toEqual([
      { fact: "ticket.type", value: "a", start: 0, end: 3 },
      { fact: "ticket.priority", value: "b", start: 42, end: 45 },
      { fact: "ticket.priority", value: "c", start: 47, end: 50 },
      { fact: "store.id", value: "d", start: 69, end: 72 },
    ]);
  });
});
