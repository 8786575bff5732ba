import { z } from "zod";
import type { InboundEdit, Part } from "../../core/message.ts";
import type { ReadBack } from "../../ports/channel.ts";
import { jsonOrNull } from "../../wire/json.ts";
import type { FeishuApi } from "./api.ts";
import { readParts } from "./content.ts";
import { codeOf } from "./failure.ts";
import { notDelivered } from "./send.ts";

const id = z.string().regex(/^\S{1,256}$/);

const updatedEvent = z.object({ message: z.object({ message_id: id }) });

/**
 * A message that its author changed; `at` is the push's time, ms UTC. A message can be changed often, so the event's id
 * is the edit's identity.
 *
 * `im.message.updated_v1` is on no page of Feishu's that we know, nor in its SDK's types. Two projects that get it agree
 * that its contents cannot be relied on, and read the message back by the id (github.com/deepcoldy/botmux, pull 1482).
 */
export function readEdit(
  event: unknown,
  { eventId, at }: { readonly eventId: string; readonly at: number },
): InboundEdit | "malformed" {
  const read = updatedEvent.safeParse(event);
  if (!read.success) return "malformed";
  const messageId = read.data.message.message_id;
  return {
    type: "edit",
    dedupeKey: `edit:${eventId}`,
    at,
    edits: `msg:${messageId}`,
    messageId,
  };
}

const mention = z.object({
  key: z.string().min(1),
  id: z.string().catch(""),
  id_type: z.string().catch(""),
  name: z.string().catch(""),
});

const item = z.object({
  msg_type: z.string(),
  body: z.object({ content: z.string() }),
  mentions: z.array(mention).catch([]),
});

/** What a message says now. Feishu docs: im-v1/message/get. */
export async function readBack(
  api: FeishuApi,
  botOpenId: string | null,
  messageId: string,
): Promise<ReadBack> {
  const path = `/im/v1/messages/${encodeURIComponent(messageId)}`;
  const result = await api({ method: "GET", path });
  if (result.type !== "answered" || codeOf(result.answer) !== 0) return notDelivered(result);
  const data = result.answer.type === "answer" ? result.answer.body.data : null;
  const read = z.object({ items: z.tuple([item]).rest(z.unknown()) }).safeParse(data);
  if (!read.success) {
    const reason = "feishu 0: success, but no message";
    return { type: "failed", class: "content", afterMs: null, reason };
  }
  const [message] = read.data.items;
  const mentions = message.mentions.map((each) => ({
    ...each,
    bot: each.id === botOpenId || each.id_type === "app_id",
  }));
  return { type: "read", parts: partsOf(message.msg_type, message.body.content, mentions) };
}

/** The editor puts the lines of a text into paragraphs (github.com/deepcoldy/botmux, pull 1482). */
function partsOf(
  type: string,
  content: string,
  mentions: Parameters<typeof readParts>[2],
): readonly Part[] {
  const json = type === "text" ? jsonOrNull(content) : null;
  const text = typeof json === "object" && json !== null ? Reflect.get(json, "text") : null;
  if (typeof text !== "string" || !/^<p[\s>]/.test(text)) return readParts(type, content, mentions);
  const lines = text.replace(/<\/p>\s*<p(?:\s[^<>]*)?>/g, "\n").replace(/<\/?p(?:\s[^<>]*)?>/g, "");
  return readParts(type, JSON.stringify({ text: lines }), mentions);
}
