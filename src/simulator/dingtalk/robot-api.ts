import { randomNonce } from "../../wire/random.ts";
import { type Fields, listOf, textOf } from "../fields.ts";
import type { ApiCall, DingtalkContext } from "./context.ts";
import { ApiRefusal, OldApiRefusal } from "./refusal.ts";
import { readRobotMessage, readWebhookMessage } from "./robot-message.ts";

const RECEIVERS = 20;

/**
 * `POST /v1.0/robot/oToMessages/batchSend`: to at most 20 people, each in the one-to-one chat with the robot.
 *
 * People who do not exist or are flow-controlled are only listed, with HTTP 200. DingTalk docs:
 * chatbots-send-one-on-one-chat-messages-in-batches.
 */
export function sendToPeople(context: DingtalkContext, body: Fields): Response {
  checkRobot(context, body, "invalidParameter.robotCode.notExsit");
  const people = listOf(body, "userIds").map(String);
  if (people.length === 0) throw refuse("invalidParameter.userIds.empty", "userIds is empty");
  if (people.length > RECEIVERS) {
    throw refuse(
      "invalidParameter.userIds.overMax",
      `userIds has ${people.length} entries, at most ${RECEIVERS} are allowed`,
    );
  }
  const message = readRobotMessage(body);
  const processQueryKey = `${randomNonce(22)}==`;
  const invalid: string[] = [];
  const controlled: string[] = [];
  for (const person of new Set(people)) {
    const chat = context.world.directChat(person);
    if (chat === null || context.left.has(person)) invalid.push(person);
    else if (context.flowControlled.delete(person)) controlled.push(person);
    else post(context, `${processQueryKey}.${person}`, chat.id, message);
  }
  return Response.json({
    processQueryKey,
    invalidStaffIdList: invalid,
    flowControlledStaffIdList: controlled,
  });
}

/** `POST /v1.0/robot/groupMessages/send`: to one group. DingTalk docs: the-robot-sends-a-group-message. */
export function sendToGroup(context: DingtalkContext, body: Fields): Response {
  checkRobot(context, body, "invalidParameter.robotCode.auth");
  const id = textOf(body, "openConversationId");
  if (id === "") throw refuse("miss.openConversationId", "openConversationId is empty");
  const chat = context.world.chat(id);
  if (chat === null || chat.kind !== "group") {
    throw refuse("invalid.openConversationId", "there is no group with this openConversationId");
  }
  const message = readRobotMessage(body);
  const processQueryKey = `${randomNonce(22)}==`;
  post(context, processQueryKey, id, message);
  return Response.json({ processQueryKey });
}

/**
 * `POST /robot/sendBySession?session=…`: an answer in the chat where the message came from, without a token.
 *
 * A session that is over answers 300001, as GitHub agentscope-ai/QwenPaw#2221 shows.
 */
export function sendBySession(context: DingtalkContext, body: Fields, call: ApiCall): Response {
  const chat = context.sessions.chatOf(call.url.searchParams.get("session") ?? "");
  if (chat === null) throw new OldApiRefusal(300001, "session 不存在");
  const kind = textOf(body, "msgtype");
  if (!["text", "markdown", "actionCard", "link", "feedCard"].includes(kind)) {
    throw new OldApiRefusal(400105, "msgtype must be text, markdown, actionCard, link or feedCard");
  }
  const message = readWebhookMessage(body);
  if (message === null) throw new OldApiRefusal(40035, `${kind} holds no text`);
  post(context, `msg${randomNonce(20)}`, chat, message);
  return Response.json({ errcode: 0, errmsg: "ok" });
}

/** Show a message of the robot. */
export function post(
  context: DingtalkContext,
  id: string,
  chat: string,
  body: ReturnType<typeof readRobotMessage>,
): void {
  context.world.post({ id, chat, from: "bot", quotes: null, body });
}

function checkRobot(context: DingtalkContext, body: Fields, mismatch: string): void {
  const robotCode = textOf(body, "robotCode");
  if (robotCode === "") throw refuse("invalidParameter.robotCode.empty", "robotCode is empty");
  if (robotCode !== context.app.robotCode) throw refuse(mismatch, "robotCode is not of this app");
}

function refuse(code: string, message: string): ApiRefusal {
  return new ApiRefusal(400, code, message);
}
