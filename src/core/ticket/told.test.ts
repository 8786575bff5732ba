import { describe, expect, it } from "vitest";
import { agent, aNewTicket, CLERK, keyOf, messagesOf } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { claimed, effectsOf, LI } from "../../../test/support/ticket-news.ts";
import type { Effect } from "../effect.ts";
import type { TicketEvent } from "./ticket.ts";

const LIN = agent("lin");
const cold = aNewTicket();
const repair = aNewTicket({}, "repair");

function told(effects: readonly Effect[]): string[] {
  return messagesOf(effects).map(
    (message) => `${message.account} ${message.to.kind} ${message.to.id}: ${keyOf(message)}`,
  );
}

describe("words", () => {
  const assigned: TicketEvent = { type: "assigned", by: LI, owner: "wang", team: "cold" };
  const resolved: TicketEvent = { type: "resolved", by: LI, text: null };
  const owned = [...cold, claimed];

  it.each<[string, readonly TicketEvent[], TicketEvent, string[]]>([
    ["a claim: the requester", cold, claimed, ["feishu/hq person ou_clerk: tell.claimed"]],
    [
      "an agent's reply: the requester",
      owned,
      { type: "replied_by_agent", by: LI, text: "w" },
      ["feishu/hq person ou_clerk: tell.replied"],
    ],
    ["a note: nobody", owned, { type: "noted", by: LI, text: "w" }, []],
    ["a solution: the requester", owned, resolved, ["feishu/hq person ou_clerk: tell.resolved"]],
    [
      "a solution in words: the requester",
      owned,
      { ...resolved, text: "w" },
      ["feishu/hq person ou_clerk: tell.resolved_with"],
    ],
    [
      "closing by an agent",
      owned,
      { type: "closed", by: LI, reason: "by_agent" },
      ["feishu/hq person ou_clerk: tell.closed.by_agent"],
    ],
    [
      "closing by silence",
      owned,
      { type: "closed", by: LI, reason: "no_answer" },
      ["feishu/hq person ou_clerk: tell.closed.no_answer"],
    ],
    [
      "cancelling",
      owned,
      { type: "cancelled", by: CLERK },
      ["feishu/hq person ou_clerk: tell.cancelled"],
    ],
    ["being assigned: the new owner", cold, assigned, ["feishu/hq person ou_wang: tell.assigned"]],
    [
      "the requester's reply: the owner",
      owned,
      { type: "replied_by_customer", by: CLERK, text: "w" },
      ["feishu/hq person ou_li: tell.customer_replied"],
    ],
    [
      "the requester's reply, unowned: the lead",
      cold,
      { type: "replied_by_customer", by: CLERK, text: "w" },
      ["feishu/hq person ou_lin: tell.customer_replied"],
    ],
    [
      "an urge: the owner",
      owned,
      { type: "urged", by: CLERK, count: 1 },
      ["feishu/hq person ou_li: tell.urged"],
    ],
    [
      "an urge, unowned: the lead",
      cold,
      { type: "urged", by: CLERK, count: 1 },
      ["feishu/hq person ou_lin: tell.urged"],
    ],
    [
      "an escalation: the lead, not the owner",
      owned,
      { type: "escalated", by: CLERK, level: 1, to: "lin" },
      ["feishu/hq person ou_lin: tell.escalated"],
    ],
    [
      "being reopened: the owner",
      [...owned, resolved],
      { type: "reopened", by: CLERK },
      ["feishu/hq person ou_li: tell.reopened"],
    ],
    [
      "waiting for the requester: the requester",
      owned,
      { type: "paused", by: LI, waiting: "customer" },
      ["feishu/hq person ou_clerk: tell.awaited"],
    ],
    ["waiting for others: nobody", owned, { type: "paused", by: LI, waiting: "external" }, []],
    [
      "resuming: nobody",
      [...owned, { type: "paused", by: LI, waiting: "external" }],
      { type: "resumed", by: LI },
      [],
    ],
    [
      "being reopened by staff: the requester too",
      [...owned, resolved],
      { type: "reopened", by: LIN },
      ["feishu/hq person ou_clerk: tell.taken_up_again", "feishu/hq person ou_li: tell.reopened"],
    ],
    ["returning: nobody", owned, { type: "returned", by: LI, team: "cold" }, []],
  ])("of %s", (_what, past, event, expected) => {
    expect(told(effectsOf(past, [event]))).toEqual(expected);
  });

  it("reach an owner on an account of the team on which they are", () => {
    const past = [...repair, { type: "claimed", by: agent("chen"), owner: "chen" } as const];
    expect(told(effectsOf(past, [{ type: "urged", by: CLERK, count: 1 }]))).toEqual([
      "wecom/vendors person w_chen: tell.urged",
    ]);
  });

  it("go to the lead where the owner is on none of the team's accounts", () => {
    const past = [...cold, { type: "claimed", by: agent("chen"), owner: "chen" } as const];
    expect(told(effectsOf(past, [{ type: "urged", by: CLERK, count: 1 }]))).toEqual([
      "feishu/hq person ou_lin: tell.urged",
    ]);
  });

  it("go to the team's group chats, each in its language, where neither can be reached", () => {
    const team = aPolicy().teams.get("cold");
    if (team === undefined) throw new Error("The policy has a team cold.");
    const rooms = [
      "feishu/hq chat oc_cold: tell.urged",
      "dingtalk/suppliers chat cid_cold: tell.urged",
    ];
    for (const lead of [null, "chen", "gone"]) {
      const policy = aPolicy({ teams: new Map([["cold", { ...team, lead }]]) });
      const effects = effectsOf(cold, [{ type: "urged", by: CLERK, count: 1 }], policy);
      expect(told(effects)).toEqual(rooms);
      expect(messagesOf(effects).map(({ language }) => language)).toEqual(["zh-CN", "en"]);
    }
  });

  it("name the new owner, because others may read them", () => {
    const [message] = messagesOf(effectsOf(cold, [assigned]));
    expect(message?.content).toEqual({
      type: "text",
      text: {
        key: "tell.assigned",
        params: { number: 7, title: { literal: "设备报修" }, owner: "小王" },
      },
    });
  });

  it("escalate to the team's group chats where there is no lead, whoever owns it", () => {
    const team = aPolicy().teams.get("cold");
    if (team === undefined) throw new Error("The policy has a team cold.");
    const headless = aPolicy({ teams: new Map([["cold", { ...team, lead: null }]]) });
    const escalated: TicketEvent = { type: "escalated", by: CLERK, level: 1, to: null };
    for (const past of [owned, cold])
      expect(told(effectsOf(past, [escalated], headless))).toEqual([
        "feishu/hq chat oc_cold: tell.escalated",
        "dingtalk/suppliers chat cid_cold: tell.escalated",
      ]);
  });

  it("carry what was said, by whom and the number, and never the requester's name", () => {
    const [reply] = messagesOf(
      effectsOf(owned, [{ type: "replied_by_agent", by: LI, text: "w9" }]),
    );
    expect(reply?.content).toEqual({
      type: "text",
      text: { key: "tell.replied", params: { number: 7, who: "小李", text: { ref: "w9" } } },
    });
    const [added] = messagesOf(
      effectsOf(owned, [{ type: "replied_by_customer", by: CLERK, text: "w9" }]),
    );
    expect(added?.content).toEqual({
      type: "text",
      text: { key: "tell.customer_replied", params: { number: 7, text: { ref: "w9" } } },
    });
    const [api] = messagesOf(
      effectsOf(owned, [{ type: "replied_by_agent", by: { kind: "api", id: "k" }, text: "w9" }]),
    );
    expect(JSON.stringify(api?.content)).toContain('"who":{"key":"card.desk"}');
    expect(JSON.stringify(added)).not.toContain("name-clerk");
  });
});
