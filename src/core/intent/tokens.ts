/**
 * Whether the words that `Intl.Segmenter` finds in Chinese become features beside the characters.
 *
 * Their borders follow the ICU version, so a model with `word` must be trained in the runtime that uses it.
 */
export type Segmenter = "word" | "none";

const WIDE = "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}";
const RUNS = new RegExp(
  `([${WIDE}]+)|(?:(?![${WIDE}])[\\p{L}\\p{M}\\p{N}])+|\\p{Extended_Pictographic}`,
  "gu",
);
const NUMBERS = /\p{N}+/gu;

/**
 * Features of one normalised text, repeated as often as they occur: single Chinese characters and pairs of them;
 * other words, pairs of words, and pieces of 3 and 4 letters. All numbers are alike. A prefix keeps the kinds apart.
 */
export function tokens(normalised: string, segmenter: Segmenter = "none"): string[] {
  const found: string[] = [];
  let last = "";
  for (const [run, wide] of normalised.matchAll(RUNS)) {
    if (wide !== undefined) {
      addCharacters(run, found);
      if (segmenter === "word") addSegments(run, found);
      continue;
    }
    const word = run.replace(NUMBERS, "0");
    addWord(word, last, found);
    last = word;
  }
  return found;
}

function addCharacters(run: string, into: string[]): void {
  let last = "";
  for (const character of run) {
    into.push(`c:${character}`);
    if (last !== "") into.push(`c:${last}${character}`);
    last = character;
  }
}

function addWord(word: string, last: string, into: string[]): void {
  into.push(`w:${word}`);
  if (last !== "") into.push(`b:${last} ${word}`);
  const padded = `<${word}>`;
  for (const size of [3, 4]) {
    for (let at = 0; at + size <= padded.length; at++)
      into.push(`g:${padded.slice(at, at + size)}`);
  }
}

let chinese: Intl.Segmenter | undefined; // 1 ms to make, so made once and only where it is asked for

function addSegments(run: string, into: string[]): void {
  chinese ??= new Intl.Segmenter("zh", { granularity: "word" });
  for (const { segment } of chinese.segment(run)) {
    if (segment.length > 1) into.push(`s:${segment}`);
  }
}
