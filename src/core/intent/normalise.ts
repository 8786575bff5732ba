const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cs}]/gu;
const APOSTROPHES = /[‘’ʼ]/g;
const BLANKS = /[\s\p{Cc}]+/gu;
const DECORATION = /[\p{P}\p{Sk}~]+/gu;
const BLANK_BESIDE_CHINESE = /(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu;

/**
 * One spelling for texts that look alike: full-width as half-width, lower case, no invisible or control characters,
 * single spaces and none beside a Chinese character. Never throws; normalising twice changes nothing.
 */
export function normalise(text: string): string {
  const folded = text.replace(INVISIBLE, "").normalize("NFKC").toLowerCase().normalize("NFKC");
  return squeeze(folded.replace(INVISIBLE, "").replace(APOSTROPHES, "'"));
}

/**
 * A normalised text without its punctuation: two texts of the same wording ask the same thing word for word.
 * Empty for a text of punctuation alone.
 */
export function wording(normalised: string): string {
  return squeeze(normalised.replace(DECORATION, " "));
}

function squeeze(text: string): string {
  return text.replace(BLANKS, " ").trim().replace(BLANK_BESIDE_CHINESE, "");
}

/**
 * Where a normalised text contains a normalised phrase, from `from` on; -1 where it does not. A phrase that begins or
 * ends with a Latin letter or a digit counts only at a word's edge, so that `12315` is not found inside a number.
 */
export function indexOfPhrase(normalised: string, phrase: string, from = 0): number {
  if (phrase === "") return -1;
  let at = normalised.indexOf(phrase, from);
  while (at >= 0 && !(isEdge(normalised, at) && isEdge(normalised, at + phrase.length))) {
    at = normalised.indexOf(phrase, at + 1);
  }
  return at;
}

function isEdge(text: string, at: number): boolean {
  return !(isAlphanumeric(text.charCodeAt(at - 1)) && isAlphanumeric(text.charCodeAt(at)));
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a);
}
