import type { ChannelDeps, RawRequest, Receipt } from "../../ports/channel.ts";
import { dingtalkCardSign, dingtalkRobotSign } from "../../wire/dingtalk-sign.ts";
import { parseJson } from "../../wire/json.ts";
import { isWireError } from "../../wire/wire-error.ts";
import { readAction } from "./action.ts";
import type { DingtalkConfig } from "./config.ts";
import { openEvent } from "./event.ts";
import { type Fields, fieldsOf, textOf } from "./fields.ts";
import { readMessage } from "./message.ts";
import { type Proof, proveTimestamp, type Refused, refused } from "./proof.ts";
import { cardReply, eventReply, robotReply } from "./reply.ts";

/** The three things that DingTalk pushes, each with its own proof; "robot" is the default. */
export const DINGTALK_FEEDS = ["robot", "event", "card"] as const;

/** Make `receive`. Which proof is asked for follows from the feed alone. */
export function createReceive(config: DingtalkConfig, deps: ChannelDeps) {
  const staleMs = config.stale_after_s * 1000;

  async function receiveRobot(request: RawRequest): Promise<Receipt> {
    const proof = await proveTimestamp({
      timestamp: request.headers.timestamp,
      sign: request.headers.sign,
      signOf: (timestamp) => dingtalkRobotSign(config.client_secret, timestamp),
      now: deps.clock.now(),
      staleMs,
    });
    if (proof.type === "refused") return proof;
    const message = readMessage(config, readObject(request.body), proof.at);
    if (message === null) {
      return refused("malformed", "expected msgId, conversationId and senderStaffId or senderId");
    }
    return { type: "inbound", items: [message], reply: async () => robotReply() };
  }

  async function receiveCard(request: RawRequest): Promise<Receipt> {
    const secret = config.card_api_secret;
    if (secret === undefined) return refused("signature", "card_api_secret is not configured");
    const proof: Proof = await proveTimestamp({
      timestamp: request.headers["x-ddpaas-signature-timestamp"],
      sign: request.headers["x-ddpaas-signature"],
      signOf: (timestamp) => dingtalkCardSign(secret, timestamp),
      now: deps.clock.now(),
      staleMs,
    });
    if (proof.type === "refused") return proof;
    const action = await readAction({
      body: readObject(request.body),
      raw: request.body,
      at: proof.at,
      deliveryId: textOf(request.headers.messageid),
    });
    return {
      type: "inbound",
      items: action === null ? [] : [action],
      reply: async (outcome) => cardReply(outcome, action?.action ?? null),
    };
  }

  async function receiveEvent(request: RawRequest): Promise<Receipt> {
    const opened = await openEvent(config, request, readObject(request.body), deps.clock.now());
    if (opened.type === "refused") return opened;
    const reply = () => eventReply(opened.keys, deps.clock.now());
    const event = readObject(opened.message);
    if (event.EventType === "check_url") return { type: "handshake", reply: await reply() };
    return { type: "inbound", items: [], reply };
  }

  return async (request: RawRequest, feed: string): Promise<Receipt> => {
    if (config.transport === "stream") {
      return refused("signature", "this account takes pushes over its Stream connection only");
    }
    if (request.method !== "POST") return refused("malformed", "expected POST, found GET");
    try {
      if (feed === "robot") return await receiveRobot(request);
      if (feed === "card") return await receiveCard(request);
      if (feed === "event") return await receiveEvent(request);
    } catch (error) {
      if (isWireError(error)) return refused("malformed", error.message);
      throw error;
    }
    return unknownFeed();
  };
}

function unknownFeed(): Refused {
  return refused("malformed", `expected one of the feeds ${DINGTALK_FEEDS.join(", ")}`);
}

function readObject(json: Uint8Array | string): Fields {
  return fieldsOf(parseJson(json));
}
