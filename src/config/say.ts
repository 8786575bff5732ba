import type { Language } from "../core/text.ts";

export type Words = Readonly<Record<Language, string>>;

/** A sentence in every language. */
export function say(zh: string, en: string): Words {
  return { "zh-CN": zh, en };
}
