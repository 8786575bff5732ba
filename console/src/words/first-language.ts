import type { Language } from "../../../src/core/text.ts";

/** The first of a browser's languages that the page speaks; Chinese when it speaks none of them. */
export function firstLanguage(languages: readonly string[]): Language {
  const known = languages.find((language) => /^(en|zh)\b/i.test(language));
  return known !== undefined && /^en/i.test(known) ? "en" : "zh-CN";
}
