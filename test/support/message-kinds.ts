import type { InboundMessage } from "../../src/core/message.ts";

/** What becomes of a kind of message: how it is read, or that the tool hands none to a bot. */
export type Read =
  | "words"
  | "picture"
  | "file"
  | "sound"
  | "sound and words"
  | "video"
  | "sticker"
  | "place"
  | "link"
  | "quotes by id"
  | "quotes with words"
  | "calls the bot"
  | "names people"
  | "in its thread"
  | "unreadable"
  | "never";

const TOOLS = ["feishu", "dingtalk", "wecom", "aibot"] as const;
type Tool = (typeof TOOLS)[number];

/** Every kind, and how each tool's messages of it are read. Tests of each tool hold it to its code, another the docs. */
export const KINDS = {
  text: ["words", "words", "words", "words"],
  "rich text": ["words", "words", "never", "words"],
  image: ["picture", "picture", "picture", "picture"],
  file: ["file", "file", "file", "file"],
  audio: ["sound", "sound and words", "sound", "words"],
  video: ["video", "video", "video", "video"],
  sticker: ["sticker", "never", "never", "never"],
  location: ["place", "never", "place", "never"],
  link: ["link", "never", "link", "never"],
  "quoted message": ["quotes by id", "quotes with words", "never", "quotes with words"],
  "mention of the bot": ["calls the bot", "calls the bot", "never", "calls the bot"],
  "mention of people": ["names people", "names people", "never", "words"],
  thread: ["in its thread", "never", "never", "never"],
  "passed-on card": ["words", "never", "never", "never"],
  "shared contact or group": ["unreadable", "never", "never", "never"],
  "passed-on conversation": ["unreadable", "never", "never", "never"],
  "any other": ["unreadable", "unreadable", "unreadable", "unreadable"],
} as const satisfies Record<string, readonly [Read, Read, Read, Read]>;

export type Kind = keyof typeof KINDS;

/** The kinds that a tool hands to a bot, and how they are read. */
export function kindsOf(tool: Tool): (readonly [Kind, Read])[] {
  const at = TOOLS.indexOf(tool);
  return Object.entries(KINDS).flatMap(([kind, reads]) => {
    const read: Read = reads[at] ?? "never";
    return read === "never" ? [] : [[kind as Kind, read] as const];
  });
}

type Part = InboundMessage["parts"][number];

const BY_PART: Readonly<Record<Exclude<Part["type"], "mention">, Read>> = {
  text: "words",
  link: "link",
  image: "picture",
  file: "file",
  audio: "sound",
  video: "video",
  sticker: "sticker",
  location: "place",
  unknown: "unreadable",
};

/** How a message was read: by what is most telling in it. */
export function readAs({ parts, quotes, quoted, place }: InboundMessage): Read {
  if (quoted !== undefined) return "quotes with words";
  if (place.thread !== null) return "in its thread";
  if (quotes !== null) return "quotes by id";
  const mentions = parts.filter((part) => part.type === "mention");
  if (mentions.some(({ bot }) => !bot)) return "names people";
  if (mentions.length > 0) return "calls the bot";
  const telling = parts.find(({ type }) => type !== "text") ?? parts[0];
  if (telling === undefined || telling.type === "mention") return "never";
  const hasWords = "recognised" in telling && telling.recognised !== null;
  return hasWords ? "sound and words" : BY_PART[telling.type];
}
