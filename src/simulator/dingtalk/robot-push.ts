import { dingtalkRobotSign } from "../../wire/dingtalk-sign.ts";
import { randomNonce } from "../../wire/random.ts";
import { parseFields } from "../fields.ts";
import type { Push } from "../push.ts";
import type { PushResult, SayInput, ToolChat, ToolMessage, ToolPerson } from "../tool.ts";
import type { DingtalkContext } from "./context.ts";
import { opaqueId, unionId } from "./directory-api.ts";
import { sampleFile } from "./media-api.ts";
import { post } from "./robot-api.ts";
import { readWebhookMessage } from "./robot-message.ts";

/** What came of a message that never set out for the robot. */
export const NOT_PUSHED: PushResult = { delivered: false, status: null, attempts: 0 };

/**
 * Somebody writes in a chat: show it, and `deliver` it to the robot when DingTalk would.
 *
 * In groups that is only what mentions the robot, and never a file or picture. DingTalk docs: receive-message.
 */
export async function sayToRobot(
  context: DingtalkContext,
  input: SayInput,
  deliver: (chat: string, body: string) => PushResult | Promise<PushResult>,
): Promise<PushResult> {
  const { person, chat } = speaker(context, input);
  const quoted = input.quotes === undefined ? null : context.world.message(input.quotes);
  if (input.quotes !== undefined && quoted === null) {
    throw new Error(`there is no message ${input.quotes} to quote`);
  }
  const message = context.world.post({
    id: `msg${randomNonce(20)}`,
    chat: chat.id,
    from: person.id,
    quotes: input.quotes ?? null,
    body: spoken(input),
  });
  const reachesRobot =
    chat.kind === "direct" || (input.mention === true && input.attachment === undefined);
  if (!reachesRobot) return NOT_PUSHED;
  const body = JSON.stringify({
    ...envelope(context, person, chat, message),
    ...(context.quota.usedUp ? OVER_QUOTA : payload(context, input, chat, quoted)),
  });
  return deliver(chat.id, body);
}

/** In place of the words, once the API quota is used up. DingTalk docs: develop-stream-mode-push-server. */
const OVER_QUOTA = { msgtype: "text", errCode: 20001, errMsg: "the API quota is used up" };

function speaker(context: DingtalkContext, input: SayInput) {
  const person = context.world.person(input.person);
  if (person === null) throw new Error(`there is no person ${input.person}`);
  const chat = context.world.chat(input.chat);
  if (chat === null) throw new Error(`there is no chat ${input.chat}`);
  if (!chat.members.includes(person.id)) {
    throw new Error(`${input.person} is not in the chat ${input.chat}`);
  }
  return { person, chat };
}

function spoken(input: SayInput): ToolMessage["body"] {
  if (input.attachment !== undefined) return { type: "attachment", ...input.attachment };
  return { type: "text", text: input.text };
}

function envelope(
  context: DingtalkContext,
  person: ToolPerson,
  chat: ToolChat,
  message: ToolMessage,
) {
  const { app } = context;
  const session = context.sessions.open(chat.id);
  const robot = opaqueId(app.robotCode);
  const inGroup = chat.kind === "group";
  return {
    msgId: message.id,
    createAt: message.at,
    conversationType: inGroup ? "2" : "1",
    conversationId: chat.id,
    ...(inGroup ? { conversationTitle: chat.name, isInAtList: true } : {}),
    ...(inGroup ? { atUsers: [{ dingtalkId: robot }] } : {}),
    senderId: opaqueId(person.id),
    senderStaffId: person.id,
    senderUnionId: unionId(person.id),
    senderNick: person.name,
    senderCorpId: app.corpId,
    senderPlatform: "Mac",
    isAdmin: false,
    chatbotUserId: robot,
    chatbotCorpId: app.corpId,
    robotCode: app.robotCode,
    sessionWebhook: session.url,
    sessionWebhookExpiredTime: session.expiresAt,
  };
}

function payload(
  context: DingtalkContext,
  input: SayInput,
  chat: ToolChat,
  quoted: ToolMessage | null,
) {
  if (input.attachment !== undefined) {
    const { kind, name } = input.attachment;
    const downloadCode = context.files.keep(sampleFile(kind, name), "");
    return kind === "image"
      ? { msgtype: "picture", content: { downloadCode } }
      : { msgtype: "file", content: { downloadCode, fileName: name } };
  }
  // DingTalk takes the mention out of a group's text and leaves the space that followed it.
  const content = chat.kind === "group" ? ` ${input.text}` : input.text;
  if (quoted === null) return { msgtype: "text", text: { content } };
  return {
    msgtype: "text",
    text: { content, isReplyMsg: true, repliedMsg: repliedMessage(context, quoted) },
    originalMsgId: quoted.id,
    ...(quoted.from === "bot" ? { originalProcessQueryKey: quoted.id } : {}),
  };
}

function repliedMessage(context: DingtalkContext, quoted: ToolMessage) {
  const sender = quoted.from === "bot" ? context.app.robotCode : quoted.from;
  const text = quoted.body.type === "text" ? { content: { text: quoted.body.text } } : {};
  const kinds = { text: "text", card: "interactiveCard", attachment: "file" } as const;
  return {
    msgType: kinds[quoted.body.type],
    msgId: quoted.id,
    senderId: opaqueId(sender),
    createdAt: quoted.at,
    ...text,
  };
}

/** A robot message as DingTalk pushes it over HTTP: signed, and what comes back may be an answer for the chat. */
export function robotPush(context: DingtalkContext, url: string, chat: string, body: string): Push {
  return {
    async build() {
      const timestamp = String(context.clock.now());
      const sign = await dingtalkRobotSign(context.app.clientSecret, timestamp);
      const headers = { "content-type": "application/json; charset=utf-8", timestamp, sign };
      return { url, headers, body };
    },
    accepts(answer) {
      if (answer.status !== 200) return false;
      const reply = readWebhookMessage(parseFields(answer.body) ?? {});
      if (reply !== null) post(context, `msg${randomNonce(20)}`, chat, reply);
      return true;
    },
  };
}
