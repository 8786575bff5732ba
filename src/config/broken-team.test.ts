import { describe, expect, it } from "vitest";
import { report } from "./bench.ts";

describe("a team that is not written right", () => {
  it.each([
    [
      'summary: "9:00"',
      'teams.r.summary: "9:00" is no time of day; write 00:00 to 23:59, as in 09:00, with quotes around it',
    ],
    [
      'summary: { at: "09:00", days: weekdays }',
      'teams.r.summary.days: "weekdays" are no days of the week; write one, or from one to another, as in mon-fri',
    ],
    ["resolution: always", 'teams.r.resolution: cannot be "always"; there is: optional, required'],
  ])("is told what is wrong with %s", async (line, said) => {
    const text = `hub: { name: D, public_url: https://d.example }\nteams:\n  r: { name: R, ${line} }`;
    expect((await report(text)).join("\n")).toContain(said);
  });
});
