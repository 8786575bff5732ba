import { expect } from "vitest";
import { feishu } from "../../src/bots/feishu/feishu.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { FailureClass } from "../../src/ports/channel.ts";
import { json } from "./channel-fakes.ts";
import type { AnswerSample, SendingSubject } from "./channel-subject.ts";
import { card, ENCRYPT_KEY, encryptedConfig, TOKEN } from "./feishu-account.ts";

const text: Outbound<string> = {
  id: "0123456789abcdefghjk",
  to: { kind: "chat", id: "oc_1" },
  inReplyTo: null,
  content: { type: "text", text: "您好，已为您登记" },
};

const sentAs = (remoteId: string) => ({ type: "sent", remoteId, updateTokens: [] }) as const;
const acceptedAs = (id: string) => json({ code: 0, msg: "success", data: { message_id: id } });

function refusals(kind: FailureClass, codes: readonly number[], status = 400): AnswerSample[] {
  return codes.map((code) => ({
    name: String(code),
    answer: () => json({ code, msg: "您好，已为您登记" }, status),
    delivery: { type: "failed", class: kind },
  }));
}

const answers: readonly AnswerSample[] = [
  {
    name: "99991400 with a reset header",
    answer: () => json({ code: 99991400, msg: "x" }, 429, { "x-ogw-ratelimit-reset": "3" }),
    delivery: { type: "failed", class: "rate", afterMs: 3_000 },
  },
  {
    name: "99991400 without a reset header",
    answer: () => json({ code: 99991400, msg: "x" }, 400),
    delivery: { type: "failed", class: "rate", afterMs: null },
  },
  ...refusals("rate", [230020, 11232]),
  ...refusals("transient", [2200, 5000, 230049]),
  ...refusals("transient", [123], 503),
  ...refusals("token", [99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677], 401),
  ...refusals("window-closed", [230011, 230110, 231003, 230031]),
  ...refusals("config", [230002, 230006, 230013, 230018, 230027, 230035]),
  ...refusals("config", [99991401, 99991403, 99991672, 99999999], 403),
  ...refusals("content", [230001, 230022, 230025, 230028, 230029, 230034, 230038, 230053, 230099]),
  ...refusals("content", [232009, 424242]),
  {
    name: "success without a message id",
    answer: () => json({ code: 0, data: {} }),
    delivery: { type: "unknown" },
  },
  {
    name: "a page of another server",
    answer: () => new Response("<html>", { status: 404 }),
    delivery: { type: "failed", class: "config" },
  },
];

/** How a Feishu app sends, and what Feishu answers. */
export const feishuSending: SendingSubject = {
  create: (deps) => feishu.create(encryptedConfig, deps),
  secrets: [ENCRYPT_KEY, TOKEN, "made-up-app-secret"],
  token: {
    asks: (request) =>
      request.url === "https://open.feishu.cn/open-apis/auth/v3/tenant_access_token/internal",
    issued: (value) => json({ code: 0, msg: "ok", tenant_access_token: value, expire: 7200 }),
    carried: (request) => request.headers.get("authorization")?.replace("Bearer ", "") ?? null,
    refused: () => json({ code: 99991663, msg: "Invalid access token" }, 400),
    failures: [
      {
        name: "wrong secret",
        answer: () => json({ code: 10014, msg: "app secret invalid" }),
        class: "config",
      },
      {
        name: "wrong app",
        answer: () => json({ code: 10003, msg: "invalid param" }),
        class: "config",
      },
      { name: "busy", answer: () => json({ code: 2200, msg: "x" }, 500), class: "transient" },
      { name: "too fast", answer: () => json({ code: 99991400, msg: "x" }, 429), class: "rate" },
      { name: "no token inside", answer: () => json({ code: 0 }), class: "config" },
    ],
  },
  messages: [
    {
      name: "a text to a chat",
      message: text,
      accepted: () => acceptedAs("om_77"),
      delivery: sentAs("om_77"),
      repeatable: true,
      check: async (request) => {
        expect(request.method).toBe("POST");
        expect(request.url).toBe(
          "https://open.feishu.cn/open-apis/im/v1/messages?receive_id_type=chat_id",
        );
        expect(await request.json()).toEqual({
          receive_id: "oc_1",
          msg_type: "text",
          content: '{"text":"您好，已为您登记"}',
          uuid: text.id,
        });
      },
    },
    {
      name: "a card to a person",
      message: { ...text, to: { kind: "person", id: "ou_a" }, content: { type: "card", card } },
      accepted: () => acceptedAs("om_78"),
      delivery: sentAs("om_78"),
      repeatable: true,
      check: async (request) => {
        expect(new URL(request.url).search).toBe("?receive_id_type=open_id");
        const body: unknown = await request.json();
        expect(body).toMatchObject({ receive_id: "ou_a", msg_type: "interactive", uuid: text.id });
        const { content } = body as { content: string };
        expect(JSON.parse(content)).toMatchObject({ schema: "2.0" });
      },
    },
    {
      name: "an answer in a thread",
      message: { ...text, inReplyTo: { messageId: "om_1", thread: "om_0", handle: null } },
      accepted: () => acceptedAs("om_79"),
      delivery: sentAs("om_79"),
      repeatable: true,
      check: async (request) => {
        expect(new URL(request.url).pathname).toBe("/open-apis/im/v1/messages/om_1/reply");
        expect(await request.json()).toMatchObject({ reply_in_thread: true, uuid: text.id });
      },
    },
  ],
  answers,
  update: {
    possible: true,
    surface: {
      id: text.id,
      to: text.to,
      remoteId: "om_77",
      updateTokens: [],
      version: 4,
    },
    card,
    accepted: () => json({ code: 0, msg: "success", data: {} }),
    delivery: sentAs("om_77"),
    repeatable: true,
    check: async (request) => {
      expect(request.method).toBe("PATCH");
      expect(new URL(request.url).pathname).toBe("/open-apis/im/v1/messages/om_77");
      const { content } = (await request.json()) as { content: string };
      expect(JSON.parse(content)).toMatchObject({ config: { update_multi: true } });
    },
    answers: [
      ...refusals("window-closed", [230031, 230011]),
      ...refusals("rate", [230020]),
      ...refusals("content", [230099]),
    ],
  },
};
