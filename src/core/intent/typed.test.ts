import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "./commands.ts";
import {
  commandWords,
  foldWord,
  meantBy,
  OWN_WORDS,
  readMark,
  readPick,
  readTyped,
} from "./typed.ts";

const read = (text: string, near: number | null = null) => readTyped(text, OWN_WORDS, near);

describe("the table of commands", () => {
  it("gives every word to one command", () => {
    const words = COMMANDS.flatMap(({ words }) => [...words["zh-CN"], ...words.en]).map(foldWord);
    expect(new Set(words).size).toBe(words.length);
  });

  it("has a word of each language for every command", () => {
    for (const { words } of COMMANDS)
      expect([words["zh-CN"].length, words.en.length].every((count) => count > 0)).toBe(true);
  });

  it.each(
    COMMANDS.flatMap(({ name, words }) =>
      [...words["zh-CN"], ...words.en].map((word) => [word, name]),
    ),
  )("reads /%s", (word, name) => {
    expect(read(`/${word}`)).toMatchObject({ name, number: null, rest: "" });
    expect(read(`／${word.toUpperCase()} 12`)).toMatchObject({ name, number: 12, rest: "" });
  });
});

describe("a typed command", () => {
  it.each([
    ["/接单 12", "claim", 12, ""],
    ["/接单12", "claim", 12, ""],
    [" ／ 接单１２ ", "claim", 12, ""],
    ["/接单 #12", "claim", 12, ""],
    ["/接单 No.12", "claim", 12, ""],
    ["/接单 №12", "claim", 12, ""],
    ["/接单 工单12号", "claim", 12, ""],
    ["/回复12半小时到", "comment", 12, "半小时到"],
    ["/回复 #12：半小时到", "comment", 12, "半小时到"],
    ["/reply 12 On my way", "comment", 12, "On my way"],
    ["/Claim12", "claim", 12, ""],
    ["/解决换了压缩机", "resolve", null, "换了压缩机"],
    ["/设置 12 门店=S001", "set", 12, "门店=S001"],
    ["/等第三方 12 等配件", "wait_external", 12, "等配件"],
    ["/回复 12 第一行\n第二行", "comment", 12, "第一行\n第二行"],
  ])("%s", (text, name, number, rest) => {
    expect(read(text)).toMatchObject({ name, number, rest });
  });

  it.each(["hello", "接单 12", "/", "/12", "/etc/passwd", "1/2", "/claim/12", ""])(
    "is not what is written as %j",
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  it.each([
    ["/helpme", "helpme"],
    ["/接弹 12", "接弹"],
  ])("may be of a strange word: %s", (text, word) => {
    expect(read(text)).toMatchObject({ name: null, word });
  });

  it("under a card takes a bare number that is another ticket's for words", () => {
    expect(read("/回复 2 点到", 12)).toMatchObject({ number: null, rest: "2 点到" });
    expect(read("/回复 12 点到", 12)).toMatchObject({ number: 12, rest: "点到" });
    expect(read("/回复 #2 点到", 12)).toMatchObject({ number: 2, rest: "点到" });
    expect(read("/接单 2", 12)).toMatchObject({ number: 2 });
  });

  it("has the words that a desk adds, but never in the place of the program's", () => {
    const words = commandWords(
      new Map([
        ["催一下", "urge"],
        ["接单", "urge"],
      ]),
    );
    expect(readTyped("/催一下 3", words)).toMatchObject({ name: "urge", number: 3 });
    expect(readTyped("/接单 3", words)).toMatchObject({ name: "claim" });
  });

  it("never throws, and loses nothing of the words", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const typed = read(`/回复 #12 ${text}`);
        expect(typed?.number).toBe(12);
        expect(text).toContain(typed?.rest.slice(1) ?? "");
        read(`/${text}`);
        readPick(text);
        readMark(text);
      }),
    );
  });
});

describe("a mistyped word", () => {
  it.each([
    ["接弹", "claim"],
    ["clam", "claim"],
    ["催办一", "urge"],
  ])("%s stands for %s", (word, name) => {
    expect(meantBy(word, OWN_WORDS)).toBe(name);
  });

  it("stands for nothing when nothing is near", () => {
    expect(meantBy("天气预报", OWN_WORDS)).toBeNull();
  });
});

describe("a mark at the beginning", () => {
  it.each([
    ["回复：马上到", "comment", "马上到"],
    [" 备注: 别忘了", "note", "别忘了"],
    ["Reply: on my way", "comment", "on my way"],
  ])("%s", (text, name, rest) => {
    expect(readMark(text)).toMatchObject({ name, rest });
  });

  it("needs its colon", () => {
    expect(readMark("回复一下客户")).toBeNull();
  });
});

describe("a number that picks", () => {
  it.each([
    ["1", 0],
    ["1.", 0],
    ["①", 0],
    ["回复1", 0],
    ["（3）", 2],
    ["九", 8],
  ])("%s", (text, place) => {
    expect(readPick(text)).toBe(place);
  });

  it.each(["0", "10", "1号机坏了", "1 2", "", "第一"])("is not %j", (text) => {
    expect(readPick(text)).toBeNull();
  });
});
