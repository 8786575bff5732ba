import type { AccountConfig } from "../../src/config/load.ts";
import type { Agent, Intent, Policy, Team } from "../../src/core/config/policy.ts";
import { NO_REMINDERS } from "./no-reminders.ts";

/** So many bots, each with its own team and group, that nobody waits for the five messages a second of one group. */
export const BOTS = Array.from({ length: 33 }, (_, index) => `bot${index}`);

export const ENCRYPT_KEY = "kill-test-encrypt-key";
export const APP_SECRET = "kill-test-app-secret";
export const VERIFICATION_TOKEN = "kill-test-verification-token";

const WORKER: Agent = { id: "li", name: "李工", role: "agent", identities: { feishu: "ou_li" } };

const INTENTS: readonly Intent[] = [
  intent("freezer", "设备报修", ["冰柜坏了", "冰柜不制冷了"], "冰柜"),
  intent("order", "补货", ["要补货", "珍珠没货了"], "补货"),
];

/** A desk with two kinds of tickets and one article, and a group for each bot in which the tickets stand. */
export const killPolicy: Policy = {
  hash: "kill-test",
  hub: {
    name: "服务台",
    timezone: "Asia/Shanghai",
    locale: "zh-CN",
    publicUrl: "http://localhost",
  },
  agents: new Map([[WORKER.id, WORKER]]),
  agentsByIdentity: new Map([["feishu|ou_li", WORKER.id]]),
  teams: new Map(BOTS.map((bot) => [bot, teamOf(bot)])),
  intents: new Map(INTENTS.map((each) => [each.id, each])),
  articles: new Map([
    ["fee", { id: "fee", question: "加盟费多少", similar: ["加盟要多少钱"], answer: "请看官网。" }],
  ]),
  dispatch: BOTS.map((bot) => ({
    when: `ticket.account == "feishu/${bot}"`,
    team: bot,
    matches: ({ ticket }) => ticket.account === `feishu/${bot}`,
  })),
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

/** The bots' accounts, all of them calling the vendor at `apiBase`. */
export function botAccounts(apiBase: string): AccountConfig[] {
  return BOTS.map((bot) => ({
    id: `feishu/${bot}`,
    channel: "feishu",
    account: bot,
    enabled: true,
    config: {
      app_id: `cli_${bot}`,
      app_secret: APP_SECRET,
      encrypt_key: ENCRYPT_KEY,
      verification_token: VERIFICATION_TOKEN,
      api_base: apiBase,
    },
  }));
}

function intent(id: string, title: string, examples: readonly string[], keyword: string): Intent {
  return {
    id,
    title,
    examples,
    keywords: [keyword],
    fields: [],
    ticket: { type: id, priority: "normal" },
  };
}

function teamOf(bot: string): Team {
  const chats = [{ account: `feishu/${bot}`, chat: `oc_team_${bot}`, language: "zh-CN" as const }];
  return {
    id: bot,
    name: bot,
    lead: null,
    members: [WORKER.id],
    chats,
    threadReplies: "internal",
    resolution: "optional",
    summary: null,
    remind: NO_REMINDERS,
  };
}
