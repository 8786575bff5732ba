import { expect } from "vitest";
import { renderCard } from "../../src/bots/wecom/render.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { FailureClass } from "../../src/ports/channel.ts";
import { json } from "./channel-fakes.ts";
import { type AnswerSample, NOW, type SendingSubject } from "./channel-subject.ts";
import { AES_KEY, account, card, config, SECRET, TOKEN, text } from "./wecom-account.ts";

const LIFE_MS = 72 * 3_600_000;
const cardMessage: Outbound<string> = { ...text, content: { type: "card", card } };
const rendered = renderCard(card, { cardUrl: config.card_url, remark: null });
const old = { value: "rc1", expiresAt: NOW + 1000 };
const newest = { value: "rc2", expiresAt: NOW + 2000 };

function refusal(
  errcode: number,
  failureClass: FailureClass,
  afterMs: number | null = null,
): AnswerSample {
  return {
    name: `errcode ${errcode}`,
    answer: () => json({ errcode, errmsg: "工程师已出发，预计半小时" }),
    delivery: { type: "failed", class: failureClass, afterMs },
  };
}

function listed(name: string, failureClass: FailureClass): AnswerSample {
  return {
    name,
    answer: () => json({ errcode: 0, errmsg: "ok", [name]: "lisi|zhangsan", msgid: "ms" }),
    delivery: { type: "failed", class: failureClass },
  };
}

/** How the account sends, and how WeCom answers. */
export const sending: SendingSubject = {
  create: account,
  secrets: [SECRET, TOKEN, AES_KEY],
  token: {
    asks: (request) => new URL(request.url).pathname === "/cgi-bin/gettoken",
    issued: (value) => json({ errcode: 0, errmsg: "ok", access_token: value, expires_in: 7200 }),
    carried: (request) => new URL(request.url).searchParams.get("access_token"),
    refused: () => json({ errcode: 42001, errmsg: "access_token expired" }),
    failures: [
      { name: "wrong secret", answer: () => json({ errcode: 40001 }), class: "config" },
      { name: "untrusted address", answer: () => json({ errcode: 60020 }), class: "config" },
      { name: "busy", answer: () => json({ errcode: -1 }), class: "transient" },
      { name: "too often", answer: () => json({ errcode: 45009 }), class: "rate" },
      { name: "no token inside", answer: () => json({ errcode: 0 }), class: "transient" },
      { name: "not WeCom", answer: () => new Response("<html>"), class: "transient" },
    ],
  },
  messages: [
    {
      name: "a text",
      message: text,
      accepted: () => json({ errcode: 0, errmsg: "ok", invaliduser: "", msgid: "ms1" }),
      delivery: { type: "sent", remoteId: "ms1", updateTokens: [] },
      repeatable: false,
      async check(request) {
        expect(new URL(request.url).pathname).toBe("/cgi-bin/message/send");
        expect(JSON.parse(await request.clone().text())).toEqual({
          touser: "ZhangSan",
          agentid: 1000002,
          msgtype: "text",
          text: { content: "工程师已出发，预计半小时" },
        });
      },
    },
    {
      name: "a card",
      message: cardMessage,
      accepted: () => json({ errcode: 0, errmsg: "ok", msgid: "ms1", response_code: "rc1" }),
      delivery: {
        type: "sent",
        remoteId: text.id,
        updateTokens: [{ value: "rc1", expiresAt: NOW + LIFE_MS }],
      },
      repeatable: false,
      async check(request) {
        expect(JSON.parse(await request.clone().text())).toEqual({
          touser: "ZhangSan",
          agentid: 1000002,
          msgtype: "template_card",
          template_card: { ...rendered, task_id: text.id },
          enable_duplicate_check: 1,
          duplicate_check_interval: 1800,
        });
      },
    },
    {
      name: "a card to the one-to-one chat, which was shown before",
      message: { ...cardMessage, to: { kind: "chat", id: "ZhangSan" } },
      accepted: () => json({ errcode: 42014, errmsg: "invalid task_id" }),
      delivery: { type: "sent", remoteId: text.id, updateTokens: [] },
      repeatable: false,
      async check(request) {
        expect(JSON.parse(await request.clone().text())).toMatchObject({ touser: "ZhangSan" });
      },
    },
  ],
  answers: [
    refusal(-1, "transient"),
    refusal(45009, "rate", 60_000),
    refusal(45033, "rate", 1000),
    refusal(60020, "config"),
    refusal(48002, "config"),
    refusal(301002, "config"),
    refusal(40056, "config"),
    refusal(60111, "content"),
    refusal(81013, "content"),
    refusal(44004, "content"),
    refusal(45002, "content"),
    refusal(999_999, "content"),
    listed("invaliduser", "content"),
    listed("unlicenseduser", "config"),
    {
      name: "that somebody else was not found",
      answer: () => json({ errcode: 0, invaliduser: "zhangsan2", msgid: "ms" }),
      delivery: { type: "sent", remoteId: "ms" },
    },
    {
      name: "404 of another server",
      answer: () => new Response("no such page", { status: 404 }),
      delivery: { type: "failed", class: "config" },
    },
  ],
  update: {
    possible: true,
    surface: {
      id: text.id,
      to: text.to,
      remoteId: text.id,
      updateTokens: [old, newest],
      version: 9,
    },
    card,
    accepted: () => json({ errcode: 0, errmsg: "ok", invaliduser: [] }),
    delivery: { type: "sent", remoteId: text.id, updateTokens: [old] },
    repeatable: false,
    async check(request) {
      expect(new URL(request.url).pathname).toBe("/cgi-bin/message/update_template_card");
      expect(JSON.parse(await request.clone().text())).toEqual({
        userids: ["ZhangSan"],
        agentid: 1000002,
        response_code: "rc2",
        template_card: rendered,
      });
    },
    answers: [
      refusal(42022, "window-closed"),
      refusal(60140, "window-closed"),
      refusal(42015, "window-closed"),
      refusal(42045, "content"),
      refusal(45009, "rate", 60_000),
      {
        name: "that the member has no such card",
        answer: () => json({ errcode: 0, invaliduser: ["zhangsan"] }),
        delivery: { type: "failed", class: "content" },
      },
    ],
  },
};
