import { utf8 } from "../../wire/bytes.ts";

/** No value of a card's variable may be longer, in UTF-8. DingTalk docs: create-and-deliver-cards. */
export const VARIABLE_BYTES = 1024;

/** How many bytes a text has in UTF-8, which is what DingTalk counts. */
export function byteLength(text: string): number {
  return utf8(text).length;
}

/**
 * What `show` makes of the longest beginning of `words` for which that has at most `maxBytes` bytes.
 *
 * Words that are cut end in an ellipsis; empty when not even that fits. `show` must not shrink as its words grow.
 */
export function shortened(
  words: string,
  maxBytes: number,
  show: (words: string) => string = (text) => text,
): string {
  const whole = show(words);
  if (byteLength(whole) <= maxBytes) return whole;
  const characters = [...words];
  const cut = (count: number) => show(`${characters.slice(0, count).join("").trimEnd()}…`);
  let fits = -1;
  let tooMany = characters.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (byteLength(cut(middle)) <= maxBytes) fits = middle;
    else tooMany = middle;
  }
  return fits < 0 ? "" : cut(fits);
}

/** At most `maxCharacters` of a text, the last one an ellipsis when some were cut. */
export function clipped(text: string, maxCharacters: number): string {
  const characters = [...text];
  if (characters.length <= maxCharacters) return text;
  return `${characters.slice(0, maxCharacters - 1).join("")}…`;
}
