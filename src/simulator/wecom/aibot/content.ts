import { utf8 } from "../../../wire/bytes.ts";
import { randomNonce } from "../../../wire/random.ts";
import { asFields, type Fields, textOf } from "../../fields.ts";
import { WecomError } from "../wecom-error.ts";
import type { AibotContext } from "./context.ts";

const CONTENT_BYTES = 20_480;

/** A text that people will read: not empty, and within the limit. WeCom docs: 101031, 101138. */
export function readWords(inside: Fields | null): string {
  const content = textOf(inside, "content");
  if (content === "") throw new WecomError(44004, "content is missing or empty");
  if (utf8(content).length > CONTENT_BYTES) {
    throw new WecomError(45002, `content has at most ${CONTENT_BYTES} bytes`);
  }
  return content;
}

/** Show a message of the kind that `msgtype` names, whole at once. */
export function showMessage(context: AibotContext, chat: string, body: Fields): void {
  switch (body.msgtype) {
    case "markdown":
      showWords(context, chat, readWords(asFields(body.markdown)));
      return;
    case "template_card":
      context.cards.show(chat, readCard(body));
      return;
    case "file":
    case "image":
    case "voice":
    case "video":
      showFile(context, chat, body.msgtype, textOf(asFields(body[body.msgtype]), "media_id"));
      return;
    default:
      throw new WecomError(40008, "msgtype is not one that the simulator knows here");
  }
}

function showFile({ uploads, world }: AibotContext, chat: string, kind: string, mediaId: string) {
  const file = uploads.find(mediaId);
  if (file?.kind !== kind) throw new WecomError(40007, "no media of this kind with this media_id");
  const body = { type: "attachment", kind, name: file.name } as const;
  world.post({ id: randomNonce(32), chat, from: "bot", quotes: null, body });
}

export function readCard(body: Fields): Fields {
  const card = asFields(body.template_card);
  if (card === null) throw new WecomError(40063, "template_card is missing");
  return card;
}

/** Show words as they read once their markdown is drawn. Gives the message's id. */
export function showWords({ world }: AibotContext, chat: string, content: string): string {
  const id = randomNonce(32);
  world.post({ id, chat, from: "bot", quotes: null, body: { type: "text", text: drawn(content) } });
  return id;
}

/** Markdown without the backslashes that only say "this is no mark". */
export function drawn(content: string): string {
  return content.replace(/\\([!-/:-@[-`{-~])/g, "$1");
}

/** Replies and pushes share two limits, and there must have been a word in the chat. WeCom docs: 101463. */
export function countMessage(context: AibotContext, chat: string): void {
  if (!context.spokenIn.has(chat)) {
    throw new WecomError(846607, "nobody has written to the bot here");
  }
  if (context.perMinute.take(chat) > 0 || context.perHour.take(chat) > 0) {
    throw new WecomError(846607, "too many messages into this chat");
  }
}
