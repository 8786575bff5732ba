import { expect } from "vitest";
import { renderCard } from "../../src/bots/dingtalk/render.ts";
import type { FailureClass } from "../../src/ports/channel.ts";
import { json } from "./channel-fakes.ts";
import type { AnswerSample, SendingSubject } from "./channel-subject.ts";
import {
  AES_KEY,
  account,
  CARD_SECRET,
  CLIENT_SECRET,
  card,
  TOKEN,
  text,
} from "./dingtalk-account.ts";
import { bodyOf, messages } from "./dingtalk-messages.ts";

function refusal(
  code: string,
  status: number,
  failureClass: FailureClass,
  afterMs: number | null = null,
): AnswerSample {
  return {
    name: `${status} ${code}`,
    answer: () => json({ code, message: "工程师已出发，预计半小时", requestid: "r" }, status),
    delivery: { type: "failed", class: failureClass, afterMs },
  };
}

function listed(name: string, failureClass: FailureClass): AnswerSample {
  return {
    name,
    answer: () => json({ processQueryKey: "pqk", [name]: ["0123"] }),
    delivery: { type: "failed", class: failureClass },
  };
}

const answers: readonly AnswerSample[] = [
  refusal("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", 403, "rate"),
  refusal("Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", 403, "rate"),
  refusal("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403, "config"),
  refusal("Forbidden.AccessDenied.IpNotInWhiteList", 403, "config"),
  refusal("send.too.fast", 400, "rate"),
  refusal("too.many.people", 400, "rate"),
  refusal("system.busy", 500, "transient"),
  refusal("systemBusy", 429, "transient"),
  refusal("invalidParameter.robotCode.auth", 400, "config"),
  refusal("bot.stopped", 400, "config"),
  refusal("group.disbanded", 400, "content"),
  refusal("contain.sensitive", 400, "content"),
  refusal("a code with words in it: 工程师已出发", 400, "content"),
  {
    name: "that it does not know",
    answer: () => json({ code: "unknown.send.result" }, 400),
    delivery: { type: "unknown" },
  },
  {
    name: "that our address is blocked",
    answer: () => json({ status: 1111, wait: 5, source: "x5", punish: "deny" }),
    delivery: { type: "failed", class: "rate", afterMs: 300_000 },
  },
  listed("flowControlledStaffIdList", "rate"),
  listed("invalidStaffIdList", "content"),
  listed("filteredStaffIdList", "content"),
];

/** How the account sends, and how DingTalk answers. */
export const sending: SendingSubject = {
  create: account,
  secrets: [CLIENT_SECRET, CARD_SECRET, TOKEN, AES_KEY],
  token: {
    asks: (request) => new URL(request.url).pathname === "/v1.0/oauth2/accessToken",
    issued: (value) => json({ accessToken: value, expireIn: 7200 }),
    carried: (request) => request.headers.get("x-acs-dingtalk-access-token"),
    refused: () => json({ code: "InvalidAuthentication", message: "x" }, 400),
    failures: [
      {
        name: "wrong secret",
        answer: () => json({ code: "invalidClientIdOrSecret" }, 400),
        class: "config",
      },
      { name: "busy", answer: () => json({ code: "system.busy" }, 500), class: "transient" },
      { name: "blocked", answer: () => json({ status: 1111, punish: "deny" }), class: "rate" },
      { name: "no token inside", answer: () => json({}), class: "transient" },
    ],
  },
  messages,
  answers,
  update: {
    possible: true,
    surface: {
      id: text.id,
      to: { kind: "chat", id: "cidX==" },
      remoteId: text.id,
      updateTokens: [],
      version: 9,
    },
    card,
    accepted: () => json({ success: true, result: true }),
    delivery: { type: "sent", remoteId: text.id, updateTokens: [] },
    repeatable: true,
    async check(request) {
      expect(request.method).toBe("PUT");
      expect(await bodyOf(request)).toEqual({
        outTrackId: text.id,
        cardData: { cardParamMap: { ...renderCard(card, null), version: "9" } },
        cardUpdateOptions: { updateCardDataByKey: true },
        userIdType: 1,
      });
    },
    answers: [
      refusal("param.cardNotExist", 400, "window-closed"),
      refusal("param.invalid", 400, "content"),
      {
        name: "nothing that it would",
        answer: () => json({}),
        delivery: { type: "failed", class: "transient" },
      },
    ],
  },
};
