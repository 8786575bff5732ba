import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readChoices, readMoment, readPerson } from "./card-values.ts";

describe("readMoment", () => {
  it.each([
    ["2026-01-31 09:30", { wall: "2026-01-31T09:30" }],
    ["2026-01-31T09:30:15", { wall: "2026-01-31T09:30" }],
    ["2026/1/3 9:05", { wall: "2026-01-03T09:05" }],
    ["2026年1月3日 9：05", { wall: "2026-01-03T09:05" }],
    ["2024-02-29 00:00", { wall: "2024-02-29T00:00" }],
    ["2024-06-13 14:53 +0800", { at: Date.UTC(2024, 5, 13, 6, 53) }],
    ["2024-06-13T14:53Z", { at: Date.UTC(2024, 5, 13, 14, 53) }],
    [" 1706664600000 ", { at: 1_706_664_600_000 }],
  ])("reads %s", (value, moment) => {
    expect(readMoment(value)).toEqual(moment);
  });

  it.each(["", "tomorrow", "2026-02-29 09:30", "2026-13-01 09:30", "2026-01-31 24:00", "12345"])(
    "does not read %j",
    (value) => {
      expect(readMoment(value)).toBeNull();
    },
  );

  it("counts days as the calendar does", () => {
    const dates = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        const minute = Math.floor(date.getTime() / 60_000) * 60_000;
        const text = new Date(minute).toISOString();
        expect(readMoment(text)).toEqual({ at: minute });
      }),
    );
  });
});

describe("what was chosen", () => {
  it("is read as values, each once", () => {
    expect(readChoices("a,b, a ,,c")).toEqual(["a", "b", "c"]);
    expect(readChoices("")).toEqual([]);
  });

  it("is a person by our id, the vendor's id, or a name that one alone has", () => {
    const people = [
      { value: "li", label: "李雷", contact: "ou_li" },
      { value: "wang", label: "小王", contact: null },
      { value: "wang2", label: "小王", contact: null },
    ];
    expect(
      ["li", "ou_li", "@李雷", "小王", "ou_x"].map((value) => readPerson(value, people)),
    ).toEqual(["li", "li", "li", null, null]);
  });
});
