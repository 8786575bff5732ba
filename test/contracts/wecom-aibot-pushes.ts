import { WecomCrypto } from "@wecom/aibot-node-sdk";
import { expect } from "vitest";
import { NO_ACTION } from "../../src/bots/wecom/aibot/card.ts";
import type { HttpReply } from "../../src/ports/channel.ts";
import { NOW, type PushSample, type PushSubject, type ReplySample } from "./channel-subject.ts";
import {
  AES_KEY,
  asked,
  card,
  proven,
  pushed,
  strangersAccount,
  TOKEN,
  webhookAccount,
} from "./wecom-aibot-account.ts";
import { AT, click, clicks, event, messages } from "./wecom-aibot-samples.ts";

const RESPONSE_URL = "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=rc1";
const handle = { value: RESPONSE_URL, expiresAt: AT + 3_600_000 - 10_000 };

const expectEmpty = (reply: HttpReply) => expect(reply.body).toBe("");
const nothing: ReplySample[] = [{ name: "nothing to say", outcome: null, check: expectEmpty }];

/** Open an answer with WeCom's own package and give its inside. */
function opened(reply: HttpReply): unknown {
  const { encrypt, msgsignature, timestamp, nonce } = JSON.parse(reply.body);
  expect(timestamp).toBe(NOW / 1000);
  expect(nonce).toBe("n-1");
  const crypto = new WecomCrypto(TOKEN, AES_KEY);
  expect(crypto.verifySignature(msgsignature, String(timestamp), nonce, encrypt)).toBe(true);
  return JSON.parse(crypto.decrypt(encrypt));
}

const task_id = "m0000000000000000001";
const pending: ReplySample = {
  name: "still being worked",
  outcome: "pending",
  check(reply) {
    expect(opened(reply)).toMatchObject({
      response_type: "update_template_card",
      template_card: { task_id, button_list: [{ style: 4, key: NO_ACTION }] },
    });
  },
};

const clickReplies = (userids: readonly string[] | undefined): ReplySample[] => [
  pending,
  {
    name: "worked, with the new card and how it ended",
    outcome: { tone: "success", text: "已接单\n谢谢", card },
    check(reply) {
      expect(opened(reply)).toMatchObject({
        response_type: "update_template_card",
        template_card: {
          card_type: "button_interaction",
          task_id,
          main_title: { title: "冰柜不制冷" },
          button_list: [{ text: "接单", key: "claim|7|ticket:t1" }],
        },
      });
    },
  },
  {
    name: "refused, with the card as it is",
    outcome: { tone: "error", text: "只有组员可以接单", card: null },
    check(reply) {
      expect(opened(reply)).toEqual({
        response_type: "update_template_card",
        ...(userids === undefined ? {} : { userids }),
        template_card: {
          card_type: "text_notice",
          task_id,
          main_title: { title: "只有组员可以接单" },
          card_action: { type: 1, url: "https://work.weixin.qq.com" },
        },
      });
    },
  },
];

const samples: PushSample[] = [
  ...messages.map(({ name, body, item }) => ({
    name,
    payload: JSON.stringify({ ...body, response_url: RESPONSE_URL }),
    items: [{ ...item, handle }],
    replies: nothing,
  })),
  ...messages.slice(0, 1).map(({ body, item }) => ({
    name: "a text that says neither when it was written nor how it can be answered",
    payload: JSON.stringify({ ...body, create_time: undefined }),
    items: [{ ...item, at: NOW, handle: null }],
    replies: nothing,
  })),
  ...clicks.map(({ name, body, item }) => ({
    name,
    payload: JSON.stringify(body),
    items: [item],
    replies: clickReplies(body.chattype === "group" ? ["ZhangSan"] : undefined),
  })),
  {
    name: "a click on the button that does nothing",
    payload: JSON.stringify(click({ event_key: NO_ACTION })),
    items: [],
    replies: [{ ...pending, outcome: null }],
  },
  {
    name: "somebody coming in",
    payload: JSON.stringify(event("enter_chat")),
    items: [],
    replies: [
      {
        name: "a greeting",
        outcome: null,
        check: (reply) =>
          expect(opened(reply)).toEqual({ msgtype: "text", text: { content: "您好，请说" } }),
      },
    ],
  },
  {
    name: "somebody's opinion of an answer",
    payload: JSON.stringify(event("feedback_event", { feedback_event: { id: "f", type: 1 } })),
    items: [],
    replies: nothing,
  },
  {
    name: "the question how a stream goes on",
    payload: JSON.stringify({ ...messages[0]?.body, msgtype: "stream", stream: { id: "s1" } }),
    items: [],
    replies: nothing,
  },
];

/** Everything that WeCom pushes to a bot in webhook mode. */
export const pushes: PushSubject = {
  name: "messages and events of webhook mode",
  feed: "app",
  create: webhookAccount,
  createStranger: strangersAccount,
  prove: proven,
  push: (json) => pushed(json),
  coversBody: true,
  proof: { headers: [], query: ["msg_signature", "timestamp", "nonce"] },
  window: { pastMs: 3_600_000, futureMs: 3_600_000 },
  samples,
  handshakes: [
    {
      name: "the check of the address",
      request: () => asked("7428394028394820"),
      check: (reply) => expect(reply.body).toBe("7428394028394820"),
    },
  ],
  forgeries: [
    {
      name: "a message for a corp",
      request: () => pushed(JSON.stringify(messages[0]?.body), "ww1"),
      reason: "signature",
    },
    { name: "a question for a corp", request: () => asked("1", "ww1"), reason: "signature" },
    {
      name: "a message without a sender",
      request: () => pushed(JSON.stringify({ ...messages[0]?.body, from: {} })),
      reason: "malformed",
    },
    {
      name: "a message in a group without its id",
      request: () => pushed(JSON.stringify({ ...messages[0]?.body, chattype: "group" })),
      reason: "malformed",
    },
    {
      name: "a click without a card",
      request: () => pushed(JSON.stringify(click({ task_id: "" }))),
      reason: "malformed",
    },
    { name: "what is no JSON inside", request: () => pushed("<xml></xml>"), reason: "malformed" },
  ],
};
