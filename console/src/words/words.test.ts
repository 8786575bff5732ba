import { expect, test } from "vitest";
import { en } from "./en.ts";
import { firstLanguage } from "./first-language.ts";
import { zhCN } from "./zh-cn.ts";

// The compiler sees that no word is missing; this sees that none was left untranslated or empty.
test("every word of the console exists in both languages", () => {
  for (const [key, word] of Object.entries(zhCN)) {
    if (typeof word !== "string") continue;
    const other = en[key as keyof typeof en];
    expect(word, key).toMatch(/\p{Script=Han}/u);
    expect(other, key).toMatch(/[a-z]/i);
    expect(String(other), key).not.toMatch(/\p{Script=Han}/u);
  }
});

test("Chinese sentences use Chinese punctuation", () => {
  expect(JSON.stringify(zhCN)).not.toMatch(/\p{Script=Han}[,;:?!]/u);
});

test("one attempt is not several", () => {
  expect(en.undelivered("HTTP 503", 1)).toContain("1 attempt)");
  expect(en.undelivered("HTTP 503", 4)).toContain("4 attempts)");
});

test("the first visit is in the first of the browser's languages that the page speaks", () => {
  const visits = [["en-GB", "zh"], ["fr", "en"], ["fr", "zh-TW", "en"], ["fr"], ["enm"], []];
  expect(visits.map(firstLanguage)).toEqual(["en", "en", "zh-CN", "zh-CN", "zh-CN", "zh-CN"]);
});
