import { normalise } from "./normalise.ts";

const MOST = 90; // D1 binds at most 100 values in one statement
const READ_CHARACTERS = 500;
const LONGEST = 12; // a Chinese character or a word of another script counts 1
const MOST_WORDS = 4;
const USUAL = 4;

const SENTENCE_ENDS = /[,.。!?;:、|]+ ?/u;
const DECORATION = /[\s\p{P}\p{S}]+/gu;
const UNITS = /\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;
const CHINESE = /\p{Script=Han}/u;

/** Words that stand around a name in a request and hardly ever in one. */
const AROUND = /[的了吗呢吧啊呀我你您他她它们请帮这那哪怎么没是在把坏不]/u;

/** Words that names of places end with. */
const NAME_END = /(?:店|铺|馆|厅|站|广场|中心|商场|百货|城|路|街|号|区|部)$/u;

/** A store's name, code or alias in the form in which `mentions` returns it: an index keeps this form. */
export function normaliseName(name: string): string {
  return normalise(name).replace(DECORATION, "");
}

/**
 * What in a text might name a store, for a look-up in an index of `normaliseName`: codes first (letters with digits,
 * or 3 digits and more), then runs of 2 to 12 Chinese characters and of up to 4 other words, longest first.
 *
 * Reads the first 500 characters and returns at most 90 candidates. Where there are more, those stay that look most
 * like a name: ending like one, standing where one would begin, or of the usual length.
 */
export function mentions(text: string): string[] {
  const doubts = new Map<string, number>();
  for (const sentence of normalise(text).slice(0, READ_CHARACTERS).split(SENTENCE_ENDS)) {
    const units = sentence.match(UNITS) ?? [];
    for (const start of units.keys()) addFrom(units, start, doubts);
  }
  return [...doubts]
    .sort(([a, doubtA], [b, doubtB]) => doubtA - doubtB || unusual(a) - unusual(b))
    .slice(0, MOST)
    .sort(
      ([a, doubtA], [b, doubtB]) =>
        Math.min(doubtA, 1) - Math.min(doubtB, 1) || b.length - a.length,
    )
    .map(([candidate]) => candidate);
}

function addFrom(units: readonly string[], start: number, into: Map<string, number>): void {
  const fresh = start === 0 || AROUND.test(units[start - 1] ?? "");
  for (let count = 1; count <= LONGEST && start + count <= units.length; count++) {
    const candidate = units.slice(start, start + count).join("");
    if (!CHINESE.test(candidate) && count > MOST_WORDS) return;
    const doubt = doubtOf(candidate, fresh);
    if (doubt !== null) into.set(candidate, Math.min(doubt, into.get(candidate) ?? doubt));
  }
}

/** 0 for a code, more the less a candidate looks like a name, null for what can be none. */
function doubtOf(candidate: string, fresh: boolean): number | null {
  if (!CHINESE.test(candidate)) {
    if (/^\d*$/.test(candidate)) return candidate.length >= 3 ? 0 : null;
    if (/\d/.test(candidate)) return 0;
    return candidate.length >= 3 ? 2 : null;
  }
  if (candidate.length < 2) return null;
  if (AROUND.test(candidate)) return 4;
  if (NAME_END.test(candidate)) return 1;
  return fresh ? 2 : 3;
}

function unusual(candidate: string): number {
  return Math.abs(candidate.length - USUAL);
}
