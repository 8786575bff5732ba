import type { Inbound } from "../../core/message.ts";
import type { Taken } from "../../ports/connection.ts";
import { utf8 } from "../../wire/bytes.ts";
import {
  DINGTALK_TOPICS,
  type DingtalkAckCode,
  type DingtalkFrame,
} from "../../wire/dingtalk-frame.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { readAction } from "./action.ts";
import type { DingtalkConfig } from "./config.ts";
import { type Fields, fieldsOf, textOf } from "./fields.ts";
import { readMessage } from "./message.ts";
import type { DINGTALK_FEEDS } from "./receive.ts";
import { cardReply } from "./reply.ts";

/** How a frame is acknowledged; `data` is JSON as a text. */
export type Ack = { readonly code: DingtalkAckCode; readonly data: string };

/** What a frame means: something for the hub, or nothing, and how DingTalk is answered. */
export type StreamPush =
  | {
      readonly type: "push";
      readonly feed: (typeof DINGTALK_FEEDS)[number];
      readonly items: readonly Inbound[];
      /** Once the hub has it. */
      taken(outcome: Taken["outcome"]): Ack;
      /** When the hub cannot take it now: DingTalk shall send it again, where it does. */
      readonly refused: Ack;
    }
  | { readonly type: "quota" | "malformed" | "unknown"; readonly ack: Ack };

const NOTHING = '{"response":null}';
const NOT_TAKEN: Ack = { code: 500, data: NOTHING };
const NOBODY: Ack = { code: 404, data: NOTHING };
/** The organisation has used up its API quota. DingTalk docs: develop-stream-mode-push-server. */
const OVER_QUOTA = "20001";

/**
 * Translate one pushed frame, its data the same as over HTTP. Nothing in it is signed: that it came over a connection
 * that DingTalk opened to our credentials is its proof. developerpedia: learn/stream/protocol.
 */
export async function readStreamPush(
  config: DingtalkConfig,
  frame: DingtalkFrame,
  now: number,
): Promise<StreamPush> {
  if (frame.type === "EVENT") return EVENT;
  const isKnown = Object.values<string>(DINGTALK_TOPICS).includes(frame.topic);
  if (frame.type !== "CALLBACK" || !isKnown) return { type: "unknown", ack: NOBODY };
  const body = fieldsOf(jsonOrNull(frame.data));
  return frame.topic === DINGTALK_TOPICS.card
    ? readClick(body, frame, now)
    : readRobotMessage(config, body, now);
}

/** No event means anything to us yet; one that comes all the same is done once the hub says so. */
const EVENT: StreamPush = {
  type: "push",
  feed: "event",
  items: [],
  taken: () => ({ code: 200, data: '{"status":"SUCCESS"}' }),
  refused: { code: 200, data: '{"status":"LATER"}' },
};

function readRobotMessage(config: DingtalkConfig, body: Fields, now: number): StreamPush {
  // It has no words: there is nothing to answer, and to send it again would not bring them back.
  if (textOf(body.errCode) === OVER_QUOTA) {
    return { type: "quota", ack: { code: 200, data: NOTHING } };
  }
  const message = readMessage(config, body, now);
  if (message === null) return { type: "malformed", ack: NOT_TAKEN };
  const taken = (): Ack => ({ code: 200, data: NOTHING });
  return { type: "push", feed: "robot", items: [message], taken, refused: NOT_TAKEN };
}

async function readClick(body: Fields, frame: DingtalkFrame, now: number): Promise<StreamPush> {
  if (Object.keys(body).length === 0) return { type: "malformed", ack: NOT_TAKEN };
  const raw = utf8(frame.data);
  const action = await readAction({ body, raw, at: now, deliveryId: frame.messageId });
  return {
    type: "push",
    feed: "card",
    items: action === null ? [] : [action],
    taken: (outcome) => {
      const reply = cardReply(outcome, action?.action ?? null);
      return { code: 200, data: `{"response":${reply.body}}` };
    },
    refused: NOT_TAKEN,
  };
}
