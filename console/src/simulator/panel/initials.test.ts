import { expect, test } from "vitest";
import demo from "../../../../examples/tea-chain/demo.json" with { type: "json" };
import { initialsOf } from "./initials.ts";

test("initials leave out what several people are", () => {
  const names = ["陈店员", "制冰机-马师傅", "冷链-老周", "赵工", "访客 VXli", "Mary", "-"];
  expect(names.map(initialsOf)).toEqual(["陈", "马", "老周", "赵工", "VX", "Ma", "?"]);
});

test("nobody of the demo looks like a colleague in the same tool", () => {
  for (const { people } of Object.values(demo.world)) {
    expect(new Set(people.map(({ name }) => initialsOf(name))).size).toBe(people.length);
  }
});
