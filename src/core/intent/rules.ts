import { indexOfPhrase, normalise, wording } from "./normalise.ts";
import {
  CONTAINED,
  COURTESY_AFTER,
  COURTESY_BEFORE,
  type Command,
  DENIED,
  HARMLESS,
  SAFETY,
  WHOLE,
} from "./rule-words.ts";

/** What fixed words say. At least one of the two is set. */
export type RuleMatch = {
  readonly command: Command | null;
  /** The whole message is the command, courtesies aside; false where it is only part of what was said. */
  readonly whole: boolean;
  /** Somebody may be hurt, or the law or the press is mentioned: a person must look at once. */
  readonly safety: boolean;
};

const LONGEST_COMMAND = 60;
const LONGEST_DENIAL = 24;
const COMMAND_OF = new Map(
  Object.entries(WHOLE).flatMap(([command, words]) =>
    words.map((word) => [wording(normalise(word)), command as Command] as const),
  ),
);
const PHRASES = CONTAINED.map(([command, phrases]) => ({
  command,
  phrases: phrases.map(normalise),
}));
const BEFORE = longestFirst(COURTESY_BEFORE);
const AFTER = longestFirst(COURTESY_AFTER);

/** Look for fixed words in a normalised text; null where there are none. */
export function matchRule(normalised: string): RuleMatch | null {
  const telling = HARMLESS.reduce((rest, word) => rest.replaceAll(word, " "), normalised);
  const safety = SAFETY.some((phrase) => indexOfPhrase(telling, phrase) >= 0);
  const whole = wholeCommand(wording(normalised));
  const command = whole ?? containedCommand(telling);
  return command === null && !safety ? null : { command, whole: whole !== null, safety };
}

/** The words as they stand, then with less and less courtesy: 你好 is a greeting before it is a courtesy. */
function wholeCommand(words: string): Command | null {
  if (words.length > LONGEST_COMMAND) return null;
  for (const ended of peel(words, withoutEnd)) {
    for (const rest of peel(ended, withoutStart)) {
      const command = COMMAND_OF.get(rest);
      if (command !== undefined) return command;
    }
  }
  return null;
}

/** The words, and what is left of them each time that one more courtesy is taken away. */
function peel(words: string, shorten: (words: string) => string): string[] {
  const stages: string[] = [];
  let rest = words;
  while (rest !== "" && rest !== stages.at(-1)) {
    stages.push(rest);
    rest = shorten(rest);
  }
  return stages;
}

function withoutStart(words: string): string {
  const found = BEFORE.find((word) => words.startsWith(word) && indexOfPhrase(words, word) === 0);
  return found === undefined ? words : words.slice(found.length).trim();
}

function withoutEnd(words: string): string {
  const found = AFTER.find((word) => {
    const at = words.length - word.length;
    return words.endsWith(word) && indexOfPhrase(words, word, at) === at;
  });
  return found === undefined ? words : words.slice(0, words.length - found.length).trim();
}

function containedCommand(telling: string): Command | null {
  const found = PHRASES.find(({ phrases }) => phrases.some((phrase) => isWanted(telling, phrase)));
  return found?.command ?? null;
}

function isWanted(telling: string, phrase: string): boolean {
  let at = indexOfPhrase(telling, phrase);
  while (at >= 0) {
    if (!DENIED.test(telling.slice(Math.max(0, at - LONGEST_DENIAL), at))) return true;
    at = indexOfPhrase(telling, phrase, at + 1);
  }
  return false;
}

function longestFirst(words: readonly string[]): string[] {
  return words.map((word) => wording(normalise(word))).sort((a, b) => b.length - a.length);
}
