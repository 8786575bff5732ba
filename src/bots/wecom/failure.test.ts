import { describe, expect, it } from "vitest";
import type { FailureClass } from "../../ports/channel.ts";
import { aibotFailure } from "./aibot/failure.ts";
import { failureOf, gatewayFailure } from "./failure.ts";

/** WeCom docs: 90313, 90454, 90236. */
const DOCUMENTED: Readonly<Record<FailureClass, readonly string[]>> = {
  transient: ["-1", "6000", "45035"],
  rate: ["45009", "45033"],
  token: ["40014", "41001", "42001"],
  "window-closed": ["42015", "42016"],
  config: [
    "40001",
    "40013",
    "40056",
    "40091",
    "41002",
    "41004",
    "41011",
    "45031",
    "48001",
    "48002",
    "48004",
    "48006",
    "50003",
    "60011",
    "60020",
    "60031",
    "301002",
  ],
  content: ["40003", "60111", "44004", "45002", "81013", "86001", "42045", "99999"],
};
/** An AI bot's own. WeCom docs: 90313, 101463. */
const AIBOT: readonly (readonly [string, FailureClass])[] = [
  ["846601", "config"],
  ["846607", "rate"],
  ["846609", "transient"],
  ["853000", "config"],
  ["93006", "content"],
  ["40058", "content"],
  ["846612", "content"],
  ["45009", "rate"],
  ["-1", "transient"],
];

describe("a refusal of WeCom", () => {
  it.each(
    Object.entries(DOCUMENTED).flatMap(([of, codes]) => codes.map((code) => [code, of] as const)),
  )("with the errcode %s is of the class %s", (errcode, of) => {
    expect(failureOf(errcode)).toMatchObject({ class: of });
  });

  it.each(AIBOT)("of an AI bot with the errcode %s is of the class %s", (errcode, of) => {
    expect(aibotFailure(errcode)).toMatchObject({ class: of });
  });

  it.each(["constructor", "__proto__", "toString"])(
    "with the errcode %s is of no known class",
    (errcode) => {
      const unknown = { class: "content", reason: `wecom ${errcode}: refused`, afterMs: null };
      expect(failureOf(errcode)).toMatchObject(unknown);
      expect(aibotFailure(errcode)).toMatchObject(unknown);
    },
  );

  it("of a receiver who is not there says so", () => {
    for (const errcode of ["40003", "60111", "81013"])
      expect(failureOf(errcode)).toMatchObject({ nobody: true });
    expect(failureOf("45002")).not.toHaveProperty("nobody");
  });

  it("because of its speed holds for a minute, because of too much at once for a moment", () => {
    expect(failureOf("45009")).toMatchObject({ afterMs: 60_000 });
    expect(failureOf("45033")).toMatchObject({ afterMs: 1_000 });
    expect(aibotFailure("846607")).toMatchObject({ afterMs: 60_000 });
  });

  it.each([
    [408, "transient"],
    [500, "transient"],
    [502, "transient"],
    [429, "rate"],
    [403, "config"],
    [404, "config"],
  ])("that is a gateway's page with HTTP %i is of the class %s", (status, of) => {
    expect(gatewayFailure(status, new Headers())).toMatchObject({ class: of });
  });

  it("waits as a gateway asks", () => {
    const headers = new Headers({ "retry-after": "20" });
    expect(gatewayFailure(503, headers)).toMatchObject({ afterMs: 20_000 });
    expect(gatewayFailure(429, headers)).toMatchObject({ afterMs: 20_000 });
  });
});
