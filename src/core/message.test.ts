import { expect, it } from "vitest";
import { messageText, type Part } from "./message.ts";

function text(words: string): Part {
  return { type: "text", text: words };
}

it("puts text, links and recognised speech together, in their order", () => {
  const parts: Part[] = [
    text("看这个 "),
    { type: "link", text: "说明", url: "https://example.com" },
    { type: "audio", key: "k", name: null, recognised: "漏水了" },
  ];
  expect(messageText(parts)).toBe("看这个 说明 (https://example.com)漏水了");
});

it("drops mentions of the bot and keeps those of people", () => {
  const bot: Part = { type: "mention", id: "b", name: "服务台", bot: true };
  const colleague: Part = { type: "mention", id: "c", name: "小王", bot: false };
  expect(messageText([bot, text(" 请 "), colleague, text(" 看下")])).toBe("请 @小王 看下");
});

it("says nothing for what has no words", () => {
  const parts: Part[] = [
    { type: "image", key: "k", name: "a.png", recognised: null },
    { type: "location", title: "店", latitude: 1, longitude: 2 },
    { type: "unknown", kind: "vote" },
  ];
  expect(messageText(parts)).toBe("");
  expect(messageText([])).toBe("");
});

it("trims, and makes one space of many, but keeps lines", () => {
  expect(messageText([text("  a \t b\n\nc  ")])).toBe("a b\n\nc");
});
