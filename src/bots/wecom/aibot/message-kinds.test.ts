import { describe, expect, it } from "vitest";
import { type Kind, kindsOf, readAs } from "../../../../test/support/message-kinds.ts";
import type { Fields } from "./fields.ts";
import { readMessage } from "./message.ts";

const address = { url: "https://f.example/1", aeskey: "k" };
const inGroup = { chattype: "group", chatid: "wrg1" };

/** Callbacks as the bot gets them. WeCom docs: 100719, 101463. */
const SAMPLES: Readonly<Partial<Record<Kind, Fields>>> = {
  text: words("冰柜坏了"),
  "rich text": { msgtype: "mixed", mixed: { msg_item: [words("冰柜"), words("坏了")] } },
  image: { msgtype: "image", image: address },
  file: { msgtype: "file", file: address },
  audio: { msgtype: "voice", voice: { content: "漏水了" } },
  video: { msgtype: "video", video: address },
  "quoted message": { ...words("这个还没好"), quote: words("三号柜在漏水") },
  "mention of the bot": { ...words("@小助手 坏了"), ...inGroup },
  "mention of people": words("请 @李雷 看看"),
  "any other": { msgtype: "vote", vote: {} },
};

function words(content: string): Fields {
  return { msgtype: "text", text: { content } };
}

function read(sample: Fields) {
  const head = { msgid: "m1", aibotid: "b1", chattype: "single", from: { userid: "ZhangSan" } };
  const options = { botName: "小助手", heardAt: 1_700_000_000_000, handle: () => null };
  const message = readMessage({ ...head, ...sample }, options);
  if (message === null) throw new Error("not a message");
  return message;
}

it.each(kindsOf("aibot"))("a message of the kind %s is read as: %s", (kind, as) => {
  expect(readAs(read(SAMPLES[kind] ?? {}))).toBe(as);
});

describe("a quotation", () => {
  it("stands beside the words that quote it", () => {
    const { quoted, parts } = read(SAMPLES["quoted message"] ?? {});
    expect(quoted).toBe("三号柜在漏水");
    expect(parts).toEqual([{ type: "text", text: "这个还没好" }]);
  });

  it("is the message where that has no words of its own, and its picture comes along", () => {
    const { quoted, parts } = read({ ...words("@小助手"), ...inGroup, quote: words("漏水") });
    expect(quoted).toBeUndefined();
    expect(parts.at(-1)).toEqual({ type: "text", text: "漏水" });
    const pictured = read({ ...words("看"), quote: { msgtype: "image", image: address } });
    expect(pictured.parts.map(({ type }) => type)).toEqual(["text", "image"]);
  });
});
