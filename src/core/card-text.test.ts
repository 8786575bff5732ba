import fc from "fast-check";
import { expect, it } from "vitest";
import { anyCard } from "../../test/support/arbitrary-card.ts";
import { PLAIN_TEXT } from "./card-abilities.ts";
import { cardText } from "./card-text.ts";
import { fitCard } from "./fit-card.ts";
import { bytesOf } from "./fit-text.ts";

it("says everything that can be read on a card", () => {
  const text = cardText({
    tone: "info",
    title: "#1 设备报修",
    subtitle: "待接单",
    blocks: [
      { type: "paragraph", text: "冰柜不制冷了" },
      { type: "divider" },
      { type: "fields", fields: [{ label: "门店", value: "漕河泾店" }] },
      { type: "note", text: "请尽快处理" },
    ],
    controls: [
      {
        type: "button",
        label: "接单",
        style: "primary",
        action: "claim|1|ticket:a",
        confirm: null,
      },
    ],
  });
  expect(text).toBe("#1 设备报修（待接单）\n冰柜不制冷了\n门店：漕河泾店\n请尽快处理");
});

it("fits into every tool's text, whatever the card says, and keeps the numbers that can be typed", () => {
  fc.assert(
    fc.property(anyCard, (card) => {
      const fitted = fitCard(card, PLAIN_TEXT);
      const text = cardText(fitted);
      expect(bytesOf(text)).toBeLessThanOrEqual(2000);
      const replies = fitted.controls.flatMap((one) => (one.type === "reply" ? [one.label] : []));
      const head = bytesOf(`${fitted.title}${fitted.subtitle ?? ""}`);
      if (head + bytesOf(replies.join("\n")) > 1950) return;
      expect(text.endsWith(replies.join("\n"))).toBe(true);
    }),
  );
});

it("says the first part of a long card, and that there is more", () => {
  const paragraph = (n: number) => ({
    type: "paragraph" as const,
    text: `${n} ${"长".repeat(200)}`,
  });
  const text = cardText({
    tone: "info",
    title: "#1",
    subtitle: null,
    blocks: [1, 2, 3, 4].map(paragraph),
    controls: [{ type: "reply", number: 1, label: "回复 1 接单", action: "claim|1|ticket:a" }],
  });
  expect(text.split("\n").map((line) => line.slice(0, 4))).toEqual([
    "#1",
    "1 长长",
    "2 长长",
    "3 长长",
    "…",
    "回复 1",
  ]);
});
