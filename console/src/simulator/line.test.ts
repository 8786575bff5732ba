import { expect, test } from "vitest";
import type { ToolView } from "../../../src/simulator/tool.ts";
import { lastWords, toolLines } from "./line.ts";

const VIEW: ToolView = {
  tool: "wecom",
  people: [{ id: "zhou", name: "周涛", title: "值班" }],
  chats: [{ id: "zhou", name: "周涛", kind: "direct", members: ["zhou"] }],
  messages: [
    {
      id: "1",
      chat: "zhou",
      from: "zhou",
      at: 1,
      quotes: null,
      body: { type: "text", text: "漏水" },
    },
    {
      id: "2",
      chat: "zhou",
      from: "bot",
      at: 2,
      quotes: "1",
      body: { type: "card", native: { main_title: { title: "工单" } }, edition: 3 },
    },
    {
      id: "3",
      chat: "else",
      from: "gone",
      at: 3,
      quotes: "lost",
      body: { type: "attachment", kind: "image", name: "a.jpg" },
    },
  ],
};

test("a chat's lines say whose they are and what they answer, and its cards are read as its tool's", () => {
  expect(toolLines(VIEW, { person: "zhou", chat: "zhou" })).toMatchObject([
    { id: "1", mine: true, author: { name: "周涛" }, quote: null },
    {
      id: "2",
      mine: false,
      author: null,
      quote: "漏水",
      body: { type: "card", edition: 3, card: { title: "工单" } },
    },
  ]);
});

test("somebody who is not known is called by the id, and a quote that is gone is left out", () => {
  expect(toolLines(VIEW, { person: "zhou", chat: "else" })).toMatchObject([
    { author: { id: "gone", name: "gone" }, quote: null },
  ]);
});

test("the last words of a chat are its newest message in brief", () => {
  expect(["zhou", "else", "none"].map((chat) => lastWords(VIEW, chat))).toEqual([
    "工单",
    "a.jpg",
    "",
  ]);
});
