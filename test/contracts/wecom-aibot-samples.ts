import type { InboundAction, InboundMessage, Part } from "../../src/core/message.ts";
import { NOW } from "./channel-subject.ts";
import { BOT } from "./wecom-aibot-account.ts";

const SECONDS = NOW / 1000 - 2;
export const AT = SECONDS * 1000;

/** What a sample of a callback says, and what it means apart from how it can be answered. */
export type BodySample = {
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly item: InboundMessage | InboundAction;
};

const head = {
  msgid: "ms1",
  create_time: SECONDS,
  aibotid: BOT,
  chattype: "single",
  from: { userid: "ZhangSan" },
};
const inGroup = { chattype: "group", chatid: "wrg1" };

const message: InboundMessage = {
  type: "message",
  dedupeKey: `aibot:${BOT}:ms1`,
  at: AT,
  messageId: "ms1",
  sender: { id: "ZhangSan", name: null },
  place: { chat: "ZhangSan", kind: "direct", thread: null },
  addressed: true,
  quotes: null,
  parts: [],
  handle: null,
};

function said(name: string, more: object, parts: readonly Part[], quoted?: string): BodySample {
  const item = { ...message, parts, ...(quoted === undefined ? {} : { quoted }) };
  return { name, body: { ...head, ...more }, item };
}

function saidInGroup(name: string, more: object, parts: readonly Part[]): BodySample {
  const place = { chat: "wrg1", kind: "group", thread: null } as const;
  return { name, body: { ...head, ...inGroup, ...more }, item: { ...message, place, parts } };
}

const words = (text: string): Part => ({ type: "text", text });
const mention: Part = { type: "mention", id: BOT, name: "小助手", bot: true };
const textBody = (content: string) => ({ msgtype: "text", text: { content } });
const file = (type: "image" | "file" | "video", key: object, name: string | null = null): Part => ({
  type,
  key: JSON.stringify(key),
  name,
  recognised: null,
});

export const messages: readonly BodySample[] = [
  said("a text", textBody(" 打印机坏了\n"), [words("打印机坏了")]),
  said("a text that speaks of somebody", textBody("@小助手 是谁"), [words("@小助手 是谁")]),
  saidInGroup("a text in a group", textBody("@小助手 打印机坏了"), [mention, words("打印机坏了")]),
  saidInGroup("a mention in the midst of a text", textBody("请 @小助手 看看"), [
    mention,
    words("请 看看"),
  ]),
  saidInGroup("a mention of one whose name begins like ours", textBody("@小助手二号 在吗"), [
    words("@小助手二号 在吗"),
  ]),
  saidInGroup("a mention and no more", textBody("@小助手"), [mention]),
  saidInGroup(
    "words and a picture",
    {
      msgtype: "mixed",
      mixed: {
        msg_item: [
          { msgtype: "text", text: { content: "@小助手 坏了" } },
          { msgtype: "image", image: { url: "https://files/1", aeskey: "k1" } },
        ],
      },
    },
    [mention, words("坏了"), file("image", { url: "https://files/1", aeskey: "k1" })],
  ),
  said("a voice message", { msgtype: "voice", voice: { content: "打印机坏了" } }, [
    words("打印机坏了"),
  ]),
  said("a picture", { msgtype: "image", image: { url: "https://files/2" } }, [
    file("image", { url: "https://files/2" }),
  ]),
  said(
    "a file",
    { msgtype: "file", file: { url: "https://f/3", aeskey: "k", filename: "a.txt" } },
    [file("file", { url: "https://f/3", aeskey: "k" }, "a.txt")],
  ),
  said("a video", { msgtype: "video", video: { url: "https://f/4", aeskey: "k" } }, [
    file("video", { url: "https://f/4", aeskey: "k" }),
  ]),
  said("a picture that lies nowhere", { msgtype: "image", image: { url: "file:///etc" } }, [
    { type: "unknown", kind: "image" },
  ]),
  said(
    "an answer to words of somebody's",
    { ...textBody("1001"), quote: textBody("请问门店编号？") },
    [words("1001")],
    "请问门店编号？",
  ),
  saidInGroup(
    "somebody's picture, quoted",
    { ...textBody("@小助手 看看"), quote: { msgtype: "image", image: { url: "https://f/5" } } },
    [mention, words("看看"), file("image", { url: "https://f/5" })],
  ),
  saidInGroup(
    "somebody's words, quoted without words of one's own",
    { ...textBody("@小助手"), quote: textBody("冰柜坏了") },
    [mention, words("冰柜坏了")],
  ),
  said("a kind that we do not read", { msgtype: "hologram" }, [
    { type: "unknown", kind: "hologram" },
  ]),
];

export const clicked: InboundAction = {
  type: "action",
  dedupeKey: `aibot:${BOT}:ms1`,
  at: AT,
  operator: { id: "ZhangSan", name: null },
  action: "claim|7|ticket:t1",
  values: {},
  cardId: "m0000000000000000001",
  place: { chat: "ZhangSan", kind: "direct", thread: null },
  updateToken: null,
};

const details = {
  card_type: "button_interaction",
  event_key: "claim|7|ticket:t1",
  task_id: "m0000000000000000001",
};

export function event(eventtype: string, more: object = {}) {
  return { ...head, msgtype: "event", event: { eventtype, ...more } };
}

export function click(more: object = {}) {
  const template_card_event = { ...details, ...more };
  return event("template_card_event", { template_card_event });
}

const item = (question_key: string, option_id: unknown) => ({
  question_key,
  option_ids: { option_id },
});

export const clicks: readonly BodySample[] = [
  { name: "a click", body: click(), item: clicked },
  {
    name: "a click in a group",
    body: { ...click(), ...inGroup },
    item: { ...clicked, place: { chat: "wrg1", kind: "group", thread: null } },
  },
  {
    name: "a click whose details stand beside its kind",
    body: event("template_card_event", details),
    item: clicked,
  },
  {
    name: "a click on a card with lists",
    body: click({
      selected_items: {
        selected_item: [item("team", ["net"]), item("tags", ["a", "b"]), item("none", ["-"])],
      },
    }),
    item: { ...clicked, values: { team: "net", tags: "a,b" } },
  },
];
