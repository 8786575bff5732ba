import type { Card } from "../../core/card.ts";
import type { Content, Mention, Outbound, SurfaceRef } from "../../core/message.ts";
import type { Delivery } from "../../ports/channel.ts";
import type { ApiCall, ApiResult, FeishuApi } from "./api.ts";
import { codeOf, failure, isTargetGone } from "./failure.ts";
import { shorten, withoutMentions } from "./plain-text.ts";
import { cardContent } from "./render.ts";

const LONGEST_TEXT = 30_000; // characters; at most 4 bytes each in the request, of 150 KB

/**
 * Deliver a text or a card once. `uuid` makes Feishu show it at most once within an hour.
 *
 * An answer hangs on the message it answers, in its thread; when that one is gone it is said without. Feishu docs:
 * im-v1/message/create, im-v1/message/reply.
 */
export function send(api: FeishuApi, message: Outbound<string>): Promise<Delivery> {
  return deliver(api, message, native(message.content));
}

/** A message in Feishu's words: its kind, and its content as JSON. */
export type Native = { readonly msg_type: string; readonly content: string };

/** Deliver what is in Feishu's words already. */
export async function deliver(
  api: FeishuApi,
  message: Omit<Outbound<string>, "content">,
  said: Native,
): Promise<Delivery> {
  if (message.inReplyTo === null) return delivered(await api(plainSend(message, said)));
  const { messageId, thread } = message.inReplyTo;
  const result = await api({
    method: "POST",
    path: `/im/v1/messages/${encodeURIComponent(messageId)}/reply`,
    json: { ...said, reply_in_thread: thread !== null, uuid: message.id },
  });
  const gone = result.type === "answered" && isTargetGone(result.answer);
  return delivered(gone ? await api(plainSend(message, said)) : result);
}

/** State the whole card anew. Feishu docs: im-v1/message-card/patch (14 days, 5 a second for one card). */
export async function update(
  api: FeishuApi,
  surface: SurfaceRef,
  card: Card<string>,
): Promise<Delivery> {
  const result = await api({
    method: "PATCH",
    path: `/im/v1/messages/${encodeURIComponent(surface.remoteId)}`,
    json: { content: cardContent(card) },
  });
  const done = result.type === "answered" && codeOf(result.answer) === 0;
  return done
    ? { type: "sent", remoteId: surface.remoteId, updateTokens: [] }
    : notDelivered(result);
}

function plainSend({ to, id }: Omit<Outbound<string>, "content">, said: Native): ApiCall {
  return {
    method: "POST",
    path: `/im/v1/messages?receive_id_type=${to.kind === "chat" ? "chat_id" : "open_id"}`,
    json: { receive_id: to.id, ...said, uuid: id },
  };
}

function native(content: Content<string>): Native {
  if (content.type === "card")
    return { msg_type: "interactive", content: cardContent(content.card) };
  const words = shorten(withoutMentions(content.text), LONGEST_TEXT);
  const text = [...(content.mentions ?? []).flatMap(mentionTag), words].join(" ");
  return { msg_type: "text", content: JSON.stringify({ text }) };
}

/** Feishu docs: im-v1/message/message-content-description/create_json. */
function mentionTag({ id, name }: Mention): readonly string[] {
  return /^[\w-]{1,64}$/.test(id) && id !== "all"
    ? [`<at user_id="${id}">${name.replace(/[<>&"]/g, "")}</at>`]
    : [];
}

function delivered(result: ApiResult): Delivery {
  if (result.type !== "answered" || codeOf(result.answer) !== 0) return notDelivered(result);
  const data = result.answer.type === "answer" ? result.answer.body.data : null;
  const remoteId =
    typeof data === "object" && data !== null && "message_id" in data ? data.message_id : null;
  if (typeof remoteId === "string") return { type: "sent", remoteId, updateTokens: [] };
  return { type: "unknown", reason: "feishu 0: success, but no message_id" };
}

export function notDelivered(result: ApiResult): Extract<Delivery, { type: "failed" }> {
  return result.type === "no-token" ? result.failure : failure(result.answer);
}
