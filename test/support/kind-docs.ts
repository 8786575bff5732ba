import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../src/core/text.ts";
import { KINDS, type Kind, type Read } from "./message-kinds.ts";

const ROOT = join(import.meta.dirname, "../..");

type Words = {
  readonly head: string;
  readonly kinds: Record<Kind, string>;
  readonly reads: Record<Read, string>;
};

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    head: "| kind | Feishu | DingTalk | WeCom app | WeCom AI bot |",
    kinds: {
      text: "text",
      "rich text": "rich text",
      image: "image",
      file: "file",
      audio: "voice",
      video: "video",
      sticker: "sticker",
      location: "location",
      link: "link",
      "quoted message": "quoted message",
      "mention of the bot": "mention of the bot",
      "mention of people": "mention of people",
      thread: "thread, topic",
      "passed-on card": "passed-on card",
      "shared contact or group": "shared contact or group",
      "passed-on conversation": "passed-on conversation",
      "any other": "any other",
    },
    reads: {
      words: "words",
      picture: "picture, kept",
      file: "file, kept",
      sound: "sound, kept",
      "sound and words": "sound, kept, and what the tool heard in it",
      video: "video, kept",
      sticker: "named as a sticker",
      place: "name and degrees",
      link: "words and address",
      "quotes by id": "quoted, as far as we have it",
      "quotes with words": "quoted, with its words",
      "calls the bot": "calls the bot",
      "names people": "their names",
      "in its thread": "a conversation of its own",
      unreadable: "a polite answer",
      never: "–",
    },
  },
  "zh-CN": {
    head: "| 消息 | 飞书 | 钉钉 | 企业微信应用 | 企业微信智能机器人 |",
    kinds: {
      text: "文字",
      "rich text": "富文本",
      image: "图片",
      file: "文件",
      audio: "语音",
      video: "视频",
      sticker: "表情",
      location: "位置",
      link: "链接",
      "quoted message": "引用消息",
      "mention of the bot": "@ 机器人",
      "mention of people": "@ 别人",
      thread: "话题",
      "passed-on card": "转发的卡片",
      "shared contact or group": "分享的名片或群",
      "passed-on conversation": "合并转发",
      "any other": "其他",
    },
    reads: {
      words: "文字",
      picture: "图片，保存",
      file: "文件，保存",
      sound: "语音，保存",
      "sound and words": "语音，保存，带工具识别的文字",
      video: "视频，保存",
      sticker: "记为表情",
      place: "地名和经纬度",
      link: "文字和网址",
      "quotes by id": "带引用，限我们收到过的",
      "quotes with words": "带引用的原话",
      "calls the bot": "叫机器人",
      "names people": "名字",
      "in its thread": "单独的对话",
      unreadable: "礼貌地说看不了",
      never: "–",
    },
  },
};

export const KIND_PAGES: readonly { readonly path: string; readonly language: Language }[] = [
  { path: "docs/message-kinds.md", language: "en" },
  { path: "docs/message-kinds.zh-CN.md", language: "zh-CN" },
];

export function readKindPage(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** The table of what becomes of each kind, as the page of this language must show it. */
export function kindTable(language: Language): string {
  const { head, kinds, reads } = WORDS[language];
  const rows = Object.entries(KINDS).map(
    ([kind, all]) => `| ${[kinds[kind as Kind], ...all.map((read) => reads[read])].join(" | ")} |`,
  );
  return [head, "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
