import { describe, expect, it } from "vitest";
import { config } from "../../../test/contracts/dingtalk-account.ts";
import { type Kind, kindsOf, readAs } from "../../../test/support/message-kinds.ts";
import type { InboundMessage } from "../../core/message.ts";
import type { Fields } from "./fields.ts";
import { readMessage } from "./message.ts";

const BOT = "$:LWCP_v1:$bot";
const code = { downloadCode: "dc1" };
const replied = {
  msgType: "text",
  msgId: "msg0",
  senderId: "$:LWCP_v1:$b",
  createdAt: 1_699_999_999_000,
  content: { text: "三号柜在漏水" },
};

/** Messages as the robot gets them. DingTalk docs: receive-message; developerpedia learn/bot. */
const SAMPLES: Readonly<Partial<Record<Kind, Fields>>> = {
  text: words("冰柜坏了"),
  "rich text": { msgtype: "richText", content: { richText: [{ text: "冰柜坏了" }] } },
  image: { msgtype: "picture", content: code },
  file: { msgtype: "file", content: { ...code, fileName: "发票.pdf", spaceId: "1", fileId: "2" } },
  audio: { msgtype: "audio", content: { ...code, recognition: "漏水了", duration: 2000 } },
  video: { msgtype: "video", content: { ...code, duration: 2000, videoType: "mp4" } },
  "quoted message": words("这个还没好", { isReplyMsg: true, repliedMsg: replied }),
  "mention of the bot": { ...words(" 坏了"), atUsers: [{ dingtalkId: BOT }] },
  "mention of people": {
    ...words(" 坏了"),
    atUsers: [{ dingtalkId: BOT }, { dingtalkId: "$:LWCP_v1:$c", staffId: "0124" }],
  },
  "any other": { msgtype: "unknownMsgType", content: { unknownMsgType: "…" } },
};

function words(content: string, more: object = {}): Fields {
  return { msgtype: "text", text: { content, ...more } };
}

function read(sample: Fields, type = "1"): InboundMessage {
  const body = {
    msgId: "msgA",
    createAt: 1_700_000_000_000,
    conversationType: type,
    conversationId: "cidX==",
    senderId: "$:LWCP_v1:$a",
    senderStaffId: "0123",
    senderNick: "张三",
    chatbotUserId: BOT,
    ...sample,
  };
  const message = readMessage(config, body, 0);
  if (message === null) throw new Error("not a message");
  return message;
}

it.each(kindsOf("dingtalk"))("a message of the kind %s is read as: %s", (kind, as) => {
  expect(readAs(read(SAMPLES[kind] ?? {}))).toBe(as);
});

it("is meant for us in a group where it mentions the robot", () => {
  expect(read(words("坏了"))).toMatchObject({ addressed: true, place: { kind: "direct" } });
  const inGroup = { ...words(" 坏了"), isInAtList: true };
  expect(read(inGroup, "2")).toMatchObject({ addressed: true, place: { kind: "group" } });
  expect(read(words("坏了"), "2").addressed).toBe(false);
});

describe("a quoted message", () => {
  const quoting = (more: object) =>
    read(words("这个", { isReplyMsg: true, repliedMsg: { ...replied, ...more } }));

  it("comes with its id and words, of rich text too", () => {
    expect(quoting({})).toMatchObject({ quotes: "msg0", quoted: "三号柜在漏水" });
    const richText = [{ text: "三号柜" }, { type: "picture" }, { text: "在漏水" }];
    expect(quoting({ msgType: "richText", content: { richText } }).quoted).toBe("三号柜在漏水");
  });

  it("comes without words where it has none, or they are the robot's own", () => {
    expect(quoting({ msgType: "picture", content: code })).not.toHaveProperty("quoted");
    expect(quoting({ senderId: BOT })).not.toHaveProperty("quoted");
    expect(read({ ...words("这个"), originalMsgId: "msg0" })).toMatchObject({ quotes: "msg0" });
  });
});
