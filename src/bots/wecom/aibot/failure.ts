import type { FailureClass } from "../../../ports/channel.ts";
import { type Failed, failed, failureOf, own } from "../failure.ts";

/** The `errcode`s of an AI bot's own; the others mean what they mean for an app. WeCom docs: 90313. */
const CODES: Readonly<Record<string, readonly [FailureClass, string]>> = {
  "40058": ["content", "a parameter is refused"],
  "93006": ["content", "there is no such chat, or the bot is not in it"],
  "846601": ["config", "the bot is not in long connection mode"],
  "846607": ["rate", "too many messages here, or nobody has written to the bot here yet"],
  "846609": ["transient", "the connection is not subscribed"],
  "853000": ["config", "the bot_id or the secret is wrong"],
};

/**
 * 846607 has two reasons that WeCom does not tell apart: more than 30 messages a minute, which a minute heals, and
 * a chat in which nobody has spoken to the bot, which a word heals. So it is worth trying again either way.
 */
const AFTER_MS: Readonly<Record<string, number>> = { "846607": 60_000, "846609": 2000 };

/** The req_id of a reply that is not taken (any more): too old, unknown, answered before, its stream closed. */
const REPLY_CLOSED = new Set(["846604", "846605", "846606", "846608"]);

/** A card with this task_id was shown before, as ours are never malformed. */
const TASK_ID_REFUSED = new Set(["846625", "42014"]);

/** What a refusal means. The vendor's words are left out: they may repeat ours. */
export function aibotFailure(errcode: string): Failed {
  const known = own(CODES, errcode);
  if (known === undefined) return failureOf(errcode);
  return failed(known[0], `wecom ${errcode}: ${known[1]}`, AFTER_MS[errcode] ?? null);
}

export function isReplyClosed(errcode: string): boolean {
  return REPLY_CLOSED.has(errcode);
}

export function isCardKnown(errcode: string): boolean {
  return TASK_ID_REFUSED.has(errcode);
}
