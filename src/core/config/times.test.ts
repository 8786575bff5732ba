import { describe, expect, it } from "vitest";
import { parseTimeOfDay, parseWeekdays } from "./times.ts";

describe("a time of day", () => {
  it.each([
    ["00:00", 0],
    ["09:05", 545],
    ["23:59", 1439],
    ["24:00", null],
    ["9:00", null],
    ["09:60", null],
    ["09:00 ", null],
    ["", null],
  ])("%s is %s", (text, minutes) => {
    expect(parseTimeOfDay(text)).toBe(minutes);
  });
});

describe("days of the week", () => {
  it.each([
    ["mon-fri", [1, 2, 3, 4, 5]],
    ["mon-sun", [1, 2, 3, 4, 5, 6, 0]],
    ["sun-thu", [0, 1, 2, 3, 4]],
    ["sat-mon", [6, 0, 1]],
    ["wed", [3]],
    ["mon-mon", [1]],
    ["mon,tue", null],
    ["Mon", null],
    ["", null],
  ])("%s are %j", (text, days) => {
    expect(parseWeekdays(text)).toEqual(days);
  });
});
