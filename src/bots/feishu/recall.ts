import { z } from "zod";
import type { InboundRecall } from "../../core/message.ts";
import { instantMs } from "./instant.ts";

/** Feishu docs: im-v1/message/events/recalled. */
const recalledEvent = z.object({
  message_id: z.string().regex(/^\S{1,256}$/),
  recall_time: z.unknown().optional(),
});

/**
 * A message that somebody took back: its author, or one who may do so in its group. `provenAt` is the push's time, ms
 * UTC. A message is taken back once, so its id is the recall's identity too.
 */
export function readRecall(event: unknown, provenAt: number): InboundRecall | "malformed" {
  const read = recalledEvent.safeParse(event);
  if (!read.success) return "malformed";
  const { message_id: messageId, recall_time: at } = read.data;
  return {
    type: "recall",
    dedupeKey: `recall:${messageId}`,
    at: instantMs(at) ?? provenAt,
    recalls: `msg:${messageId}`,
    messageId,
  };
}
