import { expect, it } from "vitest";
import { type Kind, kindsOf, readAs } from "../../../test/support/message-kinds.ts";
import type { InboundMessage } from "../../core/message.ts";
import { readMessage } from "./message.ts";

const bot = { key: "@_user_1", id: { open_id: "ou_bot", user_id: null }, name: "服务台" };
const li = { key: "@_user_2", id: { open_id: "ou_li", user_id: "li" }, name: "李雷" };

/** Messages as events carry them. Feishu docs: im-v1/message/events/receive, message_content. */
const SAMPLES: Readonly<Partial<Record<Kind, object>>> = {
  text: said("text", { text: "冰柜坏了" }),
  "rich text": said("post", { title: "报修", content: [[{ tag: "text", text: "冰柜坏了" }]] }),
  image: said("image", { image_key: "img_1" }),
  file: said("file", { file_key: "file_1", file_name: "发票.pdf" }),
  audio: said("audio", { file_key: "file_1", duration: 2000 }),
  video: said("media", { file_key: "f", image_key: "i", file_name: "v.mp4", duration: 1 }),
  sticker: said("sticker", { file_key: "file_1" }),
  location: said("location", { name: "南京西路", longitude: "121.47", latitude: "31.23" }),
  link: said("post", { content: [[{ tag: "a", href: "https://a.example", text: "照片" }]] }),
  "quoted message": said("text", { text: "这个" }, { root_id: "om_0", parent_id: "om_0" }),
  "mention of the bot": said("text", { text: "@_user_1 坏了" }, { mentions: [bot] }),
  "mention of people": said("text", { text: "@_user_1 @_user_2" }, { mentions: [bot, li] }),
  thread: said("text", { text: "好" }, { root_id: "om_0", parent_id: "om_0", thread_id: "omt_1" }),
  "passed-on card": said("interactive", {
    title: "工单 #1",
    elements: [
      [
        { tag: "text", text: "冰柜坏了" },
        { tag: "button", text: "接单" },
      ],
    ],
  }),
  "shared contact or group": said("share_chat", { chat_id: "oc_2" }),
  "passed-on conversation": said("merge_forward", { content: "Merged and Forwarded Message" }),
  "any other": said("todo", { task_id: "t1" }),
};

function said(message_type: string, content: object, more: object = {}): object {
  return { message_type, content: JSON.stringify(content), ...more };
}

function read(sample: object, chat_type = "p2p"): InboundMessage {
  const head = { message_id: "om_1", create_time: "1700000000000", chat_id: "oc_1", chat_type };
  const sender = { sender_id: { open_id: "ou_a" }, sender_type: "user" };
  const message = readMessage({ sender, message: { ...head, ...sample } }, "ou_bot");
  if (message === null || message === "malformed") throw new Error(`not a message: ${message}`);
  return message;
}

it.each(kindsOf("feishu"))("a message of the kind %s is read as: %s", (kind, as) => {
  expect(readAs(read(SAMPLES[kind] ?? {}))).toBe(as);
});

it("is meant for us in a group only where it mentions the bot", () => {
  const { text = {}, "mention of the bot": calling = {} } = SAMPLES;
  expect(read(text)).toMatchObject({ addressed: true, place: { kind: "direct" } });
  expect(read(text, "group")).toMatchObject({ addressed: false, place: { kind: "group" } });
  expect(read(calling, "group").addressed).toBe(true);
});

it("a card that was passed on is read as far as it has words, and is unreadable without any", () => {
  const upgrade = said("interactive", { title: null, elements: [[{ tag: "img" }]] });
  expect(read(SAMPLES["passed-on card"] ?? {}).parts).toEqual([
    { type: "text", text: "工单 #1" },
    { type: "text", text: "冰柜坏了" },
  ]);
  expect(read(upgrade).parts).toEqual([{ type: "unknown", kind: "interactive" }]);
});
