import { DINGTALK_TOPICS } from "../../wire/dingtalk-frame.ts";
import { dingtalkCardSign } from "../../wire/dingtalk-sign.ts";
import { asFields, type Fields, parseFields } from "../fields.ts";
import type { Push } from "../push.ts";
import type { CardCallback, DingtalkContext } from "./context.ts";
import { streamPush } from "./stream-push.ts";

/** A click over HTTP, signed if a secret was registered. DingTalk docs: event-callback-card. */
export function cardPush(context: DingtalkContext, callback: CardCallback, body: string): Push {
  return {
    async build() {
      const headers: Record<string, string> = { "content-type": "application/json" };
      if (callback.apiSecret !== "") {
        const timestamp = String(context.clock.now());
        headers["x-ddpaas-signature-timestamp"] = timestamp;
        headers["x-ddpaas-signature"] = await dingtalkCardSign(callback.apiSecret, timestamp);
      }
      return { url: callback.callbackUrl, headers, body };
    },
    accepts: (answer) => answer.status === 200,
  };
}

/** Where the card stands, which only Stream tells. DingTalk docs: event-callback-card. */
export function spaceOf(context: DingtalkContext, chat: string, person: string) {
  const isGroup = context.world.chat(chat)?.kind === "group";
  return {
    userIdType: 1,
    spaceType: isGroup ? "IM_GROUP" : "IM_ROBOT",
    spaceId: isGroup ? chat : person,
    extension: "{}",
  };
}

/** A click over a connection, where the same content stands in two fields. DingTalk docs: event-callback-card. */
export function cardFrame(callback: { readonly content: string }): Push {
  const data = JSON.stringify({ ...callback, value: callback.content });
  return streamPush(
    () => ({ type: "CALLBACK", topic: DINGTALK_TOPICS.card, headers: {}, data }),
    (answer) => answer.status === 200,
  );
}

/** The reply in the body of an HTTP answer; an empty one changes nothing. Null where it is none. */
export function readHttpReply(body: string): Fields | null {
  return body.trim() === "" ? {} : parseFields(body);
}

/** The reply in the data of an acknowledgement, under `response`; none there changes nothing. Null where it is none. */
export function readFrameReply(body: string): Fields | null {
  const data = parseFields(body);
  return data === null ? null : asFields(data.response ?? {});
}
