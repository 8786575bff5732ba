import { expect, it } from "vitest";
import { isRefusal, refuse } from "./refusal.ts";

it("knows a refusal from events, steps and nothing", () => {
  expect(isRefusal(refuse("stale"))).toBe(true);
  for (const other of [null, undefined, "refused", [], [{ type: "claimed" }], { streams: [] }])
    expect(isRefusal(other)).toBe(false);
});

it("carries what its words need, and nothing unless told", () => {
  expect(refuse("too_soon", { minutes: 3 })).toEqual({
    refused: "too_soon",
    params: { minutes: 3 },
  });
  expect(refuse("stale")).toEqual({ refused: "stale", params: {} });
});
