import type { Part } from "../../core/message.ts";
import { jsonOrNull } from "../../wire/json.ts";

/** Somebody named in a message: `key` stands for them in its text. */
export type Mention = {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly bot: boolean;
};

type Json = Readonly<Record<string, unknown>>;

/**
 * The parts of a message from its `content`, a JSON text whose shape follows from the message's type.
 *
 * Never fails: what cannot be read is a part of type unknown, because a message must not be lost over its dress. Feishu
 * docs: im-v1/message/message-content-description/message_content.
 */
export function readParts(
  type: string,
  content: unknown,
  mentions: readonly Mention[],
): readonly Part[] {
  const json = typeof content === "string" ? object(jsonOrNull(content)) : null;
  const parts = json === null ? [] : partsOf(type, json, mentions).filter((part) => !isEmpty(part));
  return parts.length === 0 ? [unknown(type)] : parts;
}

function partsOf(type: string, json: Json, mentions: readonly Mention[]): readonly Part[] {
  switch (type) {
    case "text":
      return textParts(words(json.text), mentions);
    case "post":
      return postParts(json, mentions);
    case "image":
      return [attachment("image", json.image_key, null)];
    case "file":
      return [attachment("file", json.file_key, json.file_name)];
    case "audio":
      return [attachment("audio", json.file_key, null)];
    case "media":
      return [attachment("video", json.file_key, json.file_name)];
    case "sticker":
      return [attachment("sticker", json.file_key, null)];
    case "location":
      return [location(json)];
    case "interactive": // a card that was passed on, as far as it has words
      return postParts({ ...json, content: json.elements }, mentions).filter(isRead);
    default:
      return [unknown(type)];
  }
}

const EVERYBODY: Mention = { key: "@_all", id: "all", name: "所有人", bot: false };

/** Text with `@_user_1` and `@_all` in the place of those mentioned; `@_all` may come without an entry of its own. */
function textParts(text: string, mentions: readonly Mention[]): Part[] {
  const known = new Map([EVERYBODY, ...mentions].map((mention) => [mention.key, mention]));
  return text.split(/(@_user_\d+|@_all)/).map((piece): Part => {
    const mention = known.get(piece);
    return mention === undefined ? { type: "text", text: piece } : mentionPart(mention);
  });
}

function mentionPart({ id, name, bot }: Mention): Part {
  return { type: "mention", id, name, bot };
}

/** Rich text: paragraphs of tagged pieces. On receipt it has no level of languages. */
function postParts(json: Json, mentions: readonly Mention[]): readonly Part[] {
  const title = words(json.title);
  const paragraphs = list(json.content).map((paragraph) =>
    list(paragraph).flatMap((piece) => postPiece(object(piece) ?? {}, mentions)),
  );
  const all = title === "" ? paragraphs : [[{ type: "text", text: title } as const], ...paragraphs];
  return all.flatMap((parts, index) =>
    index === 0 ? parts : [{ type: "text", text: "\n" } as const, ...parts],
  );
}

function postPiece(piece: Json, mentions: readonly Mention[]): readonly Part[] {
  switch (piece.tag) {
    case "text":
    case "md":
    case "code_block":
      return textParts(words(piece.text), mentions);
    case "a":
      return [{ type: "link", text: words(piece.text), url: words(piece.href) }];
    case "at":
      return [postMention(piece, mentions)];
    case "img":
      return [attachment("image", piece.image_key, null)];
    case "media":
      return [attachment("video", piece.file_key, null)];
    case "emotion":
      return [{ type: "text", text: `[${words(piece.emoji_type)}]` }];
    case "hr":
      return [];
    default:
      return [unknown(words(piece.tag))];
  }
}

function postMention(piece: Json, mentions: readonly Mention[]): Part {
  const key = words(piece.user_id);
  const mention = [EVERYBODY, ...mentions].find((each) => each.key === key);
  if (mention !== undefined) return mentionPart(mention);
  return { type: "mention", id: key, name: words(piece.user_name), bot: false };
}

function attachment(
  type: "image" | "file" | "audio" | "video" | "sticker",
  key: unknown,
  name: unknown,
): Part {
  if (typeof key !== "string" || key === "") return unknown(type);
  return { type, key, name: words(name) || null, recognised: null };
}

function location(json: Json): Part {
  const latitude = degrees(json.latitude);
  const longitude = degrees(json.longitude);
  if (latitude === null || longitude === null) return unknown("location");
  return { type: "location", title: words(json.name), latitude, longitude };
}

function degrees(written: unknown): number | null {
  const value = words(written) === "" ? Number.NaN : Number(written);
  return Math.abs(value) <= 180 ? value : null;
}

function unknown(kind: string): Part {
  return { type: "unknown", kind };
}

function isRead(part: Part): boolean {
  return part.type !== "unknown" && !(part.type === "text" && part.text.trim() === "");
}

function isEmpty(part: Part): boolean {
  return part.type === "text" && part.text === "";
}

function words(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function object(value: unknown): Json | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}
