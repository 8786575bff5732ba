import { describe, expect, it } from "vitest";
import { agent, aNewTicket, CLERK, keyOf, messagesOf } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { claimed, effectsOf } from "../../../test/support/ticket-news.ts";
import type { Policy, Team } from "../config/policy.ts";
import { loudestOf, type Remind, waysFrom } from "../config/remind.ts";
import type { Effect } from "../effect.ts";
import type { TicketEvent } from "./ticket.ts";

const QUIET: Remind = { queued: [], urged: [], escalated: [] };
const FEISHU_CHAT = { account: "feishu/hq", chat: "oc_cold", language: "zh-CN" } as const;
const cold = aNewTicket();
const urged: TicketEvent = { type: "urged", by: CLERK, count: 1 };
const escalated: TicketEvent = { type: "escalated", by: agent("li"), level: 1, to: "lin" };
const queued: TicketEvent = { type: "queued", team: "cold" };

/** The desk whose cold team is reminded so. */
function reminding(remind: Partial<Remind>, over: Partial<Team> = {}): Policy {
  const policy = aPolicy();
  const teams = new Map(policy.teams);
  const team = teams.get("cold");
  if (team !== undefined) teams.set("cold", { ...team, remind: { ...QUIET, ...remind }, ...over });
  return { ...policy, teams };
}

/** Each message in a line: where, what, whom it mentions, how urgent it is. */
function told(effects: readonly Effect[]): string[] {
  return messagesOf(effects).map((message) => {
    const { account, to, content, urgent } = message;
    const names = content.type === "text" ? (content.mentions ?? []).map(({ name }) => name) : [];
    const marks = [...names.map((name) => `@${name}`), ...(urgent === undefined ? [] : [urgent])];
    return [account, to.kind, to.id, keyOf(message), ...marks].join(" ");
  });
}

describe("reminders", () => {
  const owned = [...cold, claimed];

  it.each<[string, typeof cold, TicketEvent, Policy, string[]]>([
    [
      "nothing is asked for: told as ever",
      owned,
      urged,
      reminding({}),
      ["feishu/hq person ou_li tell.urged"],
    ],
    [
      "an @ for the owner, in each chat where they are known",
      owned,
      urged,
      reminding({ urged: ["mention"] }),
      [
        "feishu/hq person ou_li tell.urged",
        "feishu/hq chat oc_cold tell.urged @小李",
        "dingtalk/suppliers chat cid_cold tell.urged @小李",
      ],
    ],
    [
      "without an owner it is for the lead, and for the members where the lead is not",
      cold,
      urged,
      reminding({ urged: ["mention"] }),
      [
        "feishu/hq person ou_lin tell.urged",
        "feishu/hq chat oc_cold tell.urged @林组长",
        "dingtalk/suppliers chat cid_cold tell.urged @小李",
      ],
    ],
    [
      "an urgent message in person, in the loudest of the ways",
      owned,
      urged,
      reminding({ urged: ["app", "phone"] }),
      ["feishu/hq person ou_li tell.urged phone"],
    ],
    [
      "both",
      owned,
      urged,
      reminding({ urged: ["mention", "sms"] }, { chats: [FEISHU_CHAT] }),
      ["feishu/hq person ou_li tell.urged sms", "feishu/hq chat oc_cold tell.urged @小李"],
    ],
    [
      "an escalation is for the lead, whoever owns it",
      owned,
      escalated,
      reminding({ escalated: ["mention", "app"] }, { chats: [FEISHU_CHAT] }),
      [
        "feishu/hq person ou_lin tell.escalated app",
        "feishu/hq chat oc_cold tell.escalated @林组长",
      ],
    ],
    [
      "a new ticket, of which nobody is told otherwise",
      cold,
      queued,
      reminding({ queued: ["mention", "app"] }, { chats: [FEISHU_CHAT] }),
      ["feishu/hq person ou_lin tell.queued app", "feishu/hq chat oc_cold tell.queued @林组长"],
    ],
    [
      "a chat that is told anyway gets the @ in the same message",
      cold,
      urged,
      reminding({ urged: ["mention", "app"] }, { chats: [FEISHU_CHAT], lead: null }),
      ["feishu/hq chat oc_cold tell.urged @小李 @小王"],
    ],
  ])("%s", (_name, past, event, policy, expected) => {
    expect(told(effectsOf(past, [event], policy))).toEqual(expected);
  });

  it("mention no more than twenty members", () => {
    const members = Array.from({ length: 30 }, (_, at) => `m${at}`);
    const policy = reminding({ urged: ["mention"] }, { members, lead: null, chats: [FEISHU_CHAT] });
    const agents = new Map(
      members.map((id) => [
        id,
        { id, name: id, role: "agent" as const, identities: { feishu: `ou_${id}` } },
      ]),
    );
    const [line = ""] = told(effectsOf(cold, [urged], { ...policy, agents }));
    expect(line.split("@")).toHaveLength(21);
  });
});

describe("urgent ways", () => {
  it("are the one that is asked for, then the quieter ones that there are", () => {
    expect(waysFrom("phone", ["app", "sms", "phone"])).toEqual(["phone", "sms", "app"]);
    expect(waysFrom("sms", ["app", "phone"])).toEqual(["app"]);
    expect(waysFrom("app", ["phone"])).toEqual([]);
    expect(loudestOf(["sms", "mention", "app"])).toBe("sms");
    expect(loudestOf(["mention"])).toBeNull();
  });
});
