import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { everyText } from "../../test/support/every-text.ts";
import { LANGUAGES, literal, t } from "../core/text.ts";
import { CATALOGS, catalogs } from "./catalogs.ts";

const SRC = fileURLToPath(new URL("..", import.meta.url));

const SOURCES = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.ts$/.test(path) && !/\.test\.ts$|(^|\/)locales\/(en|zh-cn)\b/.test(path))
  .map((path) => readFileSync(join(SRC, path), "utf8"))
  .join("\n");

/** The first capture of every match in the sources. */
function found(pattern: RegExp): Set<string> {
  return new Set([...SOURCES.matchAll(pattern)].map(([, captured = ""]) => captured));
}

const WRITTEN = found(/(?<![\w.])t\(\s*"([^"]+)"/g);
const PREFIXES = found(/(?<![\w.])t\(\s*`([^`$]*)\$\{/g);
const QUOTED = found(/"([^"\n]+)"/g);
const REFUSALS = [
  ...readFileSync(join(SRC, "core/refusal.ts"), "utf8").matchAll(/^ {2}\| "(\w+)"/gm),
].map(([, code]) => `refusal.${code}`);
const EXERCISED = everyText();
const KEYS = Object.keys(CATALOGS.en);

function paramsOf(sentence: string | undefined): string[] {
  return [...(sentence ?? "").matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).sort();
}

describe("the catalogs", () => {
  it("hold the same sentences, in the same order, with the same params, and none empty", () => {
    for (const language of LANGUAGES) {
      expect(Object.keys(CATALOGS[language])).toEqual(KEYS);
      for (const key of KEYS) {
        expect([key, paramsOf(CATALOGS[language][key])]).toEqual([key, paramsOf(CATALOGS.en[key])]);
        expect(CATALOGS[language][key]?.trim()).not.toBe("");
      }
    }
  });

  it("hold every sentence that is asked for by its whole key, and something under every beginning of one", () => {
    expect(WRITTEN.size).toBeGreaterThan(30);
    expect([...WRITTEN].filter((key) => !KEYS.includes(key))).toEqual([]);
    expect(PREFIXES.size).toBeGreaterThan(10);
    expect([...PREFIXES].filter((prefix) => !KEYS.some((key) => key.startsWith(prefix)))).toEqual(
      [],
    );
  });

  it("hold the words of every refusal", () => {
    expect(REFUSALS.length).toBeGreaterThan(10);
    expect(REFUSALS.filter((key) => !KEYS.includes(key))).toEqual([]);
  });

  it("hold no sentence that nothing says", () => {
    const exercised = EXERCISED.map(({ key }) => key);
    const used = new Set([...exercised, ...REFUSALS, ...QUOTED, ...WRITTEN]);
    expect(KEYS.filter((key) => !used.has(key))).toEqual([]);
  });
});

describe("whatever the core says", () => {
  it("has words in every language, and all that the words need", () => {
    expect(new Set(EXERCISED.map(({ key }) => key)).size).toBeGreaterThan(100);
    for (const text of EXERCISED) {
      for (const language of LANGUAGES) {
        const sentence = CATALOGS[language][text.key];
        expect([text.key, typeof sentence]).toEqual([text.key, "string"]);
        for (const name of paramsOf(sentence))
          expect([text.key, Object.keys(text.params ?? {})]).toEqual([
            text.key,
            expect.arrayContaining([name]),
          ]);
        expect(catalogs(language, new Map())(text)).not.toMatch(/\{\w+\}|undefined|\[object|NaN/);
      }
    }
  });
});

describe("catalogs", () => {
  const words = new Map([["w1", "冰柜{number}漏水"]]);
  const say = catalogs("en", words);

  it("says literals and people's words as they are", () => {
    expect(say(literal("{n}"))).toBe("{n}");
    expect(say({ ref: "w1" })).toBe("冰柜{number}漏水");
  });

  it("says that words were erased, in the language", () => {
    expect(say({ ref: "gone" })).toBe("[erased]");
    expect(catalogs("zh-CN", words)({ ref: "gone" })).toBe("[已删除]");
  });

  it("fills a sentence with words, numbers and other sentences, and never fills what people wrote", () => {
    const text = t("tell.replied", { number: 7, who: t("card.desk"), text: { ref: "w1" } });
    expect(say(text)).toBe("Ticket #7, Service desk: 冰柜{number}漏水");
    expect(catalogs("zh-CN", words)(text)).toBe("工单 #7 服务台 回复：冰柜{number}漏水");
  });

  it("takes no dollar sign in people's words for a command", () => {
    const priced = catalogs("en", new Map([["w", "$& $1 $'"]]));
    expect(priced(t("card.resolution", { text: { ref: "w" } }))).toBe("Resolution: $& $1 $'");
  });

  it("leaves out what is not given, and shows the key of an unknown sentence", () => {
    expect(say(t("times"))).toBe("×");
    expect(say(t("no.such.key"))).toBe("no.such.key");
  });
});
