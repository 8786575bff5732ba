import {
  type Content,
  type Destination,
  type Outbound,
  type ReplyHandle,
  withNames,
} from "../../core/message.ts";
import type { ChannelDeps, Delivery } from "../../ports/channel.ts";
import { callVendor } from "../../wire/vendor-call.ts";
import { type ActionCard, renderActionCard } from "./action-card.ts";
import type { Answered, DingtalkApi } from "./api.ts";
import { deliverCard } from "./card.ts";
import { type DingtalkConfig, robotCode } from "./config.ts";
import { codeOf, failed, oldFailureOf } from "./failure.ts";
import { listOf, textOf } from "./fields.ts";
import { isUsable } from "./session-webhook.ts";
import { shortened } from "./shorten.ts";

/** DingTalk docs: the-robot-sends-a-group-message. */
const PARAM_BYTES = 15_000;

/** Make `send`. A text goes to the handle of what it answers while that lives, else through the robot API. */
export function createSend(config: DingtalkConfig, deps: ChannelDeps, api: DingtalkApi) {
  return async (message: Outbound<string>): Promise<Delivery> => {
    const { content } = message;
    if (content.type === "card")
      return config.card_template_id === undefined
        ? sendRobotMessage(config, api, message, actionMessage(renderActionCard(content.card)))
        : deliverCard(config, api, message, content.card);
    const handle = message.inReplyTo?.handle ?? null;
    if (handle !== null && isUsable(config, handle, deps.clock.now())) {
      const answered = await answerSession(deps, handle, message.id, content);
      if (answered !== null) return answered;
    }
    // The robot API calls nobody, so names stand in the text. DingTalk docs: the-robot-sends-a-group-message.
    return sendText(config, api, message, withNames(content.text, content.mentions));
  };
}

/** A message of the robot that is no text: its kind and parameters. */
export type RobotMessage = {
  readonly msgKey: string;
  readonly params: Readonly<Record<string, string>>;
};

/** Send through the robot API, which knows no answering. DingTalk docs: robot-message-type. */
export function sendRobotMessage(
  config: DingtalkConfig,
  api: DingtalkApi,
  { to }: Omit<Outbound<string>, "content">,
  { msgKey, params }: RobotMessage,
): Promise<Delivery> {
  return postMessage(config, api, to, { msgKey, msgParam: JSON.stringify(params) });
}

/** An ActionCard as a message of an app's robot. DingTalk docs: robot-message-type (sampleActionCard to …5). */
function actionMessage({ title, text, links }: ActionCard): RobotMessage {
  const [only] = links;
  if (only === undefined) return { msgKey: "sampleMarkdown", params: { title, text } };
  if (links.length === 1) {
    const params = { title, text, singleTitle: only.title, singleURL: only.url };
    return { msgKey: "sampleActionCard", params };
  }
  const buttons = links.flatMap((link, at) => [
    [`actionTitle${at + 1}`, link.title],
    [`actionURL${at + 1}`, link.url],
  ]);
  const params = { title, text, ...Object.fromEntries(buttons) };
  return { msgKey: `sampleActionCard${links.length}`, params };
}

/**
 * Answer in the chat where a message came from; null when its session is over, and another way is to be taken.
 *
 * DingTalk docs: receive-message (sessionWebhook).
 */
async function answerSession(
  deps: ChannelDeps,
  handle: ReplyHandle,
  id: string,
  { text, mentions = [] }: Extract<Content<string>, { readonly type: "text" }>,
): Promise<Delivery | null> {
  // Both are needed: the ids beside the text, and each behind an @ in it.
  const atUserIds = mentions.map((mention) => mention.id);
  const content = shortened([...atUserIds.map((each) => `@${each}`), text].join(" "), PARAM_BYTES);
  const at = atUserIds.length === 0 ? {} : { at: { atUserIds } };
  const answer = await callVendor(deps.fetch, {
    method: "POST",
    url: handle.value,
    json: { msgtype: "text", text: { content }, ...at },
  });
  if (answer.type === "unreached") return failed("transient", answer.reason);
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  const errcode = textOf(answer.body.errcode);
  if (answer.status === 200 && errcode === "0") {
    return { type: "sent", remoteId: id, updateTokens: [] };
  }
  if (answer.status >= 500) return failed("transient", `HTTP ${answer.status}`);
  if (errcode === null) return { type: "unknown", reason: `HTTP ${answer.status} without errcode` };
  const failure = oldFailureOf(errcode);
  return failure.class === "content" ? null : failure;
}

export function sendText(
  config: DingtalkConfig,
  api: DingtalkApi,
  { to }: Omit<Outbound<string>, "content">,
  words: string,
): Promise<Delivery> {
  const msgParam = shortened(words, PARAM_BYTES, (content) => JSON.stringify({ content }));
  return postMessage(config, api, to, { msgKey: "sampleText", msgParam });
}

async function postMessage(
  config: DingtalkConfig,
  api: DingtalkApi,
  { kind, id }: Destination,
  message: { readonly msgKey: string; readonly msgParam: string },
): Promise<Delivery> {
  const text = { robotCode: robotCode(config), ...message };
  if (kind === "chat") {
    const json = { ...text, openConversationId: id };
    return sentMessage(await api.call("POST", "/v1.0/robot/groupMessages/send", json), id);
  }
  const json = { ...text, userIds: [id] };
  return sentMessage(await api.call("POST", "/v1.0/robot/oToMessages/batchSend", json), id);
}

/** Robot messages have no idempotency key, so whatever is not certain is unknown. */
function sentMessage(answer: Answered, receiver: string): Delivery {
  if (answer.type === "unanswered") return { type: "unknown", reason: answer.reason };
  if (answer.type === "refused") {
    const code = codeOf(answer.body);
    return code === "unknown.send.result" ? { type: "unknown", reason: code } : answer.failure;
  }
  const { body } = answer;
  // People who get nothing are only listed, with HTTP 200.
  const isListed = (name: string) => listOf(body[name]).map(textOf).includes(receiver);
  if (isListed("flowControlledStaffIdList")) return failed("rate", "flow-controlled");
  if (isListed("invalidStaffIdList"))
    return { ...failed("content", "invalid staff id"), nobody: true };
  if (isListed("filteredStaffIdList")) return failed("content", "filtered staff id");
  const remoteId = textOf(body.processQueryKey);
  if (remoteId === null) return { type: "unknown", reason: "an answer without processQueryKey" };
  return { type: "sent", remoteId, updateTokens: [] };
}
