import { expect, test } from "vitest";
import { advance, type Deed, type Progress } from "./guide.ts";

test("the guide goes on with the step that is due and with no other", () => {
  const way: readonly (readonly [Deed["skin"], Deed["kind"], Progress])[] = [
    ["dingtalk", "press", 0],
    ["wecom", "say", 0],
    ["feishu", "say", 1],
    ["feishu", "press", 1],
    ["wecom", "press", 2],
    ["dingtalk", "press", 2],
    ["feishu", "press", 3],
    ["feishu", "say", 3],
  ];
  let progress: Progress = 0;
  for (const [skin, kind, expected] of way) {
    progress = advance(progress, { skin, kind });
    expect(progress).toBe(expected);
  }
});
