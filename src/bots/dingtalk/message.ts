import type { InboundMessage, Part, Place } from "../../core/message.ts";
import type { DingtalkConfig } from "./config.ts";
import { type Fields, fieldsOf, listOf, textOf, timeOf } from "./fields.ts";
import { readHandle } from "./session-webhook.ts";

/**
 * A message to the robot; null when it lacks what every message has. `provenAt` stands in for a missing time.
 *
 * DingTalk docs: receive-message, robot-receive-message; developerpedia learn/bot.
 */
export function readMessage(
  config: DingtalkConfig,
  body: Fields,
  provenAt: number,
): InboundMessage | null {
  const messageId = textOf(body.msgId);
  const chat = textOf(body.conversationId);
  // The staff id is there for members of the organisation only, and is what the API takes.
  const sender = textOf(body.senderStaffId) ?? textOf(body.senderId);
  if (messageId === null || chat === null || sender === null) return null;
  const kind: Place["kind"] = textOf(body.conversationType) === "2" ? "group" : "direct";
  return {
    type: "message",
    dedupeKey: `ding:msg:${messageId}`,
    at: timeOf(body.createAt) ?? provenAt,
    messageId,
    sender: { id: sender, name: textOf(body.senderNick) },
    place: { chat, kind, thread: null },
    addressed: kind === "direct" || body.isInAtList === true || mentionsBot(body),
    quotes: readQuote(body),
    ...readQuoted(body),
    parts: [...readMentions(body), ...readParts(body)],
    handle: readHandle(config, body),
  };
}

function mentionsBot(body: Fields): boolean {
  return readMentions(body).some((part) => part.type === "mention" && part.bot);
}

/** DingTalk takes mentions out of the text and lists them apart, without names: members of ours are called by id. */
function readMentions(body: Fields): Part[] {
  const bot = textOf(body.chatbotUserId);
  return listOf(body.atUsers).flatMap((user): Part[] => {
    const id = textOf(fieldsOf(user).dingtalkId);
    const staffId = textOf(fieldsOf(user).staffId);
    if (id !== null && id === bot) return [{ type: "mention", id, name: "", bot: true }];
    return staffId === null ? [] : [{ type: "mention", id: staffId, name: staffId, bot: false }];
  });
}

function readQuote(body: Fields): string | null {
  const text = fieldsOf(body.text);
  const replied = text.isReplyMsg === true ? textOf(fieldsOf(text.repliedMsg).msgId) : null;
  return replied ?? textOf(body.originalMsgId) ?? textOf(fieldsOf(body.quoteMessage).msgId);
}

/** What was quoted of somebody else: the robot's own words need no telling. */
function readQuoted(body: Fields): { readonly quoted?: string } {
  const text = fieldsOf(body.text);
  const replied = text.isReplyMsg === true ? fieldsOf(text.repliedMsg) : {};
  const content = fieldsOf(replied.content);
  const words = textOf(content.text) ?? listOf(content.richText).flatMap(wordsOf).join("");
  const isOurs = textOf(replied.senderId) === textOf(body.chatbotUserId);
  return words === "" || isOurs ? {} : { quoted: words };
}

function wordsOf(richPart: unknown): string[] {
  return [textOf(fieldsOf(richPart).text) ?? ""];
}

function readParts(body: Fields): Part[] {
  const kind = textOf(body.msgtype) ?? "";
  const content = fieldsOf(body.content);
  switch (kind) {
    case "text":
      // One official sample of the HTTP mode has the words directly in `content`.
      return textPart(textOf(fieldsOf(body.text).content) ?? textOf(body.content));
    case "richText":
      return listOf(content.richText).flatMap(readRichPart);
    case "picture":
      return [media("image", kind, content)];
    case "audio":
    case "video":
    case "file":
      return [media(kind, kind, content)];
    default:
      return [{ type: "unknown", kind }];
  }
}

function textPart(text: string | null): Part[] {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" ? [] : [{ type: "text", text: trimmed }];
}

function readRichPart(value: unknown): Part[] {
  const part = fieldsOf(value);
  if (typeof part.text === "string") {
    return part.text === "" ? [] : [{ type: "text", text: part.text }];
  }
  const kind = textOf(part.type) ?? "";
  if (kind === "picture") return [media("image", kind, part)];
  return kind === "at" ? [] : [{ type: "unknown", kind }];
}

function media(type: "image" | "audio" | "video" | "file", kind: string, content: Fields): Part {
  const key = textOf(content.downloadCode);
  if (key === null) return { type: "unknown", kind };
  return { type, key, name: textOf(content.fileName), recognised: textOf(content.recognition) };
}
