import { utf8 } from "../../wire/bytes.ts";
import type { ToolMessage } from "../tool.ts";
import { findCardFlaw } from "./card-rules.ts";
import { badParameter, FeishuError } from "./feishu-error.ts";
import { isObject, type JsonObject, parseOrUndefined } from "./shape.ts";
import type { Feishu, FeishuMessage, Resource } from "./state.ts";

/** The content of a message that the app sends, read and found good. */
export type ReadContent = Pick<FeishuMessage, "kind" | "content" | "card" | "resources"> & {
  /** What the app shows of it. */
  readonly shown: ToolMessage["body"];
};

// Feishu docs: im-v1/message/create.
const MOST_TEXT_BYTES = 150 * 1024;
const MOST_CARD_BYTES = 30 * 1024;
const POST_TAGS = new Set("text a at img media emotion code_block hr md".split(" "));

/** Read the content of a message as the send API gets it; throws Feishu's error when it would refuse it. */
export function readContent(feishu: Feishu, kind: string, content: string): ReadContent {
  const most = kind === "interactive" || kind === "post" ? MOST_CARD_BYTES : MOST_TEXT_BYTES;
  if (utf8(content).length > most) {
    throw new FeishuError(230025, "The length of the message content reaches its limit.");
  }
  const value = parseOrUndefined(content);
  if (!isObject(value)) throw badParameter("content is not a string in json format");
  switch (kind) {
    case "text":
      return readText(value, content);
    case "post":
      return readPost(value, content);
    case "interactive":
      return readCard(value, content);
    case "image":
    case "file":
    case "audio":
    case "media":
      return readUpload(feishu, kind, value, content);
    default:
      throw badParameter(`invalid msg_type ${kind}`);
  }
}

/** Check a card as every way of sending one does: 230025 for its size, 230099 with a sub-code for its content. */
export function checkCard(card: JsonObject): void {
  if (utf8(JSON.stringify(card)).length > MOST_CARD_BYTES) {
    throw new FeishuError(230025, "The length of the message content reaches its limit.");
  }
  const flaw = findCardFlaw(card);
  if (flaw !== null) throw badCard(flaw.code, `ErrPath: ${flaw.path}; ErrMsg: ${flaw.message}`);
}

export function badCard(code: number, words: string): FeishuError {
  return new FeishuError(230099, `Failed to create card content, ext=ErrCode: ${code}; ${words}`);
}

function readText(value: JsonObject, content: string): ReadContent {
  const { text } = value;
  if (typeof text !== "string" || text === "") throw badParameter("text content is empty");
  const shown = text.replace(
    /<at user_id="([^"]*)">(.*?)<\/at>/g,
    (_tag, id: string, name: string) => (id === "all" ? "@所有人" : `@${name}`),
  );
  return {
    kind: "text",
    content,
    card: null,
    resources: NONE,
    shown: { type: "text", text: shown },
  };
}

function readPost(value: JsonObject, content: string): ReadContent {
  const post = [value.zh_cn, value.en_us, value.ja_jp, value].find(
    (each) => isObject(each) && Array.isArray(each.content),
  );
  if (!isObject(post) || !Array.isArray(post.content)) {
    throw badParameter("post content needs zh_cn.content");
  }
  const lines = post.content.map((line: unknown) => {
    if (!Array.isArray(line)) throw badParameter("post content must be a list of lists");
    return line.map(showPostNode).join("");
  });
  const title = typeof post.title === "string" && post.title !== "" ? [post.title] : [];
  const text = [...title, ...lines].join("\n");
  return { kind: "post", content, card: null, resources: NONE, shown: { type: "text", text } };
}

function showPostNode(node: unknown): string {
  if (!isObject(node) || typeof node.tag !== "string" || !POST_TAGS.has(node.tag)) {
    throw badParameter("unknown tag in post content");
  }
  if (node.tag === "at") return `@${node.user_name ?? node.user_id ?? ""}`;
  if (node.tag === "img") return "[图片]";
  return typeof node.text === "string" ? node.text : "";
}

function readCard(card: JsonObject, content: string): ReadContent {
  if (card.type === "template") {
    throw badCard(200380, "ErrMsg: template does not exist, the simulator holds no templates");
  }
  checkCard(card);
  const shown = { type: "card", native: card, edition: 1 } as const;
  return { kind: "interactive", content, card, resources: NONE, shown };
}

function readUpload(
  feishu: Feishu,
  kind: "image" | "file" | "audio" | "media",
  value: JsonObject,
  content: string,
): ReadContent {
  const key = kind === "image" ? value.image_key : value.file_key;
  const upload = typeof key === "string" ? feishu.uploads.get(key) : undefined;
  const uploadedAs = kind === "image" ? "image" : "file";
  if (typeof key !== "string" || upload === undefined || upload.kind !== uploadedAs) {
    throw badParameter(`invalid ${kind}_key`);
  }
  const shownAs = kind === "media" ? "video" : kind;
  const shown = { type: "attachment", kind: shownAs, name: upload.name } as const;
  return { kind, content, card: null, resources: new Map([[key, upload]]), shown };
}

const NONE: ReadonlyMap<string, Resource> = new Map();
