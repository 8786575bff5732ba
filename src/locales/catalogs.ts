import type { Language, Say, Text } from "../core/text.ts";
import { en } from "./en.ts";
import { zhCN } from "./zh-cn.ts";

/** One language's sentences by key. `{name}` in a sentence is filled from the text's params. */
export type Catalog = Readonly<Record<string, string>>;

export const CATALOGS: Readonly<Record<Language, Catalog>> = { "zh-CN": zhCN, en };

/** What stands in the place of words whose person was erased. */
const ERASED = "erased";

/** Words for texts. A sentence that the catalogs lack shows its key; erased human words show as [erased]. */
export const catalogs = (language: Language, words: ReadonlyMap<string, string>): Say => {
  const catalog = CATALOGS[language];
  const say: Say = (text) => sayOne(text);

  function sayOne(text: Text): string {
    if ("literal" in text) return text.literal;
    if ("ref" in text) return words.get(text.ref) ?? catalog[ERASED] ?? "";
    return (catalog[text.key] ?? text.key).replace(/\{(\w+)\}/g, (_all, name: string) => {
      const param = text.params?.[name];
      return typeof param === "object" ? sayOne(param) : String(param ?? "");
    });
  }

  return say;
};
