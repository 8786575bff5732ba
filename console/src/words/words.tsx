import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import type { Language } from "../../../src/core/text.ts";
import { en } from "./en.ts";
import { firstLanguage } from "./first-language.ts";
import { type Words, zhCN } from "./zh-cn.ts";

const REMEMBERED = "loopdesk.language";
const CATALOGS: Readonly<Record<Language, Words>> = { "zh-CN": zhCN, en };

type Speaking = {
  readonly language: Language;
  readonly words: Words;
  readonly speak: (language: Language) => void;
};

const Context = createContext<Speaking>({ language: "zh-CN", words: zhCN, speak: () => {} });

/** Puts everything inside into the language that this browser chose last; at first into its own one. */
export function WordsProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState(remembered);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speaking = useMemo(
    () => ({
      language,
      words: CATALOGS[language],
      speak: (next: Language) => {
        remember(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Context value={speaking}>{children}</Context>;
}

/** The words of the page, which language they are in, and how to change it. */
export function useWords(): Speaking {
  return use(Context);
}

function remembered(): Language {
  try {
    const chosen = localStorage.getItem(REMEMBERED);
    if (chosen === "en" || chosen === "zh-CN") return chosen;
  } catch {
    // A browser may forbid storage; each visit is then the first.
  }
  return firstLanguage(navigator.languages);
}

function remember(language: Language): void {
  try {
    localStorage.setItem(REMEMBERED, language);
  } catch {
    // Nothing is lost but the memory of the choice.
  }
}
