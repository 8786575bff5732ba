import type { Inbound } from "../../core/message.ts";
import type { HttpReply, RawRequest, Receipt } from "../../ports/channel.ts";
import { jsonOrNull } from "../../wire/json.ts";
import { readAction, readActionV1 } from "./action.ts";
import type { FeishuConfig } from "./config.ts";
import { readEdit } from "./edit.ts";
import { instantMs } from "./instant.ts";
import { readMessage } from "./message.ts";
import { readMessageV1 } from "./message-v1.ts";
import { prove } from "./prove.ts";
import { type Push, readDeliveredPush } from "./push.ts";
import { readRecall } from "./recall.ts";
import { jsonReply, replyToAction, replyToEvent } from "./reply.ts";

/** Prove and translate one push: a URL challenge, an event or a card callback. Makes no call to Feishu. */
export async function receive(
  request: RawRequest,
  config: FeishuConfig,
  now: number,
): Promise<Receipt> {
  const proven = await prove(request, config, now);
  if (proven.type === "refused") return proven;
  const { push, at } = proven;
  if (push.form === "challenge") {
    return { type: "handshake", reply: jsonReply({ challenge: push.challenge }) };
  }
  return translate(push, at, config);
}

export type Delivered = Extract<Receipt, { type: "inbound" | "refused" }>;

/**
 * Translate one push of a long connection: the JSON of a webhook, neither encrypted nor signed, because the connection was
 * opened with the app's secret. However old it is: Feishu sends what it could not deliver once there is a connection again.
 */
export function receiveDelivered(
  payload: Uint8Array,
  config: Pick<FeishuConfig, "bot_open_id">,
  now: number,
): Delivered {
  const push = readDeliveredPush(jsonOrNull(payload));
  if (push === null) return malformed("a push over the long connection");
  return translate(push, madeAt(push) ?? now, config);
}

function madeAt(push: Push): number | null {
  if (push.form === "v2") return instantMs(push.header.create_time);
  return push.form === "v1" ? instantMs(push.ts) : null;
}

/** `at` is when the push was made, ms UTC. */
function translate(push: Push, at: number, config: Pick<FeishuConfig, "bot_open_id">): Delivered {
  const us = config.bot_open_id ?? null;
  if (push.form === "card-v1") return action(readActionV1(push, at));
  if (push.form === "v1" && push.event.type === "message") {
    return message(readMessageV1(push.event, { ts: push.ts, provenAt: at }, us));
  }
  if (push.form !== "v2") return event([]);
  const { event_type: type, event_id: eventId, create_time: createdAt } = push.header;
  if (type === "im.message.receive_v1") return message(readMessage(push.event, us));
  if (type === "im.message.recalled_v1") return message(readRecall(push.event, at));
  if (type === "im.message.updated_v1") return message(readEdit(push.event, { eventId, at }));
  if (type === "card.action.trigger") {
    return action(readAction(push.event, eventId, instantMs(createdAt) ?? at));
  }
  return event([]); // proven, and nothing to us: Feishu must hear 200 or it sends again
}

function message(item: Inbound | null | "malformed"): Delivered {
  if (item === "malformed") return malformed("a message event");
  return event(item === null ? [] : [item]);
}

function action(item: Inbound | null | "malformed"): Delivered {
  if (item === "malformed") return malformed("card.action.trigger");
  return {
    type: "inbound",
    items: item === null ? [] : [item],
    reply: async (outcome): Promise<HttpReply> => replyToAction(outcome),
  };
}

function event(items: readonly Inbound[]): Delivered {
  return { type: "inbound", items, reply: async (): Promise<HttpReply> => replyToEvent() };
}

function malformed(type: string): Delivered {
  return {
    type: "refused",
    reason: "malformed",
    detail: `${type} lacks what Feishu documents for it`,
  };
}
