import { describe, expect, it } from "vitest";
import { aNewTicket, CLERK, foldTicket, NOON } from "../../../test/support/given.ts";
import { aPolicy, DAY } from "../../../test/support/policy.ts";
import { claimed, effectsOf, LI } from "../../../test/support/ticket-news.ts";
import type { Effect } from "../effect.ts";
import { ticketEffects } from "./effects.ts";
import type { TicketEvent } from "./ticket.ts";

const cold = aNewTicket();
const repair = aNewTicket({}, "repair");

function surfaces(effects: readonly Effect[]): string[] {
  return effects.flatMap((effect) =>
    effect.type === "surface"
      ? [
          `${effect.account} ${effect.to.kind} ${effect.to.id} ${effect.audience} ${effect.language}`,
        ]
      : [],
  );
}

const CLERK_CARD = "feishu/hq person ou_clerk requester zh-CN";

describe("copies of the card", () => {
  it("stand with the requester and in each chat of the team once a ticket is opened", () => {
    expect(surfaces(effectsOf([], cold))).toEqual([
      CLERK_CARD,
      "feishu/hq chat oc_cold team zh-CN",
      "dingtalk/suppliers chat cid_cold team en",
    ]);
  });

  it("stand with each member of a team without a chat; a vendor's people get the team's", () => {
    expect(surfaces(effectsOf([], repair))).toEqual([
      CLERK_CARD,
      "wecom/vendors person w_chen team zh-CN",
      "wecom/vendors person w_zhao member zh-CN",
    ]);
  });

  it("stand in the group where the requester asked", () => {
    const [created, queued] = cold;
    if (created?.type !== "created" || queued === undefined)
      throw new Error("A ticket begins with created.");
    const inGroup: TicketEvent = {
      ...created,
      origin: { ...created.origin, to: { kind: "chat", id: "oc_store" } },
    };
    expect(surfaces(effectsOf([], [inGroup, queued]))[0]).toBe(
      "feishu/hq chat oc_store requester zh-CN",
    );
  });

  it("leave out members who are not on the account", () => {
    const team = aPolicy().teams.get("repair");
    if (team === undefined) throw new Error("The policy has a team repair.");
    const policy = aPolicy({
      teams: new Map([["repair", { ...team, members: ["chen", "lin", "gone"] }]]),
    });
    expect(surfaces(effectsOf([], repair, policy))).toEqual([
      CLERK_CARD,
      "wecom/vendors person w_chen team zh-CN",
    ]);
  });

  it("go to the new owner alone and to the new team when it is assigned", () => {
    expect(
      surfaces(effectsOf(cold, [{ type: "assigned", by: LI, owner: "wang", team: "cold" }])),
    ).toEqual([
      "feishu/hq chat oc_cold team zh-CN",
      "dingtalk/suppliers chat cid_cold team en",
      "feishu/hq person ou_wang member zh-CN",
    ]);
    expect(
      surfaces(effectsOf(cold, [{ type: "assigned", by: LI, owner: "chen", team: "repair" }])),
    ).toEqual([
      "wecom/vendors person w_chen team zh-CN",
      "wecom/vendors person w_zhao member zh-CN",
    ]);
  });

  it("go to an owner who is on several accounts once", () => {
    const effects = effectsOf(cold, [{ type: "assigned", by: LI, owner: "li", team: "cold" }]);
    expect(surfaces(effects).slice(2)).toEqual(["feishu/hq person ou_li member zh-CN"]);
  });

  it("are put up by nothing else, but brought up to date by everything", () => {
    const events: TicketEvent[] = [
      claimed,
      { type: "returned", by: LI, team: "cold" },
      { type: "replied_by_agent", by: LI, text: "w" },
      { type: "noted", by: LI, text: "w" },
      { type: "resolved", by: LI, text: null },
      { type: "closed", by: LI, reason: "by_agent" },
    ];
    for (const event of events) {
      const past = event.type === "claimed" ? cold : [...cold, claimed];
      const effects = effectsOf(past, [event]);
      expect(surfaces(effects)).toEqual([]);
      const version = past.length + 1;
      const turned = ["replied_by_agent", "noted"].includes(event.type) ? past.length : version;
      expect(effects).toContainEqual({ type: "refresh", ticket: "t1", version, turned });
    }
  });
});

describe("the timer", () => {
  function timer(effects: readonly Effect[]): Effect | undefined {
    return effects.find(({ type }) => type === "timer");
  }

  it("is set for the deadline while a ticket waits to be confirmed, and taken away by everything else", () => {
    const past = [...cold, claimed];
    const resolved: TicketEvent = { type: "resolved", by: LI, text: null };
    expect(timer(effectsOf(past, [resolved]))).toEqual({
      type: "timer",
      stream: "ticket:t1",
      dueAt: NOON + 3 * DAY,
    });
    expect(timer(effectsOf([...past, resolved], [{ type: "reopened", by: CLERK }]))).toMatchObject({
      dueAt: null,
    });
    expect(timer(effectsOf([], cold))).toMatchObject({ dueAt: null });
  });

  it("keeps its deadline when something is said meanwhile", () => {
    const past = [...cold, claimed, { type: "resolved", by: LI, text: null } as const];
    const later = foldTicket([...past, [DAY, { type: "noted", by: LI, text: "w" }]]);
    expect(
      timer(ticketEffects([{ type: "noted", by: LI, text: "w" }], later, aPolicy())),
    ).toMatchObject({ dueAt: NOON + 3 * DAY });
  });
});
