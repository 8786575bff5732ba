import { expect } from "vitest";
import type { InboundMessage } from "../../src/core/message.ts";
import { NOW, type PushSample, type ReplySample } from "./channel-subject.ts";
import { card, TOKEN } from "./feishu-account.ts";

const SECONDS = String(NOW / 1000);

function eventPayload(type: string, event: unknown, createTime: string = String(NOW)): string {
  const header = {
    event_id: "e-1",
    event_type: type,
    create_time: createTime,
    token: TOKEN,
    app_id: "cli_0123",
    tenant_key: "t1",
  };
  return JSON.stringify({ schema: "2.0", header, event });
}

function messagePayload(message: Record<string, unknown>, senderType = "user"): string {
  return eventPayload("im.message.receive_v1", {
    sender: {
      sender_id: { open_id: "ou_a", union_id: "on_a", user_id: "u1" },
      sender_type: senderType,
      tenant_key: "t1",
    },
    message: {
      message_id: "om_1",
      create_time: String(NOW - 500),
      chat_id: "oc_1",
      chat_type: "group",
      message_type: "text",
      content: '{"text":"打印机坏了"}',
      ...message,
    },
  });
}

const received: InboundMessage = {
  type: "message",
  dedupeKey: "msg:om_1",
  at: NOW - 500,
  messageId: "om_1",
  sender: { id: "ou_a", name: null },
  place: { chat: "oc_1", kind: "group", thread: null },
  addressed: false,
  quotes: null,
  parts: [{ type: "text", text: "打印机坏了" }],
  handle: null,
};

const botMention = {
  key: "@_user_1",
  id: { open_id: "ou_bot", union_id: "on_b", user_id: null },
  name: "服务台",
  tenant_key: "t1",
};

function oldPayload(event: unknown): string {
  const envelope = { uuid: "x", ts: `${SECONDS}.123`, token: TOKEN, type: "event_callback" };
  return JSON.stringify({ ...envelope, event });
}

const oldMessage = {
  open_id: "ou_a",
  open_chat_id: "oc_1",
  open_message_id: "om_1",
  root_id: "om_0",
  parent_id: "om_9",
  chat_type: "group",
  msg_type: "text",
  is_mention: true,
  text: '<at open_id="ou_bot">@服务台</at> 打印机坏了',
  text_without_at_bot: " 打印机坏了",
};

const eventReplies: readonly ReplySample[] = [
  { name: "stored", outcome: null, check: (reply) => expect(JSON.parse(reply.body)).toEqual({}) },
];

const clickReplies: readonly ReplySample[] = [
  {
    name: "nothing to say",
    outcome: null,
    check: (reply) => expect(JSON.parse(reply.body)).toEqual({}),
  },
  {
    name: "pending",
    outcome: "pending",
    check: (reply) => expect(JSON.parse(reply.body)).toMatchObject({ toast: { type: "info" } }),
  },
  {
    name: "an outcome without a card",
    outcome: { tone: "warning", text: "已被张三接单", card: null },
    check: (reply) =>
      expect(JSON.parse(reply.body)).toEqual({
        toast: { type: "warning", content: "已被张三接单" },
      }),
  },
  {
    name: "an outcome with a card",
    outcome: { tone: "success", text: "已接单", card },
    check: (reply) =>
      expect(JSON.parse(reply.body)).toMatchObject({
        toast: { type: "success", content: "已接单" },
        card: { type: "raw", data: { schema: "2.0", config: { update_multi: true } } },
      }),
  },
];

export const messageSamples: readonly PushSample[] = [
  {
    name: "a mention of the bot in a group",
    payload: messagePayload({ content: '{"text":"@_user_1 打印机坏了"}', mentions: [botMention] }),
    items: [
      {
        ...received,
        addressed: true,
        parts: [
          { type: "mention", id: "ou_bot", name: "服务台", bot: true },
          { type: "text", text: " 打印机坏了" },
        ],
      },
    ],
    replies: eventReplies,
  },
  {
    name: "a direct message",
    payload: messagePayload({ chat_type: "p2p" }),
    items: [
      { ...received, addressed: true, place: { chat: "oc_1", kind: "direct", thread: null } },
    ],
    replies: eventReplies,
  },
  {
    name: "an answer in a thread",
    payload: messagePayload({ root_id: "om_0", parent_id: "om_9", thread_id: "omt_1" }),
    items: [
      { ...received, place: { chat: "oc_1", kind: "group", thread: "om_0" }, quotes: "om_9" },
    ],
    replies: eventReplies,
  },
  { name: "a bot's message", payload: messagePayload({}, "bot"), items: [], replies: eventReplies },
  {
    name: "an event that we do not read",
    payload: eventPayload("im.chat.disbanded_v1", { chat_id: "oc_1" }),
    items: [],
    replies: eventReplies,
  },
  {
    name: "a message of the old form",
    payload: oldPayload({ type: "message", ...oldMessage }),
    items: [
      {
        ...received,
        at: NOW + 123,
        addressed: true,
        quotes: "om_9",
        parts: [
          { type: "mention", id: "ou_bot", name: "服务台", bot: true },
          { type: "text", text: " 打印机坏了" },
        ],
      },
    ],
    replies: eventReplies,
  },
  {
    name: "an event of the old form that we do not read",
    payload: oldPayload({ type: "p2p_chat_create", chat_id: "oc_1" }),
    items: [],
    replies: eventReplies,
  },
];

export const actionSample: PushSample = {
  name: "a click on a card",
  payload: eventPayload(
    "card.action.trigger",
    {
      operator: { open_id: "ou_a", union_id: "on_a", user_id: "u1", tenant_key: "t1" },
      token: "c-abc",
      action: {
        tag: "button",
        value: { action: "claim|3|ticket:t1" },
        name: "submit",
        form_value: { note: "急", "team~1": "cold", days: ["1", "2"] },
        input_value: "",
        option: "",
        options: [],
        checked: false,
        timezone: "Asia/Shanghai",
      },
      host: "im_message",
      context: { open_message_id: "om_9", open_chat_id: "oc_1" },
    },
    `${NOW}123`,
  ),
  items: [
    {
      type: "action",
      dedupeKey: "evt:e-1",
      at: NOW,
      operator: { id: "ou_a", name: null },
      action: "claim|3|ticket:t1",
      values: { note: "急", team: "cold", days: "1,2" },
      cardId: "om_9",
      place: null,
      updateToken: null,
    },
  ],
  replies: clickReplies,
};

export const oldCardSample: PushSample = {
  name: "a click in the old form",
  payload: JSON.stringify({
    open_id: "ou_a",
    user_id: "u1",
    open_message_id: "om_9",
    open_chat_id: "oc_1",
    tenant_key: "t1",
    token: "c-abc",
    action: { value: { action: "claim|3|ticket:t1" }, tag: "select_static", option: "cold" },
  }),
  items: [
    {
      type: "action",
      dedupeKey: "card:c-abc",
      at: NOW,
      operator: { id: "ou_a", name: null },
      action: "claim|3|ticket:t1",
      values: { option: "cold" },
      cardId: "om_9",
      place: null,
      updateToken: null,
    },
  ],
  replies: clickReplies,
};
