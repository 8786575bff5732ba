import { KIND_WORDS } from "../core/attachment.ts";
import { clip } from "../core/fit-text.ts";
import { deriveId } from "../core/id.ts";
import { type InboundMessage, messageText, type Part } from "../core/message.ts";
import { literal, type Say, t } from "../core/text.ts";
import type { InboxRow } from "../ports/store.ts";
import type { Hub, Setup } from "./hub.ts";
import { inboxId } from "./receive-recall.ts";

/** So much of a quoted message stands beside the words that quote it, in characters. */
const QUOTED_LONGEST = 100;

/** What a message says; without words of its own, what came instead of them. Empty for what nobody here can read. */
export function messageWords(parts: readonly Part[], say: Say): string {
  return messageText(parts) || parts.flatMap((part) => instead(part, say)).join(" ");
}

function instead(part: Part, say: Say): string[] {
  if (part.type === "location") {
    const at = `${part.latitude}, ${part.longitude}`;
    const place = part.title === "" ? at : `${part.title} (${at})`;
    return [say(t("message.location", { place: literal(place) }))];
  }
  if (!("key" in part)) return [];
  return [part.name === null ? say(t(KIND_WORDS[part.type])) : `[${part.name}]`];
}

/** Is there nothing in it but what nobody here can read? */
export function isUnreadable(parts: readonly Part[], words: string): boolean {
  return words === "" && parts.some(({ type }) => type === "unknown");
}

/** The words with what they quote behind them, as they are kept for people. */
export function withQuoted(words: string, quoted: string | null, say: Say): string {
  if (words === "" || quoted === null) return words;
  return say(t("message.quoted", { words: literal(words), quoted: literal(quoted) }));
}

/**
 * What a message quotes, as we have it, else as its vendor tells it; null for nothing, or for what was taken back.
 * What we said ourselves is not looked up: the chat knows it. Nor is anything in a thread, where every message quotes.
 */
export async function quotedWords(
  hub: Hub,
  setup: Setup,
  row: InboxRow,
  message: InboundMessage,
): Promise<string | null> {
  if (message.place.thread !== null) return null;
  const ids = textsOfQuoted(setup, row, message);
  const kept = ids.length === 0 ? new Map<string, string>() : await hub.store.texts(ids);
  const own = ids.map((id) => kept.get(id)).find((words) => words !== undefined);
  const words = (own ?? message.quoted ?? "").replace(/\s+/g, " ").trim();
  return words === "" ? null : clip(words, QUOTED_LONGEST);
}

/** The rows that would hold the quoted words, one for each feed it can have come by. A dedupe key ends with its message's id. */
function textsOfQuoted(
  setup: Setup,
  { account }: InboxRow,
  { quotes, dedupeKey, messageId }: InboundMessage,
): string[] {
  if (quotes === null || !dedupeKey.endsWith(messageId)) return [];
  const key = dedupeKey.slice(0, -messageId.length) + quotes;
  const feeds = setup.accounts.get(account)?.feeds ?? [];
  return feeds.map((feed) => deriveId(inboxId(account, feed, key), "text"));
}
