import { expect } from "vitest";
import { cardOf } from "../../src/bots/wecom/aibot/card.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { ChannelDeps, FailureClass } from "../../src/ports/channel.ts";
import type { Line } from "../../src/ports/connection.ts";
import { callVendor } from "../../src/wire/vendor-call.ts";
import { json } from "./channel-fakes.ts";
import type { AnswerSample, MessageSample, SendingSubject } from "./channel-subject.ts";
import {
  AES_KEY,
  answering,
  card,
  SECRET,
  socketConfig,
  TOKEN,
  text,
  webhookAccount,
  webhookConfig,
} from "./wecom-aibot-account.ts";

const cardMessage: Outbound<string> = { ...text, content: { type: "card", card } };
const WORDS = "工程师已出发，预计半小时";
const RESPONSE_URL =
  "https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=made-up-code";

/** A long connection whose every request is a request to the suite's vendor. */
function lineOver({ fetch }: ChannelDeps): Line {
  return {
    async request(frame) {
      const url = "https://openws.work.weixin.qq.com";
      const answer = await callVendor(fetch, { method: "POST", url, json: frame });
      return answer.type === "answer" ? { type: "answered", body: answer.body } : answer;
    },
  };
}

function answered(errcode: number, failureClass: FailureClass, afterMs: number | null = null) {
  const answer: AnswerSample = {
    name: `errcode ${errcode}`,
    answer: () => json({ errcode, errmsg: WORDS }),
    delivery: { type: "failed", class: failureClass, afterMs },
  };
  return answer;
}

const sent = { type: "sent", remoteId: text.id, updateTokens: [] } as const;

function sample(
  name: string,
  message: Outbound<string>,
  expected: unknown,
  errcode = 0,
): MessageSample {
  return {
    name,
    message,
    accepted: () => json({ errcode, errmsg: "ok" }),
    delivery: sent,
    repeatable: false,
    async check(request) {
      expect(JSON.parse(await request.clone().text())).toEqual(expected);
    },
  };
}

const toPerson = { chatid: "ZhangSan", chat_type: 1 };
const markdown = { msgtype: "markdown", markdown: { content: WORDS } };
const template = (config: typeof socketConfig) => ({
  msgtype: "template_card",
  template_card: cardOf(config, text.id, card),
});

const update = {
  possible: false,
  surface: { id: text.id, to: text.to, remoteId: text.id, updateTokens: [], version: 9 },
  card,
  class: "window-closed",
} as const;

/** How the bot sends over its long connection, and how WeCom answers. */
export const sending: SendingSubject = {
  create: (deps) => wecom.create(socketConfig, { ...deps, line: lineOver(deps) }),
  secrets: [SECRET],
  token: null,
  messages: [
    sample("a text", text, { cmd: "aibot_send_msg", body: { ...toPerson, ...markdown } }),
    sample("a text that answers a message", answering(text, "req-1"), {
      cmd: "aibot_respond_msg",
      req_id: "req-1",
      body: { msgtype: "stream", stream: { id: text.id, finish: true, content: WORDS } },
    }),
    sample("a card", cardMessage, {
      cmd: "aibot_send_msg",
      body: { ...toPerson, ...template(socketConfig) },
    }),
    sample("a card that answers a message", answering(cardMessage, "req-1"), {
      cmd: "aibot_respond_msg",
      req_id: "req-1",
      body: template(socketConfig),
    }),
    sample(
      "a card into a group, which was shown before",
      { ...cardMessage, to: { kind: "chat", id: "wrg1" } },
      {
        cmd: "aibot_send_msg",
        body: { chatid: "wrg1", chat_type: 0, ...template(socketConfig) },
      },
      846625,
    ),
  ],
  answers: [
    answered(846607, "rate", 60_000),
    answered(846609, "transient", 2000),
    answered(846601, "config"),
    answered(853000, "config"),
    answered(93006, "content"),
    answered(40058, "content"),
    answered(6000, "transient"),
    answered(-1, "transient"),
    answered(45009, "rate", 60_000),
    answered(999_999, "content"),
    { name: "nothing that it says", answer: () => json({}), delivery: { type: "unknown" } },
  ],
  update,
};

/** How the bot answers in webhook mode, and how WeCom answers. */
export const responding: SendingSubject = {
  create: webhookAccount,
  secrets: [TOKEN, AES_KEY, "made-up-code"],
  token: null,
  messages: [
    sample("a text that answers a message", answering(text, RESPONSE_URL), markdown),
    sample(
      "a card that answers a message",
      answering(cardMessage, RESPONSE_URL),
      template(webhookConfig),
    ),
  ],
  answers: [
    answered(60140, "window-closed"),
    answered(42022, "window-closed"),
    answered(846606, "window-closed"),
    answered(846607, "rate", 60_000),
    answered(40008, "content"),
    {
      name: "404",
      answer: () => new Response("no such page", { status: 404 }),
      delivery: { type: "failed", class: "window-closed" },
    },
  ],
  update,
};
