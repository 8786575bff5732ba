import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("the nearest known word", () => {
  it.each([
    ["membrs", "members"],
    ["memebrs", "members"],
    ["memberss", "members"],
    ["Members", "members"],
    ["strategie", "strategy"],
    ["led", "lead"],
  ])("of %s is %s", (word, known) => {
    expect(nearest(word, ["name", "lead", "members", "chats", "strategy"])).toBe(known);
  });

  it("is none where nothing is near", () => {
    expect(nearest("calendar", ["name", "lead", "members"])).toBeNull();
    expect(nearest("x", [])).toBeNull();
    expect(nearest("a".repeat(10_000), ["a".repeat(9_999)])).toBeNull();
  });

  it("is the closer of two", () => {
    expect(nearest("chts", ["chat", "chats"])).toBe("chats");
  });
});
