import { expect, it } from "vitest";
import { cardText } from "./card-text.ts";

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
