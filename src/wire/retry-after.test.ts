import { expect, it } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

it.each([
  ["7", 7_000],
  [" 30 ", 30_000],
  ["0", 0],
  ["999999999", 3_600_000],
  ["Wed, 21 Oct 2026 07:28:00 GMT", null],
  ["-5", null],
  ["1e3", null],
  ["", null],
])("reads %j of a gateway as %j ms, an hour at most", (value, ms) => {
  expect(retryAfterMs(new Headers({ "retry-after": value }))).toBe(ms);
});

it("says nothing where the gateway said nothing", () => {
  expect(retryAfterMs(new Headers())).toBeNull();
});
