import { utf8 } from "../../wire/bytes.ts";

/**
 * Words without half characters and control characters other than line feeds and tabs: JSON writes those as \uXXXX,
 * which WeCom refuses (40033). WeCom docs: 90313.
 */
export function printable(words: string): string {
  return words.replace(/\p{Surrogate}|(?![\n\t])\p{Cc}/gu, "");
}

export function oneLine(words: string): string {
  return printable(words.replace(/\s+/g, " ")).trim();
}

/** At most `maxCharacters` of a text, the last one an ellipsis when some were cut. */
export function clipped(text: string, maxCharacters: number): string {
  const characters = [...text];
  if (characters.length <= maxCharacters) return text;
  return `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

/** At most `maxBytes` of a text in UTF-8, ending in an ellipsis when some were cut. */
export function clippedBytes(text: string, maxBytes: number): string {
  if (byteLength(text) <= maxBytes) return text;
  let left = maxBytes - byteLength("…");
  let kept = "";
  for (const character of text) {
    left -= byteLength(character);
    if (left < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

export function byteLength(text: string): number {
  return utf8(text).length;
}
