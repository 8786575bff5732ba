import type { Policy } from "../../src/core/config/policy.ts";

/** The one account of the benchmark, the same for every target. */
export const app = {
  appId: "cli_bench",
  appSecret: "bench-app-secret",
  encryptKey: "bench-encrypt-key",
  verificationToken: "bench-verification-token",
  account: "hq",
  path: "/hooks/feishu/hq",
} as const;

/** Questions of the knowledge with their other wordings: every message of the benchmark asks one of them. */
const KNOWLEDGE = [
  ["加盟费多少", "加盟要多少钱", "开一家店要多少钱", "加盟费用是多少"],
  ["几点开门", "营业时间", "早上几点营业", "晚上几点关门"],
  ["怎么退款", "我要退钱", "订单退款怎么操作", "退款多久到账"],
  ["发票怎么开", "我要开发票", "电子发票在哪里", "能补开发票吗"],
  ["会员积分怎么用", "积分在哪里看", "积分会过期吗", "积分怎么兑换"],
  ["配送范围多大", "能送到我家吗", "多远可以配送", "外卖配送范围"],
] as const;

const INTENTS = [
  ["equipment_repair", "设备报修", ["冰柜不制冷了", "咖啡机漏水", "收银机死机", "制冰机不出冰"]],
  ["stock_order", "订货", ["我要订货", "珍珠快没了", "杯子用完了", "牛奶要补货"]],
  ["complaint", "投诉", ["你们的服务太差了", "店员态度不好", "奶茶里有异物", "我要投诉"]],
  ["roster", "排班", ["我要换班", "明天能请假吗", "下周排班表", "谁和我换个班"]],
] as const;

export const wordings: readonly string[] = KNOWLEDGE.flat();

/** A small made-up desk that answers from its knowledge; its intents are there for the classifier to weigh. */
export const policy: Policy = {
  hash: "bench",
  hub: {
    name: "茶饮总部服务台",
    timezone: "Asia/Shanghai",
    locale: "zh-CN",
    publicUrl: "http://localhost",
  },
  agents: new Map([
    ["li", { id: "li", name: "李工", role: "agent", identities: { feishu: "ou_li" } }],
  ]),
  agentsByIdentity: new Map([["feishu|ou_li", "li"]]),
  teams: new Map([
    [
      "desk",
      {
        id: "desk",
        name: "服务台",
        lead: "li",
        threadReplies: "internal",
        resolution: "optional",
        summary: null,
        remind: { queued: [], urged: [], escalated: [] },
        members: ["li"],
        chats: [{ account: "feishu/hq", chat: "oc_desk", language: "zh-CN" }],
      },
    ],
  ]),
  intents: new Map(
    INTENTS.map(([id, title, examples]) => [
      id,
      { id, title, examples, keywords: [], fields: [], ticket: { type: id, priority: "normal" } },
    ]),
  ),
  articles: new Map(
    KNOWLEDGE.map(([question, ...similar], index) => [
      `article_${index}`,
      {
        id: `article_${index}`,
        question,
        similar,
        answer: `${question}？请看小程序的帮助页，或者点下面的按钮。`,
      },
    ]),
  ),
  dispatch: [{ when: null, team: "desk", matches: () => true }],
  understanding: { answer: 0.6, clarify: 0.25 },
  ticket: {
    confirmMs: 3 * 86_400_000,
    reopenMs: 7 * 86_400_000,
    urgeEveryMs: 900_000,
    overdueMs: 86_400_000,
  },
  commands: new Map(),
  conversation: { idleMs: 86_400_000 },
};
