import { type Content, type Destination, type Mention, withNames } from "../../../core/message.ts";
import { clippedBytes, printable } from "../shorten.ts";

/** WeCom docs: 101031, 101138. */
const MARKDOWN_BYTES = 20_480;

const USERID = /^[0-9A-Za-z][\w.@-]{0,63}$/;

const URL_IN_TEXT = /(https?:\/\/[^\s<>]+)/;
const MARKS = /[\\`*_[\]<>|~]/g;
/** What makes a heading, a list or a rule of a line. */
const LINE_MARKS = /^([ \t]*(?:\d+(?=[.)]))?)([#+=.)-])/gm;
/** An ellipsis after a backslash that escapes nothing, because what it escaped was cut off. */
const CUT_MARK = /(?<!\\)((?:\\\\)*)\\…$/;

/** A text with those who are meant before it: called in a group, and by name where there is nobody to call. */
export function textMarkdown(
  { text, mentions = [] }: Extract<Content<string>, { readonly type: "text" }>,
  to: Destination,
): string {
  const called = to.kind === "chat" ? mentions.filter(isCallable) : [];
  const named = mentions.filter((mention) => !called.includes(mention));
  const calls = called.map(({ id }) => `<@${id}>`).join(" ");
  const words = markdownOf(withNames(text, named), MARKDOWN_BYTES - calls.length - 1);
  return calls === "" ? words : `${calls} ${words}`;
}

/** What calls a member in WeCom's markdown (WeCom docs: 99110); "all" would call everybody. */
function isCallable({ id }: Mention): boolean {
  return USERID.test(id) && id.toLowerCase() !== "all";
}

/**
 * Words as a markdown text that reads just like them; addresses stay what they are. At most `bytes`, the rest cut off with
 * an ellipsis.
 */
export function markdownOf(words: string, bytes: number = MARKDOWN_BYTES): string {
  const escaped = printable(words)
    .split(URL_IN_TEXT)
    .map((piece, at) => (at % 2 === 1 ? piece : piece.replace(MARKS, "\\$&")))
    .join("")
    .replace(LINE_MARKS, "$1\\$2");
  return clippedBytes(escaped, bytes).replace(CUT_MARK, "$1…");
}
