import { describe, expect, it } from "vitest";
import { crossCheck } from "./cross-check.ts";
import type { Finding } from "./finding.ts";
import { given } from "./given.ts";

const CHANNELS = ["feishu", "wecom", "web"];

/** Findings as short lines: level, code and path. */
function findings(parts: Parameters<typeof given>[0]): string[] {
  return crossCheck(given(parts), CHANNELS).map(line);
}

function line({ level, code, path }: Finding): string {
  return `${level} ${code} ${path.join(".")}`;
}

const li = { name: "Li", feishu: "ou_li" };
const zhao = { name: "Zhao", wecom: "Zhao" };
const team = (parts: object) => ({
  teams: {
    t: {
      name: "T",
      members: ["li", "zhao"],
      chats: [
        { bot: "feishu/hq", chat: "oc" },
        { bot: "wecom/vendors", members: true },
      ],
      ...parts,
    },
  },
  dispatch: [],
});
const wants = (fields: object) => ({
  intents: { a: { title: "A", keywords: ["a"], fields } },
  dispatch: [{ team: "others" }],
});

describe("the cross-check", () => {
  it("finds nothing in a configuration that is right", () => {
    expect(findings({})).toEqual([]);
  });

  it.each<readonly [string, Parameters<typeof given>[0], readonly string[]]>([
    [
      "an identity at no channel",
      { agents: { li: { ...li, fieshu: "x" }, zhao } },
      ["error unknown-channel agents.li.fieshu"],
    ],
    [
      "an identity at no account",
      { agents: { li: { ...li, "feishu/west": "x" }, zhao } },
      ["error unknown-account agents.li.feishu/west"],
    ],
    [
      "one identity of two agents",
      { agents: { li, zhao: { ...zhao, feishu: "ou_li" } } },
      ["error same-identity agents.zhao.feishu"],
    ],
    [
      "one identity by channel and account",
      { agents: { li, zhao: { ...zhao, "feishu/east": "ou_li" } } },
      ["error same-identity agents.zhao.feishu/east"],
    ],
    [
      "the same id at two accounts",
      { agents: { li: { name: "Li", "feishu/hq": "a" }, zhao: { ...zhao, "feishu/east": "a" } } },
      [],
    ],
    [
      "an agent in no team",
      { agents: { li, zhao, wu: { name: "Wu", feishu: "w" } } },
      ["warning agent-without-team agents.wu"],
    ],
    [
      "a supervisor in no team",
      { agents: { li, zhao, wu: { name: "Wu", role: "supervisor", feishu: "w" } } },
      [],
    ],
    [
      "an agent without an identity",
      { agents: { li, zhao, wu: { name: "Wu", role: "admin" } } },
      ["warning agent-without-identity agents.wu"],
    ],
    [
      "an unknown lead and member",
      team({ lead: "lee", members: ["li", "zhou", "zhao"] }),
      ["error unknown-agent teams.t.lead", "error unknown-agent teams.t.members.1"],
    ],
    [
      "names that every object has",
      team({ lead: "constructor", members: ["li", "zhao", "toString"] }),
      ["error unknown-agent teams.t.lead", "error unknown-agent teams.t.members.2"],
    ],
    [
      "a member twice",
      team({ members: ["li", "zhao", "li"] }),
      ["warning member-twice teams.t.members.2"],
    ],
    [
      "a chat of no account",
      team({
        chats: [
          { bot: "feishu/hq", chat: "a" },
          { bot: "wecom/vendors", members: true },
          { bot: "dingtalk/x", chat: "c" },
        ],
      }),
      ["error unknown-account teams.t.chats.2.bot"],
    ],
    [
      "a chat twice",
      team({
        chats: [
          { bot: "feishu/hq", chat: "a" },
          { bot: "wecom/vendors", members: true },
          { bot: "wecom/vendors", members: true },
        ],
      }),
      ["error chat-twice teams.t.chats.2"],
    ],
    [
      "the same chat id at two accounts",
      team({
        chats: [
          { bot: "feishu/hq", chat: "a" },
          { bot: "feishu/east", chat: "a" },
          { bot: "wecom/vendors", members: true },
        ],
      }),
      [],
    ],
    [
      "a member who is at none of the accounts",
      team({ chats: [{ bot: "feishu/hq", chat: "a" }] }),
      ["warning member-unreachable teams.t.members.1"],
    ],
    [
      "a chat that reaches nobody",
      team({ members: ["li"], lead: "zhao" }),
      ["warning chat-reaches-nobody teams.t.chats.1"],
    ],
    [
      "a team without chats or members",
      team({ members: [], lead: "li", chats: [] }),
      [
        "warning agent-without-team agents.zhao",
        "warning team-without-chats teams.t",
        "warning team-without-members teams.t",
      ],
    ],
    [
      "a chat of an account that is off",
      { bots: { feishu: { hq: { enabled: false } }, wecom: { vendors: {} } } },
      [
        "warning account-disabled teams.fixers.chats.0.bot",
        "warning account-disabled teams.others.chats.0.bot",
      ],
    ],
    [
      "one sentence of two intents",
      {
        intents: {
          repair: { title: "R", examples: ["Broken!"], ticket: { type: "fix" } },
          b: { title: "B", examples: ["broken"] },
        },
      },
      ["error duplicate-wording intents.b.examples.0"],
    ],
    [
      "one sentence twice in an intent",
      { intents: { repair: { title: "R", examples: ["a", "Ａ"], ticket: { type: "fix" } } } },
      ["warning duplicate-wording intents.repair.examples.1"],
    ],
    [
      "one sentence of an intent and an article",
      { knowledge: [{ question: "it is broken", answer: "x" }] },
      ["warning duplicate-wording knowledge.0.question"],
    ],
    [
      "one question twice",
      {
        knowledge: [
          { question: "q", answer: "x" },
          { question: "q", answer: "y" },
        ],
      },
      [
        "warning duplicate-wording knowledge.1.question",
        "error duplicate-article knowledge.1.question",
      ],
    ],
    [
      "two fields of one label",
      wants({ a: { label: "X" }, b: { label: "X" } }),
      ["error duplicate-label intents.a.fields.b"],
    ],
    [
      "a label that is another field's name",
      wants({ a: {}, b: { label: "a" } }),
      ["error duplicate-label intents.a.fields.b"],
    ],
    [
      "two store fields",
      wants({ a: { type: "store" }, b: { type: "store" } }),
      ["error second-store-field intents.a.fields.b"],
    ],
    [
      "thresholds out of order",
      { understanding: { answer: 0.2, clarify: 0.3 } },
      ["error thresholds-order understanding.clarify"],
    ],
    [
      "no rule for the rest",
      { dispatch: [{ when: "true", team: "fixers" }] },
      ["error no-catch-all dispatch"],
    ],
    ["no rules and one team", team({}), []],
    [
      "rules that are never reached",
      { dispatch: [{ team: "others" }, { when: "true", team: "fixers" }, { team: "fixers" }] },
      ["error unreachable-rule dispatch.1", "error unreachable-rule dispatch.2"],
    ],
    [
      "a rule for no team",
      { dispatch: [{ team: "nobody" }] },
      ["error unknown-team dispatch.0.team"],
    ],
    [
      "comparisons with words that never come",
      {
        dispatch: [
          {
            when: 'ticket.type == "repair" || ticket.intent == "fix" || ticket.account in ["feishu/hq", "feishu/qh"]',
            team: "fixers",
          },
          { team: "others" },
        ],
      },
      [
        "error condition-compares dispatch.0.when",
        "error condition-compares dispatch.0.when",
        "error condition-compares dispatch.0.when",
      ],
    ],
    [
      "the type of a ticket that was handed over",
      {
        dispatch: [
          { when: 'ticket.type == "handover" && store.id == "S1"', team: "fixers" },
          { team: "others" },
        ],
      },
      [],
    ],
  ])("sees %s", (_, parts, expected) => {
    expect(findings(parts)).toEqual(expected);
  });

  it("says what would have been right, and where the other one stands", () => {
    const [finding] = crossCheck(
      given({ agents: { li, zhao: { ...zhao, feishu: "ou_li" } } }),
      CHANNELS,
    );
    expect(finding?.params).toEqual({ other: ["agents", "li", "feishu"] });
    const [unknown] = crossCheck(given({ dispatch: [{ team: "nobody" }] }), CHANNELS);
    expect(unknown?.params).toEqual({ name: "nobody", known: ["fixers", "others"] });
  });
});
