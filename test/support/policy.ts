import type { Agent, Article, Intent, Policy, Team } from "../../src/core/config/policy.ts";
import { NO_REMINDERS } from "./no-reminders.ts";

export const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * A small made-up desk of a tea-shop chain.
 *
 * `cold` stands in two group chats and has a lead who is no member; `repair` is a vendor's team whose members have a
 * card each, and its lead is one of them. `su` is the supervisor, `an` the admin, `chen` the vendor's employee.
 */
export function aPolicy(overrides: Partial<Policy> = {}): Policy {
  const agents = byId(AGENTS);
  return {
    hash: "policy-1",
    hub: {
      name: "茶饮总部服务台",
      timezone: "Asia/Shanghai",
      locale: "zh-CN",
      publicUrl: "https://desk.example.com",
    },
    agents,
    agentsByIdentity: new Map(
      AGENTS.flatMap((agent) =>
        Object.entries(agent.identities).map(
          ([where, id]) => [`${where}|${id}`, agent.id] as const,
        ),
      ),
    ),
    teams: byId(TEAMS),
    intents: byId(INTENTS),
    articles: byId(ARTICLES),
    dispatch: [
      {
        when: 'ticket.type == "repair" && store.region == "华东"',
        matches: ({ ticket, store }) => ticket.type === "repair" && store?.region === "华东",
        team: "repair",
      },
      { when: null, matches: () => true, team: "cold" },
    ],
    understanding: { answer: 0.6, clarify: 0.25 },
    ticket: { confirmMs: 3 * DAY, reopenMs: 7 * DAY, urgeEveryMs: 10 * MINUTE, overdueMs: DAY },
    commands: new Map(),
    conversation: { idleMs: 30 * MINUTE },
    ...overrides,
  };
}

/** A team with nobody in it and nothing to it but what is given. */
export function aTeam(id: string, over: Partial<Team> = {}): Team {
  return {
    id,
    name: id,
    lead: null,
    members: [],
    chats: [],
    threadReplies: "internal",
    resolution: "optional",
    summary: null,
    remind: NO_REMINDERS,
    ...over,
  };
}

const AGENTS: readonly Agent[] = [
  agent("li", "小李", "agent", { feishu: "ou_li", "dingtalk/suppliers": "d_li" }),
  agent("wang", "小王", "agent", { "feishu/hq": "ou_wang" }),
  agent("lin", "林组长", "agent", { "feishu/hq": "ou_lin" }),
  agent("su", "苏主管", "supervisor", { feishu: "ou_su" }),
  agent("an", "安管理", "admin", { feishu: "ou_an" }),
  agent("chen", "陈师傅", "vendor", { "wecom/vendors": "w_chen" }),
  agent("zhao", "赵队长", "agent", { "wecom/vendors": "w_zhao", feishu: "ou_zhao" }),
];

const TEAMS: readonly Team[] = [
  {
    id: "cold",
    threadReplies: "internal",
    resolution: "optional",
    summary: null,
    remind: NO_REMINDERS,
    name: "冷链组",
    lead: "lin",
    members: ["li", "wang"],
    chats: [
      { account: "feishu/hq", chat: "oc_cold", language: "zh-CN" },
      { account: "dingtalk/suppliers", chat: "cid_cold", language: "en" },
    ],
  },
  {
    id: "repair",
    threadReplies: "customer",
    resolution: "optional",
    summary: null,
    remind: NO_REMINDERS,
    name: "维修商",
    lead: "zhao",
    members: ["chen", "zhao"],
    chats: [{ account: "wecom/vendors", chat: null, language: "zh-CN" }],
  },
];

const INTENTS: readonly Intent[] = [
  {
    id: "equipment_repair",
    title: "设备报修",
    examples: ["冰柜不制冷了", "咖啡机漏水"],
    keywords: ["报修"],
    fields: [
      { name: "store", ask: "请问门店编号？", label: "门店", type: "store", required: true },
      { name: "symptom", ask: "请描述故障。", label: "故障", type: "text", required: true },
      { name: "photo", ask: "请发一张照片。", label: "照片", type: "image", required: false },
    ],
    ticket: { type: "repair", priority: "high" },
  },
  {
    id: "stock_order",
    title: "订货",
    examples: ["我要订货", "珍珠快没了"],
    keywords: ["补货"],
    fields: [{ name: "slip", ask: "请拍订货单。", label: "订货单", type: "image", required: true }],
    ticket: { type: "order", priority: "normal" },
  },
];

const ARTICLES: readonly Article[] = [
  {
    id: "franchise",
    question: "加盟费多少",
    similar: ["加盟要多少钱"],
    answer: "加盟费三万元起。",
  },
  { id: "hours", question: "几点开门", similar: ["营业时间"], answer: "早上九点。" },
  { id: "refund", question: "怎么退款", similar: ["我要退钱"], answer: "在小程序里申请。" },
];

function agent(
  id: string,
  name: string,
  role: Agent["role"],
  identities: Agent["identities"],
): Agent {
  return { id, name, role, identities };
}

function byId<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}
