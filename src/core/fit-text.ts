/** Words that any tool takes, whole characters only, at most so many; an ellipsis is the last when some were cut. */
export function clip(words: string, longest: number): string {
  const text = clean(words);
  if (text.length <= longest) return text;
  const characters = [...text];
  if (characters.length <= longest) return text;
  return longest < 1 ? "" : `${characters.slice(0, longest - 1).join("")}…`;
}

/** How many characters: code points, as `clip` counts. */
export function lengthOf(words: string): number {
  return [...words].length;
}

/** How many bytes in UTF-8. */
export function bytesOf(words: string): number {
  let bytes = 0;
  for (const character of words) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function clean(words: string): string {
  return words
    .replace(/\r\n?/g, "\n")
    .replace(/\p{Surrogate}/gu, "\ufffd")
    .replace(/(?!\n)\p{Cc}/gu, " ");
}

export function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\/[^\s]+$/i.test(url);
}
