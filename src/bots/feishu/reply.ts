import type { Outcome } from "../../core/message.ts";
import type { HttpReply } from "../../ports/channel.ts";
import { shorten } from "./plain-text.ts";
import { renderCard } from "./render.ts";

const LONGEST_TOAST = 200; // a toast shows two lines; Feishu states no limit

/**
 * What a click is answered with: a toast, and the card as it shall stand from now on.
 *
 * Feishu docs: cardkit-v1/card-callback-communication. The tones of an outcome are Feishu's own four toast types.
 */
export function replyToAction(outcome: Outcome<string> | "pending" | null): HttpReply {
  if (outcome === null) return jsonReply({});
  if (outcome === "pending") return jsonReply({ toast: PENDING });
  const toast = { type: outcome.tone, content: shorten(outcome.text, LONGEST_TOAST) };
  if (outcome.card === null) return jsonReply({ toast });
  return jsonReply({ toast, card: { type: "raw", data: renderCard(outcome.card) } });
}

/** What an event is answered with: Feishu looks at the status only. */
export function replyToEvent(): HttpReply {
  return jsonReply({});
}

export function jsonReply(body: unknown): HttpReply {
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}

// A channel does not know the clicker's language; Feishu picks from `i18n` by the client's.
const PENDING = {
  type: "info",
  content: "已收到，正在处理",
  i18n: { zh_cn: "已收到，正在处理", en_us: "Received, working on it" },
};
