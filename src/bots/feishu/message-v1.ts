import { z } from "zod";
import type { InboundMessage } from "../../core/message.ts";
import { mentionedIds, readPartsV1 } from "./content-v1.ts";
import { instantMs } from "./instant.ts";

const id = z.string().regex(/^\S{1,256}$/);
const words = z.string().catch("");

/** Feishu docs: deprecated version, message events (uMTNxYjLzUTM24yM1EjN), receiving messages. */
const messageEvent = z.object({
  open_id: id,
  open_message_id: id,
  open_chat_id: id,
  chat_type: words,
  parent_id: words,
  is_mention: z.boolean().catch(false),
  msg_type: words,
  text: words,
  text_without_at_bot: words,
  title: words,
  image_key: words,
  image_keys: z.array(words).catch([]),
  file_key: words,
});

type MessageEvent = z.infer<typeof messageEvent>;

/**
 * What somebody wrote to the bot, from the older envelope; `ts` is its time, `provenAt` the push's, ms UTC.
 *
 * The same message in both envelopes has one dedupe key. The old form knows no threads: a root is that of a quotation.
 */
export function readMessageV1(
  event: unknown,
  { ts, provenAt }: { readonly ts: unknown; readonly provenAt: number },
  botOpenId: string | null,
): InboundMessage | "malformed" {
  const read = messageEvent.safeParse(event);
  if (!read.success) return "malformed";
  const message = read.data;
  const parts = readPartsV1(
    {
      kind: message.msg_type,
      text: message.text,
      title: message.title,
      imageKey: message.image_key,
      imageKeys: message.image_keys,
      fileKey: message.file_key,
    },
    botOf(message, botOpenId),
  );
  const direct = message.chat_type === "private";
  const mentions = parts.filter((part) => part.type === "mention");
  const named = mentions.length === 0 ? message.is_mention : mentions.some(({ bot }) => bot);
  return {
    type: "message",
    dedupeKey: `msg:${message.open_message_id}`,
    at: instantMs(ts) ?? provenAt,
    messageId: message.open_message_id,
    sender: { id: message.open_id, name: null },
    place: { chat: message.open_chat_id, kind: direct ? "direct" : "group", thread: null },
    addressed: direct || named,
    quotes: message.parent_id === "" ? null : message.parent_id,
    parts,
    handle: null,
  };
}

/** We are the one of the configured open_id; else whom Feishu has left out of `text_without_at_bot`. */
function botOf(message: MessageEvent, botOpenId: string | null): (id: string) => boolean {
  if (botOpenId !== null) return (mentioned) => mentioned === botOpenId;
  const others = mentionedIds(message.text_without_at_bot);
  return (mentioned) => message.is_mention && !others.has(mentioned);
}
