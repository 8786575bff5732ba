import { describe, expect, it } from "vitest";
import { fillForm } from "./fill-form.ts";

const text = (content: string) => ({ tag: "plain_text", content });
const FORM = {
  tag: "form",
  elements: [
    { tag: "picker_datetime", name: "at", required: true, placeholder: text("何时") },
    { tag: "select_person", name: "to", options: [{ value: "ou_li" }] },
    {
      tag: "multi_select_static",
      name: "parts",
      options: [
        { text: text("门"), value: "door" },
        { text: text("灯"), value: "lamp" },
      ],
    },
  ],
};

describe("what the app sends of a form", () => {
  it("is a time with its offset, a person by id, and several choices as a list", () => {
    const given = { at: "2026-01-31T09:30", to: "ou_li", parts: "lamp,door" };
    expect(fillForm(FORM, given)).toEqual({
      type: "filled",
      values: { at: "2026-01-31 09:30 +0800", to: "ou_li", parts: ["lamp", "door"] },
    });
  });

  it("waits for a time that is required", () => {
    expect(fillForm(FORM, {})).toEqual({ type: "incomplete", missing: ["at"] });
  });

  it.each([
    [{ at: "tomorrow" }, "at takes YYYY-MM-DD HH:mm"],
    [{ to: "ou_wang" }, "no option ou_wang"],
    [{ parts: "door,roof" }, "no option roof"],
  ])("cannot be %j", (given, words) => {
    expect(() => fillForm(FORM, given)).toThrow(words);
  });
});
