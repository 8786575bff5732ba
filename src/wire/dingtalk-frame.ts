import { jsonOrNull } from "./json.ts";

/** Where to ask for a Stream connection, on the API host. developerpedia: learn/stream/protocol. */
export const DINGTALK_GATEWAY_PATH = "/v1.0/gateway/connections/open";

/** What a connection can be subscribed to, beside events. developerpedia: learn/stream/protocol. */
export const DINGTALK_TOPICS = {
  robot: "/v1.0/im/bot/messages/get",
  card: "/v1.0/card/instances/callback",
} as const;

/** One frame that DingTalk pushes in Stream mode. */
export type DingtalkFrame = {
  readonly type: "SYSTEM" | "EVENT" | "CALLBACK";
  readonly topic: string;
  /** Names this delivery, not what is delivered: a repetition has another one. Only SYSTEM may go without, as "". */
  readonly messageId: string;
  /** JSON as a text; empty where there is none. */
  readonly data: string;
};

const TYPES = ["SYSTEM", "EVENT", "CALLBACK"] as const;

/** The frame in a message of the socket; null for whatever else came. developerpedia: learn/stream/protocol. */
export function readDingtalkFrame(message: string | Uint8Array): DingtalkFrame | null {
  const frame = objectOf(jsonOrNull(message));
  const headers = objectOf(frame?.headers);
  const type = TYPES.find((known) => known === frame?.type);
  if (frame === null || headers === null || type === undefined) return null;
  const messageId = typeof headers.messageId === "string" ? headers.messageId : "";
  // Without an id nothing could be acknowledged; what the system says counts all the same.
  if (typeof headers.topic !== "string" || (messageId === "" && type !== "SYSTEM")) return null;
  const data = typeof frame.data === "string" ? frame.data : "";
  return { type, topic: headers.topic, messageId, data };
}

/** 200 taken, 404 nobody here handles this, 500 not taken. developerpedia: learn/stream/protocol. */
export type DingtalkAckCode = 200 | 404 | 500;

const WORDS: Readonly<Record<DingtalkAckCode, string>> = {
  200: "OK",
  404: "not found",
  500: "internal error",
};

/** The answer to the frame `messageId`; `data` is JSON as a text. developerpedia: learn/stream/protocol. */
export function dingtalkAck(messageId: string, code: DingtalkAckCode, data: string): string {
  return JSON.stringify({
    code,
    headers: { messageId, contentType: "application/json" },
    message: WORDS[code],
    data,
  });
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}
