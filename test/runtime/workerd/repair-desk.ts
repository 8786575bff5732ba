import { env } from "cloudflare:workers";
import { utf8 } from "../../../src/wire/bytes.ts";
import { feishuEncrypt, feishuSignature } from "../../../src/wire/feishu-crypto.ts";
import type { Program } from "./program.ts";

/** A desk with one Feishu app, one web chat, one team and two stores, all in one file. */
export const REPAIR_DESK = `
hub: { name: 服务台, timezone: Asia/Shanghai, locale: zh-CN, public_url: "https://hub.test" }
bots:
  feishu:
    hq:
      app_id: cli_0123
      app_secret: \${FEISHU_APP_SECRET}
      encrypt_key: \${FEISHU_ENCRYPT_KEY}
      verification_token: \${FEISHU_VERIFICATION_TOKEN}
      api_base: https://feishu.test
channels:
  web:
    shop: { secret: "\${WEB_SECRET}", allowed_origins: ["https://shop.test"] }
agents:
  li: { name: 李工, feishu: ou_li }
  wang: { name: 王工, feishu: ou_wang }
stores:
  - { id: S0001, name: 人民广场店, region: 华东 }
  - { id: S0002, name: 五角场店, region: 华东 }
intents:
  repair:
    title: 设备报修
    examples: [冰柜坏了, 冰柜不制冷了]
    keywords: [冰柜]
    fields:
      store: { ask: 请问是哪家门店？, type: store, required: true }
    ticket: { type: repair, priority: high }
knowledge:
  - { id: fee, question: 加盟费多少, similar: [加盟要多少钱], answer: 请看官网。 }
teams:
  repair: { name: 维修, members: [li, wang], chats: [{ bot: feishu/hq, chat: oc_repair }] }
dispatch:
  - { team: repair }
`;

/** Post a Feishu push to the hub, encrypted and signed as Feishu does it. */
export async function pushFeishu(
  program: Program,
  payload: string,
  key = env.FEISHU_ENCRYPT_KEY,
): Promise<Response> {
  const body = JSON.stringify({ encrypt: await feishuEncrypt(key, payload) });
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const about = { timestamp, nonce: "n-1", encryptKey: key, body: utf8(body) };
  return program.ask("/hooks/feishu/hq", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-lark-request-timestamp": timestamp,
      "x-lark-request-nonce": "n-1",
      "x-lark-signature": await feishuSignature(about),
    },
    body,
  });
}

/** A clerk writes to the bot. */
export function said(id: string, text: string, sender = "ou_clerk"): string {
  return envelope(id, "im.message.receive_v1", {
    sender: { sender_id: { open_id: sender }, sender_type: "user", tenant_key: "t1" },
    message: {
      message_id: id,
      create_time: String(Date.now()),
      chat_id: `oc_${sender}`,
      chat_type: "p2p",
      message_type: "text",
      content: JSON.stringify({ text }),
    },
  });
}

/** An agent presses a button of a card. */
export function pressed(id: string, action: string, cardId: string, operator = "ou_li"): string {
  return envelope(id, "card.action.trigger", {
    operator: { open_id: operator, tenant_key: "t1" },
    token: "c-update-token",
    action: { tag: "button", value: { action } },
    context: { open_message_id: cardId, open_chat_id: "oc_repair" },
  });
}

function envelope(id: string, type: string, event: object): string {
  const header = {
    event_id: `ev-${id}`,
    event_type: type,
    create_time: String(Date.now()),
    token: env.FEISHU_VERIFICATION_TOKEN,
    app_id: "cli_0123",
    tenant_key: "t1",
  };
  return JSON.stringify({ schema: "2.0", header, event });
}
