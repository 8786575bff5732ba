import type { Inbound } from "../../core/message.ts";
import type { HttpReply, RawRequest, Receipt } from "../../ports/channel.ts";
import { readAction, readActionV1 } from "./action.ts";
import type { FeishuConfig } from "./config.ts";
import { instantMs } from "./instant.ts";
import { readMessage } from "./message.ts";
import { readMessageV1 } from "./message-v1.ts";
import { type Proven, prove } from "./prove.ts";
import { jsonReply, replyToAction, replyToEvent } from "./reply.ts";

/** Prove and translate one push: a URL challenge, an event or a card callback. Makes no call to Feishu. */
export async function receive(
  request: RawRequest,
  config: FeishuConfig,
  now: number,
): Promise<Receipt> {
  const proven = await prove(request, config, now);
  if (proven.type === "refused") return proven;
  const { push } = proven;
  if (push.form === "challenge") {
    return { type: "handshake", reply: jsonReply({ challenge: push.challenge }) };
  }
  return translate(proven, config);
}

function translate({ push, at }: Proven, config: FeishuConfig): Receipt {
  const us = config.bot_open_id ?? null;
  if (push.form === "card-v1") return action(readActionV1(push, at));
  if (push.form === "v1" && push.event.type === "message") {
    return message(readMessageV1(push.event, { ts: push.ts, provenAt: at }, us));
  }
  if (push.form !== "v2") return event([]);
  const { event_type: type, event_id: eventId, create_time: createdAt } = push.header;
  if (type === "im.message.receive_v1") return message(readMessage(push.event, us));
  if (type === "card.action.trigger") {
    return action(readAction(push.event, eventId, instantMs(createdAt) ?? at));
  }
  return event([]); // proven, and nothing to us: Feishu must hear 200 or it sends again
}

function message(item: Inbound | null | "malformed"): Receipt {
  if (item === "malformed") return malformed("a message event");
  return event(item === null ? [] : [item]);
}

function action(item: Inbound | null | "malformed"): Receipt {
  if (item === "malformed") return malformed("card.action.trigger");
  return {
    type: "inbound",
    items: item === null ? [] : [item],
    reply: async (outcome): Promise<HttpReply> => replyToAction(outcome),
  };
}

function event(items: readonly Inbound[]): Receipt {
  return { type: "inbound", items, reply: async (): Promise<HttpReply> => replyToEvent() };
}

function malformed(type: string): Receipt {
  return {
    type: "refused",
    reason: "malformed",
    detail: `${type} lacks what Feishu documents for it`,
  };
}
