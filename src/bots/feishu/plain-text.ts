import { utf8, utf8Text } from "../../wire/bytes.ts";

const CONTROL = /(?!\n)\p{Cc}/gu;
const HALF_A_CHARACTER = /[\ud800-\udbff]$/;

/** Words that any client can show: whole characters, no control characters but line feeds, at most `longest` units. */
export function shorten(words: string, longest: number): string {
  if (words.length <= longest) return clean(words);
  return `${clean(words.slice(0, longest - 1).replace(HALF_A_CHARACTER, ""))}…`;
}

function clean(words: string): string {
  return utf8Text(utf8(words)).replace(/\r\n?/g, "\n").replace(CONTROL, " ");
}

/**
 * Take from a text what Feishu would read as a mention.
 *
 * In a text message `<at user_id="all"></at>` calls everybody in the chat, and nothing documented escapes it; a
 * zero-width space after the bracket does. Feishu docs: im-v1/message/message-content-description/create_json.
 */
export function withoutMentions(words: string): string {
  return words.replace(/<(?=\s*\/?\s*at\b)/gi, "<\u200b");
}
