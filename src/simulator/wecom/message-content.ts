import { utf8, utf8Text } from "../../wire/bytes.ts";
import { asFields, type Fields, textOf } from "../fields.ts";
import type { ToolMessage } from "../tool.ts";
import type { WecomContext } from "./context.ts";
import { checkTemplateCard } from "./template-card.ts";
import { WecomError } from "./wecom-error.ts";

const TEXT_BYTES = 2048;

/** What an app message shows: a card of its own for each member, or the same for all. */
export type MessageContent =
  | { readonly type: "card"; readonly card: Fields }
  | { readonly type: "plain"; readonly body: ToolMessage["body"] };

/** Read the part of a send request that `msgtype` names. WeCom docs: 90236. */
export function readContent(context: WecomContext, body: Fields): MessageContent {
  const kind = textOf(body, "msgtype");
  const inside = asFields(body[kind]);
  switch (kind) {
    case "text":
      return plainText(truncated(required(inside, "content", 44004)));
    case "markdown":
      return plainText(markdown(required(inside, "content", 44004)));
    case "textcard":
      return plainText(textCard(inside));
    case "image":
    case "voice":
    case "video":
    case "file":
      return attachment(context, kind, textOf(inside, "media_id"));
    case "template_card":
      return templateCard(context, inside);
    default:
      throw new WecomError(40008, "msgtype is not one that the simulator knows");
  }
}

function plainText(text: string): MessageContent {
  return { type: "plain", body: { type: "text", text } };
}

function required(inside: Fields | null, name: string, errcode: number): string {
  const text = textOf(inside, name);
  if (text === "") throw new WecomError(errcode, `${name} is missing or empty`);
  return text;
}

/** WeCom cuts a text that is too long; a character that does not fit as a whole goes too. */
export function truncated(text: string): string {
  const bytes = utf8(text);
  if (bytes.length <= TEXT_BYTES) return text;
  let end = TEXT_BYTES;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return utf8Text(bytes.subarray(0, end));
}

function markdown(text: string): string {
  const bytes = utf8(text).length;
  if (bytes <= TEXT_BYTES) return text;
  throw new WecomError(45002, `markdown has ${bytes} bytes, at most ${TEXT_BYTES} fit`);
}

function textCard(inside: Fields | null): string {
  const title = required(inside, "title", 41016).slice(0, 128);
  const description = required(inside, "description", 41033).slice(0, 512);
  const url = required(inside, "url", 41010);
  return `${title}\n${description}\n${url}`;
}

function attachment(context: WecomContext, kind: string, mediaId: string): MessageContent {
  const file = context.media.find(mediaId);
  if (file === null)
    throw new WecomError(40007, "no media with this media_id, or older than 3 days");
  return { type: "plain", body: { type: "attachment", kind, name: file.name } };
}

function templateCard(context: WecomContext, card: Fields | null): MessageContent {
  if (card === null) throw new WecomError(40063, "template_card is missing");
  checkTemplateCard(card, "send");
  if (context.cards.isTaken(textOf(card, "task_id"))) {
    throw new WecomError(42014, "a card with this task_id was sent before");
  }
  return { type: "card", card };
}
