import { utf8 } from "../../wire/bytes.ts";
import { type Fields, parseFields, textOf } from "../fields.ts";
import type { ToolMessage } from "../tool.ts";
import { sampleActionCard } from "./action-card.ts";
import { ApiRefusal } from "./refusal.ts";

const PARAM_BYTES = 15_000;

/** The parameters that each kind of robot message must have. DingTalk docs: robot-message-type. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  sampleText: ["content"],
  sampleMarkdown: ["title", "text"],
  sampleImageMsg: ["photoURL"],
  sampleLink: ["text", "title", "picUrl", "messageUrl"],
  sampleActionCard: ["title", "text", "singleTitle", "singleURL"],
  sampleActionCard2: ["title", "text", ...actionButtons(2)],
  sampleActionCard3: ["title", "text", ...actionButtons(3)],
  sampleActionCard4: ["title", "text", ...actionButtons(4)],
  sampleActionCard5: ["title", "text", ...actionButtons(5)],
  sampleActionCard6: ["title", "text", "buttonTitle1", "buttonUrl1", "buttonTitle2", "buttonUrl2"],
  sampleAudio: ["mediaId", "duration"],
  sampleFile: ["mediaId", "fileName", "fileType"],
  sampleVideo: ["videoMediaId", "videoType", "picMediaId", "duration"],
};

function actionButtons(count: number): string[] {
  return Array.from({ length: count }, (_, at) => [
    `actionTitle${at + 1}`,
    `actionURL${at + 1}`,
  ]).flat();
}

/**
 * What a robot message shows, from its `msgKey` and `msgParam`.
 *
 * Unknown keys, parameters that are missing or no JSON, and more than 15 000 bytes are refused with the codes of the
 * DingTalk docs page the-robot-sends-a-group-message.
 */
export function readRobotMessage(body: Fields): ToolMessage["body"] {
  const key = textOf(body, "msgKey");
  if (key === "") throw refuse("invalidParameter.msgKey.empty", "msgKey is empty");
  const required = Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
  if (required === undefined) {
    throw refuse(
      "invalidParameter.msgKey.invalid",
      `msgKey must be one of ${Object.keys(KINDS).join(", ")}`,
    );
  }
  const param = textOf(body, "msgParam");
  const bytes = utf8(param).length;
  if (bytes > PARAM_BYTES) {
    throw refuse(
      "invalidParameter.msgParam.tooLong",
      `msgParam has ${bytes} bytes, at most ${PARAM_BYTES} fit`,
    );
  }
  const params = parseFields(param);
  if (params === null) {
    throw refuse(
      "invalidParameter.msgParam.invalid",
      "msgParam must be a text that holds a JSON object",
    );
  }
  const missing = required.find((name) => textOf(params, name) === "");
  if (missing !== undefined) {
    throw refuse("invalidParameter.param.invalid", `${key} needs the text parameter ${missing}`);
  }
  return draw(key, params);
}

function draw(key: string, params: Fields): ToolMessage["body"] {
  switch (key) {
    case "sampleText":
      return { type: "text", text: textOf(params, "content") };
    case "sampleMarkdown":
      return { type: "text", text: textOf(params, "text") };
    case "sampleImageMsg":
      return { type: "attachment", kind: "image", name: textOf(params, "photoURL") };
    case "sampleFile":
      return { type: "attachment", kind: "file", name: textOf(params, "fileName") };
    case "sampleAudio":
      return { type: "attachment", kind: "audio", name: textOf(params, "mediaId") };
    case "sampleVideo":
      return { type: "attachment", kind: "video", name: textOf(params, "videoMediaId") };
    case "sampleLink":
      return { type: "text", text: `**${textOf(params, "title")}**\n\n${textOf(params, "text")}` };
    default:
      return sampleActionCard(params) ?? { type: "text", text: textOf(params, "text") };
  }
}

/**
 * What a message in the webhook dialect shows: a POST to a sessionWebhook, or the answer to a robot push.
 *
 * Null for kinds that show nothing (`empty`) and for anything malformed. DingTalk docs: robot-message-type.
 */
export function readWebhookMessage(body: Fields): ToolMessage["body"] | null {
  const kind = textOf(body, "msgtype");
  const inside = body[kind];
  const content = typeof inside === "object" && inside !== null ? { ...inside } : null;
  const text = textOf(content, kind === "text" ? "content" : "text");
  if (text === "") return null;
  if (kind === "text" || kind === "markdown") return { type: "text", text };
  if (kind === "actionCard" || kind === "link") {
    return { type: "text", text: `**${textOf(content, "title")}**\n\n${text}` };
  }
  return null;
}

function refuse(code: string, message: string): ApiRefusal {
  return new ApiRefusal(400, code, message);
}
