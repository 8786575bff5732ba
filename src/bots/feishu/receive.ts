import type { Inbound } from "../../core/message.ts";
import type { HttpReply, RawRequest, Receipt } from "../../ports/channel.ts";
import { readAction, readActionV1 } from "./action.ts";
import type { FeishuConfig } from "./config.ts";
import { instantMs } from "./instant.ts";
import { readMessage } from "./message.ts";
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
  if (push.form === "card-v1") return action(readActionV1(push, at));
  if (push.form === "v2" && push.header.event_type === "card.action.trigger") {
    const { event_id: eventId, create_time: clickedAt } = push.header;
    return action(readAction(push.event, eventId, instantMs(clickedAt) ?? at));
  }
  if (push.form === "v2" && push.header.event_type === "im.message.receive_v1") {
    const message = readMessage(push.event, config.bot_open_id ?? null);
    if (message === "malformed") return malformed("im.message.receive_v1");
    return event(message === null ? [] : [message]);
  }
  return event([]); // proven, and nothing to us: Feishu must hear 200 or it sends again
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
