import type { Agent, Policy } from "../../src/core/config/policy.ts";
import type { HookCase } from "./hook-case.ts";
import { NO_REMINDERS } from "./no-reminders.ts";

/** A desk with one engineer, one kind of ticket and one article, on one account. */
export function hookPolicy({ account, group, engineer }: HookCase): Policy {
  const li: Agent = { id: "li", name: "李工", role: "agent", identities: { [account]: engineer } };
  const chats = [{ account, chat: group, language: "zh-CN" as const }];
  return {
    hash: "hooks",
    hub: {
      name: "服务台",
      timezone: "Asia/Shanghai",
      locale: "zh-CN",
      publicUrl: "http://hub.test",
    },
    agents: new Map([[li.id, li]]),
    agentsByIdentity: new Map([[`${account}|${engineer}`, li.id]]),
    teams: new Map([
      [
        "repair",
        {
          id: "repair",
          name: "维修",
          lead: null,
          members: [li.id],
          chats,
          threadReplies: "internal",
          resolution: "optional",
          summary: null,
          remind: NO_REMINDERS,
        },
      ],
    ]),
    intents: new Map([
      [
        "broken",
        {
          id: "broken",
          title: "设备报修",
          examples: ["冰柜坏了", "冰柜不制冷了"],
          keywords: ["冰柜"],
          fields: [],
          ticket: { type: "repair", priority: "high" },
        },
      ],
    ]),
    articles: new Map([
      [
        "fee",
        { id: "fee", question: "加盟费多少", similar: ["加盟要多少钱"], answer: "请看官网。" },
      ],
    ]),
    dispatch: [{ when: null, team: "repair", matches: () => true }],
    understanding: { answer: 0.6, clarify: 0.3 },
    ticket: {
      confirmMs: 3 * 86_400_000,
      reopenMs: 7 * 86_400_000,
      urgeEveryMs: 900_000,
      overdueMs: 86_400_000,
    },
    commands: new Map(),
    conversation: { idleMs: 86_400_000 },
  };
}
