import type { Language, Say, Text } from "../core/text.ts";
import type { Catalog } from "./catalog.ts";
import { en } from "./en.ts";
import { zhCN } from "./zh-cn.ts";

export const CATALOGS: Readonly<Record<Language, Catalog>> = { "zh-CN": zhCN, en };

/** What stands in the place of words whose person was erased. */
const ERASED = "erased";

/** And in the place of words that were taken back: their row is blank. */
const RECALLED = "recalled";

/**
 * Words for texts. A sentence that the catalogs lack shows its key; human words that were erased or taken back show as
 * just that.
 */
export const catalogs = (language: Language, words: ReadonlyMap<string, string>): Say => {
  const catalog = CATALOGS[language];
  const say: Say = (text) => sayOne(text);

  function sayOne(text: Text): string {
    if ("literal" in text) return text.literal;
    if ("ref" in text) return wordsOf(text.ref);
    return (catalog[text.key] ?? text.key).replace(/\{(\w+)\}/g, (_all, name: string) => {
      const param = text.params?.[name];
      return typeof param === "object" ? sayOne(param) : String(param ?? "");
    });
  }

  function wordsOf(ref: string): string {
    const found = words.get(ref);
    if (found === undefined) return catalog[ERASED] ?? "";
    return found === "" ? (catalog[RECALLED] ?? "") : found;
  }

  return say;
};
