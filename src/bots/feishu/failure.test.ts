import { describe, expect, it } from "vitest";
import type { FailureClass } from "../../ports/channel.ts";
import type { VendorAnswer } from "../../wire/vendor-call.ts";
import { failure } from "./failure.ts";

function answer(
  body: Readonly<Record<string, unknown>>,
  status = 400,
  headers: Readonly<Record<string, string>> = {},
): VendorAnswer {
  return { type: "answer", status, headers: new Headers(headers), body };
}

/** Feishu docs: im-v1/message/create, reply, message-card/patch, generic error codes. */
const DOCUMENTED: Readonly<Record<FailureClass, readonly number[]>> = {
  rate: [99991400, 230020, 11232],
  transient: [230049, 2200, 5000],
  token: [99991661, 99991663, 99991664, 99991665, 99991668, 99991671, 99991677],
  "window-closed": [230011, 230110, 231003, 230031],
  config: [230002, 230006, 230013, 230018, 230027, 230035, 99991401, 99991403, 99991672],
  content: [230001, 230022, 230025, 230028, 230029, 230034, 230038, 230053, 230099, 232009],
};
const CASES = Object.entries(DOCUMENTED).flatMap(([of, codes]) =>
  codes.map((code) => [code, of] as const),
);

describe("a refusal of Feishu", () => {
  it.each(CASES)("with the code %i is of the class %s", (code, of) => {
    expect(failure(answer({ code, msg: "x" }))).toMatchObject({ type: "failed", class: of });
  });

  it.each([
    [230022, { sensitive: true }],
    [230028, { sensitive: true }],
    [230029, { nobody: true }],
    [230034, { nobody: true }],
  ])("with the code %i says why as well", (code, why) => {
    expect(failure(answer({ code }))).toMatchObject(why);
  });

  it("because of its speed waits as long as Feishu says, else as long as a gateway says", () => {
    const limited = (headers: Record<string, string>) =>
      failure(answer({ code: 99991400 }, 429, headers));
    expect(limited({ "x-ogw-ratelimit-reset": "12", "retry-after": "5" })).toMatchObject({
      class: "rate",
      afterMs: 12_000,
    });
    expect(limited({ "retry-after": "5" })).toMatchObject({ class: "rate", afterMs: 5_000 });
    expect(limited({})).toMatchObject({ class: "rate", afterMs: null });
    expect(failure(answer({}, 429))).toMatchObject({ class: "rate" });
  });

  it.each([
    [500, "transient"],
    [502, "transient"],
    [503, "transient"],
    [408, "transient"],
    [200, "transient"],
    [403, "config"],
    [404, "config"],
  ])("that is a gateway's page with HTTP %i is of the class %s", (status, of) => {
    expect(failure(answer({}, status))).toMatchObject({ class: of });
  });

  it("waits as a gateway in trouble asks", () => {
    expect(failure(answer({}, 503, { "retry-after": "30" }))).toMatchObject({ afterMs: 30_000 });
  });

  it("with a code that nobody documents is the app's fault for 9999…, and the message's else", () => {
    expect(failure(answer({ code: 99999999 }))).toMatchObject({ class: "config" });
    expect(failure(answer({ code: 239999 }))).toMatchObject({ class: "content" });
    expect(failure(answer({ code: 239999 }, 500))).toMatchObject({ class: "transient" });
  });

  it("that never came is only a reason to try again, as every call may be repeated", () => {
    for (const type of ["unreached", "unanswered"] as const)
      expect(failure({ type, reason: "ETIMEDOUT" })).toMatchObject({ class: "transient" });
  });

  it("repeats no word that Feishu said, which may be ours", () => {
    const { reason } = failure(answer({ code: 230022, msg: "SECRET; ErrCode: 11310; SECRET" }));
    expect(reason).toBe("feishu 230022: sensitive content (11310)");
  });
});
