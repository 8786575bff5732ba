import { expect } from "vitest";
import type { InboundMessage, Part } from "../../src/core/message.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { NOW, type PushSample, type PushSubject, type ReplySample } from "./channel-subject.ts";
import { account, HANDLE, provenRobot, strangersAccount, WINDOW } from "./dingtalk-account.ts";

const envelope = {
  msgId: "msgA",
  createAt: NOW - 500,
  conversationType: "2",
  conversationId: "cidX==",
  conversationTitle: "IT群",
  senderId: "$:LWCP_v1:$a",
  senderStaffId: "0123",
  senderNick: "张三",
  senderCorpId: "ding1",
  chatbotUserId: "$:LWCP_v1:$bot",
  isInAtList: true,
  atUsers: [
    { dingtalkId: "$:LWCP_v1:$bot" },
    { dingtalkId: "$:LWCP_v1:$b", staffId: "0456" },
    { dingtalkId: "$:LWCP_v1:$guest" },
  ],
  sessionWebhook: HANDLE.value,
  sessionWebhookExpiredTime: HANDLE.expiresAt,
};

const heard: InboundMessage = {
  type: "message",
  dedupeKey: "ding:msg:msgA",
  at: NOW - 500,
  messageId: "msgA",
  sender: { id: "0123", name: "张三" },
  place: { chat: "cidX==", kind: "group", thread: null },
  addressed: true,
  quotes: null,
  parts: [],
  handle: HANDLE,
};

const mentions: Part[] = [
  { type: "mention", id: "$:LWCP_v1:$bot", name: "", bot: true },
  { type: "mention", id: "0456", name: "0456", bot: false },
];

const robotReplies: ReplySample[] = [
  {
    name: "nothing to say",
    outcome: null,
    check: (reply) => expect(JSON.parse(reply.body)).toEqual({ msgtype: "empty" }),
  },
];

function said(name: string, message: object, expected: Partial<InboundMessage>): PushSample {
  return {
    name,
    payload: JSON.stringify({ ...envelope, ...message }),
    items: [{ ...heard, ...expected }],
    replies: robotReplies,
  };
}

const alone = { atUsers: [], isInAtList: undefined, conversationType: "1" };
const direct: Partial<InboundMessage> = {
  place: { chat: "cidX==", kind: "direct", thread: null },
};

/** Messages to the robot. */
export const robot: PushSubject = {
  name: "robot messages",
  feed: "robot",
  create: account,
  createStranger: strangersAccount,
  prove: provenRobot,
  push: (payload) => provenRobot(utf8(payload)),
  coversBody: false,
  proof: { headers: ["timestamp", "sign"], query: [] },
  window: WINDOW,
  handshakes: [],
  forgeries: [
    {
      name: "a signature of another timestamp",
      request: async () => {
        const proven = await provenRobot(utf8(JSON.stringify(envelope)));
        return { ...proven, headers: { ...proven.headers, timestamp: String(NOW + 1) } };
      },
      reason: "signature",
    },
    {
      name: "a message without a sender",
      request: () =>
        provenRobot(utf8(JSON.stringify({ ...envelope, senderStaffId: "", senderId: null }))),
      reason: "malformed",
    },
  ],
  samples: [
    said(
      "a text in a group that quotes another message",
      {
        msgtype: "text",
        text: { content: " 打印机坏了 ", isReplyMsg: true, repliedMsg: { msgId: "msg0" } },
      },
      { parts: [...mentions, { type: "text", text: "打印机坏了" }], quotes: "msg0" },
    ),
    said(
      "a text whose quote has only its id",
      { ...alone, msgtype: "text", text: { content: "好了吗" }, originalMsgId: "msg9" },
      { ...direct, quotes: "msg9", parts: [{ type: "text", text: "好了吗" }] },
    ),
    said(
      "a text in the older form, from somebody outside the organisation",
      { ...alone, msgtype: "text", content: "你好", senderStaffId: undefined },
      {
        ...direct,
        sender: { id: "$:LWCP_v1:$a", name: "张三" },
        parts: [{ type: "text", text: "你好" }],
      },
    ),
    said(
      "rich text",
      {
        ...alone,
        msgtype: "richText",
        content: {
          richText: [
            { text: "看图：" },
            { type: "picture", downloadCode: "d1" },
            { type: "hologram" },
          ],
        },
      },
      {
        ...direct,
        parts: [
          { type: "text", text: "看图：" },
          { type: "image", key: "d1", name: null, recognised: null },
          { type: "unknown", kind: "hologram" },
        ],
      },
    ),
    said(
      "a voice message with its words",
      {
        ...alone,
        msgtype: "audio",
        content: { downloadCode: "d2", recognition: "漏水了", duration: 2000 },
      },
      { ...direct, parts: [{ type: "audio", key: "d2", name: null, recognised: "漏水了" }] },
    ),
    said(
      "a file",
      { ...alone, msgtype: "file", content: { downloadCode: "d3", fileName: "日志.txt" } },
      { ...direct, parts: [{ type: "file", key: "d3", name: "日志.txt", recognised: null }] },
    ),
    said(
      "a video and a picture without their codes, and a kind of its own",
      { ...alone, msgtype: "video", content: {} },
      { ...direct, parts: [{ type: "unknown", kind: "video" }] },
    ),
    said(
      "a kind that we do not read, in a group where the bot was not mentioned",
      { msgtype: "unknownMsgType", isInAtList: false, atUsers: [] },
      { addressed: false, parts: [{ type: "unknown", kind: "unknownMsgType" }] },
    ),
    said(
      "a message whose answers would go elsewhere",
      {
        ...alone,
        msgtype: "text",
        text: { content: "hi" },
        sessionWebhook: "https://oapi.dingtalk.com.evil.example/robot/sendBySession?session=s",
      },
      { ...direct, handle: null, parts: [{ type: "text", text: "hi" }] },
    ),
  ],
};
