import { nearest } from "../config/nearest.ts";
import { COMMANDS, commandNamed } from "./commands.ts";

/** A typed command as it was read, before anybody asked whether it may be. */
export type Typed = {
  /** Name of the command; null where the word after the slash is none of ours. */
  readonly name: string | null;
  /** The word after the slash, as it was written. */
  readonly word: string;
  /** The number of the ticket, where one is named. */
  readonly number: number | null;
  /** Everything behind that; empty where nothing is. */
  readonly rest: string;
};

/** Words after the slash to names of commands: those of the program, and those that the configuration adds. */
export type CommandWords = ReadonlyMap<string, string>;

/** The words of the program itself. */
export const OWN_WORDS: CommandWords = new Map(
  COMMANDS.flatMap(({ name, words }) =>
    [...words["zh-CN"], ...words.en].map((word) => [foldWord(word), name] as const),
  ),
);

/** The words of the program, and those that a desk adds. */
export function commandWords(added: CommandWords): CommandWords {
  return added.size === 0 ? OWN_WORDS : new Map([...added, ...OWN_WORDS]);
}

const SLASH = /^\s*[/／]\s*/u;
/** A number as people write it: 12, #12, No.12, 工单12, １２号. */
const NUMBER =
  /^\s*(?<mark>(?:工单|单号)?\s*(?:[#＃№]|[nNｎＮ][oOｏＯ]\s*[.．。:：]?)?)\s*(?<digits>[0-9０-９]{1,9})(?![0-9０-９])(?<unit>\s*号(?:单|工单)?)?/u;
/** What may stand between a command and its words: blanks, and one colon or comma. */
const GAP = /^\s*[:：,，、]?\s*/u;
const LONGEST_STRANGE_WORD = 16;
const REPLY_MARK = /^\s*(?<word>回复|备注|reply|note)\s*[:：]\s*/iu;

/** One spelling of what is typed after the slash. */
export function foldWord(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .trim()
    .replace(/^\/+\s*/, "");
}

/**
 * Read a typed command; null for a text that begins with no slash. `near` is the number of the ticket on whose card the
 * text hangs: there, a bare number before words that is another one (回复 2 点到) belongs to the words.
 */
export function readTyped(
  text: string,
  words: CommandWords,
  near: number | null = null,
): Typed | null {
  const slash = SLASH.exec(text);
  if (slash === null) return null;
  const body = text.slice(slash[0].length);
  const found = longestWord(body, words);
  if (found === null) return strange(body);
  const takes = commandNamed(found.name)?.takes;
  const own = takes === "text" || takes === "reason" ? near : null;
  const word = body.slice(0, found.length);
  return { ...argumentsOf(body.slice(found.length), own), name: found.name, word };
}

/** 回复：… and 备注：… as people begin an answer in a ticket's thread; null for any other text. */
export function readMark(text: string): Typed | null {
  const mark = REPLY_MARK.exec(text);
  if (mark === null) return null;
  const word = mark.groups?.word ?? "";
  const name = OWN_WORDS.get(foldWord(word)) ?? null;
  return { name, word, number: null, rest: text.slice(mark[0].length).trim() };
}

const PICK = /^(?:回复|reply)?([1-9一二三四五六七八九])(?:号)?$/u;
const NUMERALS = "一二三四五六七八九";

/** The place that a text picks by its number, from 0: 1, 1., ①, 回复1, 一. Null for any other text. */
export function readPick(text: string): number | null {
  const bare = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, "");
  const digit = PICK.exec(bare)?.[1];
  if (digit === undefined) return null;
  const numeral = NUMERALS.indexOf(digit);
  return numeral >= 0 ? numeral : Number(digit) - 1;
}

/** The name of the command that a mistyped word most likely stands for. */
export function meantBy(word: string, words: CommandWords): string | null {
  const meant = nearest(foldWord(word), words.keys());
  return meant === null ? null : (words.get(meant) ?? null);
}

/** The longest known word at the beginning. One of Latin letters ends where no further letter follows. */
function longestWord(
  body: string,
  words: CommandWords,
): { readonly name: string; readonly length: number } | null {
  const letters = [...body.slice(0, 40)];
  for (let count = letters.length; count > 0; count -= 1) {
    const head = letters.slice(0, count).join("");
    const name = head.trim() === head ? words.get(foldWord(head)) : undefined;
    if (name === undefined) continue;
    const runsOn =
      /\p{Script=Latin}$/u.test(head) && /^[\p{Script=Latin}/_-]/u.test(body.slice(head.length));
    if (!runsOn) return { name, length: head.length };
  }
  return null;
}

function argumentsOf(behind: string, near: number | null): Pick<Typed, "number" | "rest"> {
  const found = NUMBER.exec(behind);
  const number = Number((found?.groups?.digits ?? "").normalize("NFKC"));
  const marked = (found?.groups?.mark ?? "").trim() !== "" || found?.groups?.unit !== undefined;
  const isNamed = found !== null && (marked || near === null || near === number);
  const rest = isNamed ? behind.slice(found[0].length) : behind;
  return { number: isNamed ? number : null, rest: rest.replace(GAP, "").trim() };
}

/** A slash before something that is no command: most likely a mistyped one, unless it is a path or a long text. */
function strange(body: string): Typed | null {
  const word = /^[\p{L}_-]+/u.exec(body)?.[0] ?? "";
  const next = body.slice(word.length);
  const isWord = word !== "" && [...word].length <= LONGEST_STRANGE_WORD && !next.startsWith("/");
  return isWord ? { ...argumentsOf(next, null), name: null, word } : null;
}
