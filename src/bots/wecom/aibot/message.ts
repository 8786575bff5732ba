import {
  type InboundMessage,
  messageText,
  type Part,
  type ReplyHandle,
} from "../../../core/message.ts";
import { writeMediaKey } from "./attachment.ts";
import { asFields, type Fields, objectsOf, textOf } from "./fields.ts";
import { type Head, readHead } from "./head.ts";
import { stripMention } from "./mention.ts";

export type ReadOptions = {
  /** The bot's name, where it is known. */
  readonly botName: string | undefined;
  /** When the message was heard, ms UTC. */
  readonly heardAt: number;
  /** What it can be answered with, given when it was sent, ms UTC. */
  handle(at: number): ReplyHandle | null;
};

/**
 * A message to the bot; null when it lacks what every message has.
 *
 * WeCom names a quoted message by its contents only, so nothing can be tied to it: its pictures and files are taken
 * along, its words stand for the message's where it has none of its own. WeCom docs: 100719, 101463.
 */
export function readMessage(body: Fields, options: ReadOptions): InboundMessage | null {
  const head = readHead(body, options.heardAt);
  const messageId = textOf(body.msgid);
  if (head === null || messageId === null) return null;
  const own = readParts(body);
  const parts = head.place.kind === "group" ? withoutMention(own, head, options.botName) : own;
  return {
    type: "message",
    dedupeKey: `aibot:${head.bot}:${messageId}`,
    at: head.at,
    messageId,
    sender: head.from,
    place: head.place,
    addressed: true,
    quotes: null,
    ...quotedWords(asFields(body.quote), parts),
    parts: [...parts, ...quotedParts(asFields(body.quote), parts)],
    handle: options.handle(head.at),
  };
}

/** In a group WeCom passes on only what mentions the bot, and leaves the @ in the words. */
function withoutMention(parts: readonly Part[], head: Head, botName: string | undefined): Part[] {
  const at = parts.findIndex((part) => part.type === "text");
  const first = parts[at];
  if (first?.type !== "text") return [...parts];
  const { name, text } = stripMention(first.text, botName);
  if (name === null) return [...parts];
  const mention: Part = { type: "mention", id: head.bot, name, bot: true };
  const rest: Part[] = text === "" ? [] : [{ type: "text", text }];
  return [...parts.slice(0, at), mention, ...rest, ...parts.slice(at + 1)];
}

function quotedParts(quote: Fields | null, own: readonly Part[]): Part[] {
  if (quote === null) return [];
  const quoted = readParts(quote).filter((part) => part.type !== "unknown");
  return quoted.filter((part) => isSilent(own) || part.type !== "text");
}

function quotedWords(quote: Fields | null, own: readonly Part[]): { readonly quoted?: string } {
  const words = quote === null || isSilent(own) ? "" : messageText(readParts(quote));
  return words === "" ? {} : { quoted: words };
}

function isSilent(parts: readonly Part[]): boolean {
  return !parts.some((part) => part.type !== "mention");
}

function readParts(body: Fields): Part[] {
  const kind = textOf(body.msgtype) ?? "";
  const inside = asFields(body[kind]);
  switch (kind) {
    case "text":
    case "voice": // comes as what WeCom heard in it, without the sound
      return words(inside?.content);
    case "mixed":
      return objectsOf(inside?.msg_item)
        .filter((item) => item.msgtype !== "mixed")
        .flatMap(readParts);
    case "image":
    case "file":
    case "video":
      return [media(kind, inside)];
    default:
      return [{ type: "unknown", kind }];
  }
}

function words(content: unknown): Part[] {
  const text = typeof content === "string" ? content.trim() : "";
  return text === "" ? [] : [{ type: "text", text }];
}

/**
 * The key holds all that is needed to fetch the file within its five minutes: its address, and over the long
 * connection the key that it is encrypted with. In webhook mode that is the account's EncodingAESKey.
 */
function media(type: "image" | "file" | "video", inside: Fields | null): Part {
  const url = textOf(inside?.url);
  if (url === null || !/^https?:\/\//.test(url)) return { type: "unknown", kind: type };
  const aeskey = textOf(inside?.aeskey);
  const key = writeMediaKey(aeskey === null ? { url } : { url, aeskey });
  return { type, key, name: textOf(inside?.filename), recognised: null };
}
