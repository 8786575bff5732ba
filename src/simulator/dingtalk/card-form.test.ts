import { describe, expect, it } from "vitest";
import { fillForm } from "./card-form.ts";

const FORM = JSON.stringify({
  fields: [
    { name: "at", type: "DATETIME", required: true },
    {
      name: "parts",
      type: "MULTI_SELECT",
      options: [
        { value: "door", text: "门" },
        { value: "lamp", text: "灯" },
      ],
    },
  ],
});

describe("what the client sends of a form", () => {
  it("is a time in minutes, and several choices each with its place", () => {
    expect(fillForm(FORM, { at: "2026-01-31T09:30", parts: "lamp,door" })).toEqual({
      at: "2026-01-31 09:30",
      parts: [
        { index: 1, value: "lamp" },
        { index: 0, value: "door" },
      ],
    });
  });

  it.each([
    [{}, "the field at must be filled in"],
    [{ at: "tomorrow" }, "at takes YYYY-MM-DD HH:mm"],
    [{ at: "2026-01-31 09:30", parts: "roof" }, "parts has only the options door,lamp"],
  ])("cannot be %j", (given, words) => {
    expect(() => fillForm(FORM, given)).toThrow(words);
  });

  it("is nothing that this simulator does not know", () => {
    const form = JSON.stringify({ fields: [{ name: "on", type: "SWITCH" }] });
    expect(() => fillForm(form, { on: "true" })).toThrow("of type SWITCH");
  });
});
