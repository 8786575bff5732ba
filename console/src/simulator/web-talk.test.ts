import { describe, expect, test } from "vitest";
import type { Card } from "../../../src/core/card.ts";
import { type WebMessage, webLines, withCard, withMessage } from "./web-talk.ts";

const cardOf = (title: string): Card<string> => ({
  tone: "info",
  title,
  subtitle: null,
  blocks: [],
  controls: [],
});

const asked: WebMessage = {
  id: "a",
  at: 10,
  from: "visitor",
  content: { type: "text", text: "您好" },
};
const shown: WebMessage = {
  id: "b",
  at: 20,
  from: "desk",
  content: { type: "card", card: cardOf("待接单") },
};

describe("the web chat", () => {
  const talk = withMessage(withMessage([], asked), shown);

  test("tells the visitor's own lines from the desk's", () => {
    expect(webLines(talk, "v1").map((line) => [line.id, line.mine, line.author?.id])).toEqual([
      ["a", true, "v1"],
      ["b", false, undefined],
    ]);
  });

  test("shows a message that comes again once and unchanged", () => {
    expect(withMessage(talk, { ...shown })).toEqual(talk);
  });

  test("counts a new edition only when a card really changed", () => {
    const changed = withCard(talk, { id: "b", card: cardOf("已接单") });
    expect(webLines(changed, "v1")[1]?.body).toMatchObject({
      edition: 2,
      card: { title: "已接单" },
    });
    expect(withCard(changed, { id: "b", card: cardOf("已接单") })).toEqual(changed);
  });

  test("ignores a change of a card that it never saw", () => {
    expect(withCard(talk, { id: "zz", card: cardOf("x") })).toEqual(talk);
  });
});
