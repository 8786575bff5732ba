import { type Say, t } from "./text.ts";

/** What fitting says of its own, in the language of the surface. */
export type FitWords = {
  /** "and n more". */
  more(n: number): string;
  /** What could not be shown, as one list of names. */
  dropped(list: string): string;
  /** "reply 1 for this". */
  reply(number: number, label: string): string;
  /** That there is a picture which cannot be shown here. */
  image(alt: string): string;
  /** How a date and time is typed. */
  readonly moment: string;
};

export type FitOptions = {
  readonly words: FitWords;
  /** A signed address where this action can be done once; null where there is none. */
  link(action: string): string | null;
  /** The command that can be typed for this action ("/催办 12"); null when there is none. */
  command(action: string): string | null;
};

/** Without words of any language: what is missing is shown by signs. */
export const WORDLESS: FitOptions = {
  words: {
    more: (n) => `… +${n}`,
    dropped: (list) => `… ${list}`,
    reply: (number, label) => `${number} ${label}`,
    image: (alt) => alt,
    moment: "2026-01-31 09:30",
  },
  link: () => null,
  command: () => null,
};

/** The words of fitting in one language. */
export function fitWords(say: Say): FitWords {
  return {
    more: (n) => say(t("card.fit.more", { n })),
    dropped: (list) => say(t("card.fit.dropped", { list })),
    reply: (number, label) => say(t("card.fit.reply", { number, label })),
    image: (alt) => say(t("card.fit.image", { alt })),
    moment: say(t("card.fit.moment")),
  };
}
