import { asFields, type Fields, listOf, textOf } from "../../fields.ts";
import { WecomError } from "../wecom-error.ts";
import { checkBotCard } from "./card-rules.ts";
import { findChat } from "./chats.ts";
import { countMessage, drawn, readCard, readWords, showMessage, showWords } from "./content.ts";
import type { AibotContext, Asked } from "./context.ts";

const REPLY_MS = 24 * 3_600_000;
const STREAM_MS = 10 * 60_000;
const QUICK_MS = 5000;

export type Command = (context: AibotContext, reqId: string, body: Fields) => void;

/** What a subscribed connection may ask for. WeCom docs: 101463. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ["aibot_respond_msg", replyToMessage],
  ["aibot_respond_welcome_msg", welcome],
  ["aibot_respond_update_msg", updateCard],
  ["aibot_send_msg", push],
]);

/** One reply to each message, within 24 hours; a stream may grow for ten minutes. */
function replyToMessage(context: AibotContext, reqId: string, body: Fields): void {
  const asked = openFor(context, reqId, "message", REPLY_MS);
  if (body.msgtype === "stream") {
    streamReply(context, asked, asFields(body.stream));
    return;
  }
  once(asked);
  countMessage(context, asked.chat);
  showMessage(context, asked.chat, body);
  answer(asked);
}

/** WeCom docs: 101031 (stream). */
export function streamReply(context: AibotContext, asked: Asked, stream: Fields | null): void {
  const id = textOf(stream, "id");
  const finished = stream?.finish === true;
  const { stream: begun } = asked;
  if (begun !== null && begun.id === id && !begun.finished) {
    if (context.clock.now() - begun.startedAt > STREAM_MS) {
      throw new WecomError(846608, "the stream was closed after ten minutes");
    }
    const text = drawn(readWords(stream));
    context.world.replace(begun.message, { type: "text", text });
    begun.finished = finished;
    return;
  }
  once(asked);
  if (id === "") throw new WecomError(40058, "stream.id is missing");
  const words = readWords(stream);
  countMessage(context, asked.chat);
  const message = showWords(context, asked.chat, words);
  asked.stream = { id, message, startedAt: context.clock.now(), finished };
  answer(asked);
}

function welcome(context: AibotContext, reqId: string, body: Fields): void {
  const asked = openFor(context, reqId, "enter", QUICK_MS);
  once(asked);
  greet(context, asked, body);
}

/** Show the answer to somebody's coming in: words or a card. WeCom docs: 101031. */
export function greet(context: AibotContext, asked: Asked, body: Fields): void {
  if (body.msgtype === "text") {
    showWords(context, asked.chat, readWords(asFields(body.text)));
  } else {
    showMessage(context, asked.chat, body);
  }
  answer(asked);
}

function updateCard(context: AibotContext, reqId: string, body: Fields): void {
  const asked = openFor(context, reqId, "click", QUICK_MS);
  once(asked);
  replaceCard(context, asked, body);
}

/** Put a new card in place of the one that was clicked. WeCom docs: 101031. */
export function replaceCard(context: AibotContext, asked: Asked, body: Fields): void {
  if (body.response_type !== "update_template_card" || asked.card === null) {
    throw new WecomError(40058, "response_type must be update_template_card");
  }
  const card = readCard(body);
  checkBotCard(card, "update");
  if (textOf(card, "task_id") !== context.cards.taskId(asked.card)) {
    throw new WecomError(846625, "task_id is not that of the clicked card");
  }
  const userids = listOf(body, "userids").filter((id) => typeof id === "string");
  const isGroup = context.world.chat(asked.chat)?.kind === "group";
  context.cards.replace(asked.card, card, isGroup && userids.length > 0 ? userids : null);
  answer(asked);
}

function push(context: AibotContext, _reqId: string, body: Fields): void {
  const chat = findChat(context, textOf(body, "chatid"), body.chat_type);
  countMessage(context, chat.id);
  showMessage(context, chat.id, body);
}

/** What a req_id stands for, while it may be answered in this way. */
function openFor(context: AibotContext, reqId: string, kind: Asked["kind"], lifeMs: number): Asked {
  const asked = context.asked.get(reqId);
  if (asked?.kind !== kind) throw new WecomError(846605, "invalid req_id");
  if (context.clock.now() - asked.at > lifeMs) throw new WecomError(846604, "req_id has expired");
  return asked;
}

function once(asked: Asked): void {
  if (asked.answered) throw new WecomError(846606, "this req_id was answered before");
}

function answer(asked: Asked): void {
  asked.answered = true;
  asked.settle();
}
