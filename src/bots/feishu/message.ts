import { z } from "zod";
import type { InboundMessage } from "../../core/message.ts";
import { type Mention, readParts } from "./content.ts";
import { instantMs } from "./instant.ts";

const id = z.string().regex(/^\S{1,256}$/);
/** Feishu leaves it out, or leaves it empty. */
const optionalId = z.string().nullish();
const openIds = z.object({ open_id: id, user_id: optionalId });

const mention = z.object({
  key: z.string().min(1),
  id: z
    .object({ open_id: optionalId, user_id: optionalId })
    .catch({ open_id: null, user_id: null }),
  name: z.string().catch(""),
  mentioned_type: z.string().nullish(),
});

/** Feishu docs: im-v1/message/events/receive. */
const receivedEvent = z.object({
  sender: z.object({ sender_id: z.unknown().optional(), sender_type: z.string() }),
  message: z.object({
    message_id: id,
    root_id: optionalId,
    parent_id: optionalId,
    thread_id: optionalId,
    create_time: z.unknown().optional(),
    chat_id: id,
    chat_type: z.string(),
    message_type: z.string(),
    content: z.unknown().optional(),
    mentions: z.array(mention).nullish(),
  }),
});

/**
 * What somebody wrote to the bot; null for what an app wrote, ours included.
 *
 * A redelivery may carry another event id, so the message id is its identity (Feishu docs: im-v1/message/events/receive).
 */
export function readMessage(
  event: unknown,
  botOpenId: string | null,
): InboundMessage | null | "malformed" {
  const read = receivedEvent.safeParse(event);
  if (!read.success) return "malformed";
  const { sender, message } = read.data;
  if (sender.sender_type !== "user") return null;
  const senderId = openIds.safeParse(sender.sender_id);
  const at = instantMs(message.create_time);
  if (!senderId.success || at === null) return "malformed";

  const mentions = (message.mentions ?? []).map((each) => mentioned(each, botOpenId));
  const direct = message.chat_type === "p2p";
  return {
    type: "message",
    dedupeKey: `msg:${message.message_id}`,
    at,
    messageId: message.message_id,
    sender: { id: senderId.data.open_id, name: null },
    place: {
      chat: message.chat_id,
      kind: direct ? "direct" : "group",
      thread: message.thread_id ? message.root_id || message.message_id : null,
    },
    addressed: direct || mentions.some((each) => each.bot),
    quotes: message.parent_id || null,
    parts: readParts(message.message_type, message.content, mentions),
    handle: null,
  };
}

/**
 * Is it us? By the configured open_id; else by `mentioned_type`; else by the missing user id, which Feishu leaves empty
 * for apps (and, beware, for everybody where the app lacks `contact:user.employee_id:readonly`).
 */
function mentioned(each: z.infer<typeof mention>, botOpenId: string | null): Mention {
  const openId = each.id.open_id || null;
  const userId = each.id.user_id || null;
  const bot =
    botOpenId === null
      ? each.mentioned_type
        ? each.mentioned_type === "bot"
        : userId === null && openId !== null
      : openId === botOpenId;
  return { key: each.key, id: openId ?? each.key, name: each.name, bot };
}
