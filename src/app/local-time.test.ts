import { describe, expect, it } from "vitest";
import { localTime, yesterday } from "./local-time.ts";

const HOUR = 3_600_000;
const at = (iso: string): number => Date.parse(iso);

describe("localTime", () => {
  it.each([
    ["Asia/Shanghai", "2026-11-24T01:00:00Z", "2026-11-24", 2, 9 * 60],
    ["Asia/Shanghai", "2026-11-23T16:00:00Z", "2026-11-24", 2, 0],
    ["Asia/Shanghai", "2026-11-23T15:59:59.999Z", "2026-11-23", 1, 24 * 60 - 1],
    ["UTC", "2026-01-01T00:00:00Z", "2026-01-01", 4, 0],
    ["Asia/Kathmandu", "2026-11-24T00:00:00Z", "2026-11-24", 2, 5 * 60 + 45],
    ["America/New_York", "2026-03-08T07:30:00Z", "2026-03-08", 0, 3 * 60 + 30],
  ])("in %s at %s is %s", (zone, iso, day, weekday, minute) => {
    expect(localTime(zone, at(iso))).toEqual({ day, weekday, minute });
  });
});

describe("yesterday", () => {
  it("is the day before, by the clocks of the zone", () => {
    expect(yesterday("Asia/Shanghai", at("2026-11-24T01:00:00Z"))).toEqual({
      since: at("2026-11-22T16:00:00Z"),
      until: at("2026-11-23T16:00:00Z"),
    });
  });

  it.each([
    ["an hour shorter when the clocks go forward", "2026-03-09T13:00:00Z", 23],
    ["an hour longer when they go back", "2026-11-02T14:00:00Z", 25],
    ["whole on the morning of the change itself", "2026-03-08T13:00:00Z", 24],
  ])("is %s", (_what, iso, hours) => {
    const { since, until } = yesterday("America/New_York", at(iso));
    expect((until - since) / HOUR).toBe(hours);
    expect(localTime("America/New_York", since).minute).toBe(0);
    expect(localTime("America/New_York", until).minute).toBe(0);
  });
});
