import { describe, expect, it } from "vitest";
import { parseDuration } from "./duration.ts";

describe("a written length of time", () => {
  it.each([
    ["90s", 90_000],
    ["15m", 900_000],
    ["4h", 14_400_000],
    ["3d", 259_200_000],
    ["0s", 0],
  ])("%s is %d ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(["", "5", "m", "1.5h", "-1m", "5 m", "5M", "1h30m", "5m\n", "1234567s", "５m"])(
    "%j is none",
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );
});
