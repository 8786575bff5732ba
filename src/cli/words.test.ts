import { expect, it } from "vitest";
import { languageOf, phrase } from "./words.ts";

it("says one of a thing in the singular, and any other number in the plural", () => {
  const said = (n: number) => phrase("en", "configErrors", { n });
  expect(said(1)).toBe("1 error: the configuration cannot be used.");
  expect(said(2)).toBe("2 errors: the configuration cannot be used.");
  const letter = { kind: "outbox", id: "x", account: "feishu/hq", error: "config", at: "now" };
  expect(phrase("en", "letter", { ...letter, attempts: 1 })).toContain("after 1 try ");
  expect(phrase("en", "letter", { ...letter, attempts: 0 })).toContain("after 0 tries ");
  expect(phrase("en", "replayed", { causes: 1, events: 3 })).toBe(
    "1 cause was decided again, which gave 3 events.",
  );
  expect(phrase("zh-CN", "configErrors", { n: 1 })).toBe("1 处错误，配置不能使用。");
});

it("speaks Chinese unless the environment asks for English", () => {
  expect(languageOf({})).toBe("zh-CN");
  expect(languageOf({ LANG: "en_US.UTF-8" })).toBe("en");
  expect(languageOf({ LANG: "en_US.UTF-8", LOOPDESK_LANGUAGE: "zh-CN" })).toBe("zh-CN");
});
