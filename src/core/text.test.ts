import { expect, it } from "vitest";
import { literal, t, textRefs } from "./text.ts";

it("leaves params out of a sentence that has none", () => {
  expect(t("say.deflected")).toEqual({ key: "say.deflected" });
  expect(t("times", { n: 2 })).toEqual({ key: "times", params: { n: 2 } });
  expect(literal("冷链组")).toEqual({ literal: "冷链组" });
});

it("finds every row of texts that a value refers to, at any depth and once", () => {
  const card = {
    title: t("card.ticket.title", { title: { ref: "a" } }),
    blocks: [
      { text: { ref: "b" } },
      [{ deep: t("x", { y: t("z", { w: { ref: "c" } }) }) }],
      { text: { ref: "a" } },
    ],
    nothing: null,
    words: "ref",
    number: 1,
  };
  expect(textRefs(card)).toEqual(["a", "b", "c"]);
  expect(textRefs(literal("ref"))).toEqual([]);
});
