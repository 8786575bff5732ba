import { expect, it } from "vitest";
import { laneOf } from "./effect.ts";

it("gives each destination of each account a lane of its own", () => {
  const lanes = [
    laneOf("feishu/hq", { kind: "chat", id: "x" }),
    laneOf("feishu/hq", { kind: "person", id: "x" }),
    laneOf("feishu/hq", { kind: "chat", id: "y" }),
    laneOf("feishu/lark", { kind: "chat", id: "x" }),
  ];
  expect(new Set(lanes).size).toBe(4);
  expect(laneOf("feishu/hq", { kind: "chat", id: "x" })).toBe(lanes[0]);
});
