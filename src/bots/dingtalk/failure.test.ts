import { describe, expect, it } from "vitest";
import type { FailureClass } from "../../ports/channel.ts";
import { failureOf, oldFailureOf } from "./failure.ts";

type Case = readonly [code: string, of: FailureClass, status: number];

/** DingTalk docs: server-api-error-codes-1, call-frequency-limit, the-robot-sends-a-group-message. */
const DOCUMENTED: readonly Case[] = [
  ["InvalidAuthentication", "token", 400],
  ["InvalidAuthentication", "token", 401],
  ["Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "rate", 403],
  ["Forbidden.AccessDenied.QpmLimitForAppkeyAndApi", "rate", 403],
  ["Forbidden.AccessDenied.QpsLimitForApi", "rate", 403],
  ["Forbidden.AccessDenied.QpmLimitForApi", "rate", 403],
  ["send.too.fast", "rate", 400],
  ["send.byToken.tooFast", "rate", 400],
  ["too.many.group", "rate", 400],
  ["too.many.people", "rate", 400],
  ["toomuch.msg", "rate", 400],
  ["system.busy", "transient", 429],
  ["systemBusy", "transient", 429],
  ["system.busy", "transient", 500],
  ["ServiceUnavailable", "transient", 503],
  ["param.cardNotExist", "window-closed", 400],
  ["Forbidden.AccessDenied.AccessTokenPermissionDenied", "config", 403],
  ["Forbidden.AccessDenied.IpNotInWhiteList", "config", 403],
  ["invalidParameter.robotCode.auth", "config", 400],
  ["robotCode.notExist", "config", 400],
  ["bot.stopped", "config", 400],
  ["bot.forbidden.sendMessage", "config", 400],
  ["ding.serverquota.insufficient", "config", 400],
  ["invalidParameter.msgParam", "content", 400],
  ["contain.sensitiveWord", "content", 400],
  ["param.contentUnsafe", "content", 400],
  ["group.disbanded", "content", 400],
  ["resource.not.found", "content", 400],
];

/** The old API. DingTalk docs: custom-robots-send-group-messages, server-api-error-codes-1. */
const OLD: readonly (readonly [string, FailureClass])[] = [
  ["-1", "transient"],
  ["15", "transient"],
  ["88", "transient"],
  ["40014", "token"],
  ["42001", "token"],
  ["40001", "config"],
  ["90001", "rate"],
  ["90002", "rate"],
  ["90003", "rate"],
  ["90004", "rate"],
  ["90005", "rate"],
  ["90006", "rate"],
  ["90018", "rate"],
  ["130101", "rate"],
  ["410100", "rate"],
  ["310000", "config"],
  ["400101", "config"],
  ["400102", "config"],
  ["400106", "config"],
  ["400013", "content"],
  ["400105", "content"],
  ["430101", "content"],
  ["430104", "content"],
];

describe("a refusal of DingTalk", () => {
  it.each(DOCUMENTED)("with the code %s is of the class %s", (code, of, status) => {
    expect(failureOf(status, { code, message: "x" })).toMatchObject({ class: of });
  });

  it.each(OLD)("of the old API with the errcode %s is of the class %s", (errcode, of) => {
    expect(oldFailureOf(errcode)).toMatchObject({ class: of });
  });

  it("of the words themselves says so", () => {
    for (const code of ["contain.sensitiveWord", "param.contentUnsafe"])
      expect(failureOf(400, { code })).toMatchObject({ sensitive: true });
    expect(oldFailureOf("430102")).toMatchObject({ sensitive: true });
    expect(failureOf(400, { code: "invalidParameter.msgParam" })).not.toHaveProperty("sensitive");
  });

  it("that stands behind errcode 88 is what its sub code says", () => {
    expect(oldFailureOf("88", "40014")).toMatchObject({ class: "token" });
    expect(oldFailureOf("88", "90018")).toMatchObject({ class: "rate" });
    expect(oldFailureOf("88", "isp.unknown-error")).toMatchObject({ class: "transient" });
    expect(oldFailureOf("88", "88")).toMatchObject({ class: "transient" });
  });

  it("that shuts out our address holds for five minutes, that mutes a robot for ten", () => {
    const blocked = { status: 1111, wait: 5, source: "x5", punish: "deny" };
    expect(failureOf(200, blocked)).toMatchObject({ class: "rate", afterMs: 300_000 });
    expect(oldFailureOf("410100")).toMatchObject({ class: "rate", afterMs: 600_000 });
  });

  it.each([
    [401, "token"],
    [403, "config"],
    [404, "config"],
    [408, "transient"],
    [429, "rate"],
    [500, "transient"],
    [504, "transient"],
  ])("that is a gateway's page with HTTP %i is of the class %s", (status, of) => {
    expect(failureOf(status, {})).toMatchObject({ class: of });
  });

  it("waits as a gateway asks", () => {
    const headers = new Headers({ "retry-after": "20" });
    expect(failureOf(503, {}, headers)).toMatchObject({ class: "transient", afterMs: 20_000 });
    expect(failureOf(429, {}, headers)).toMatchObject({ class: "rate", afterMs: 20_000 });
  });

  it("repeats no word that DingTalk said, and no code that does not look like one", () => {
    expect(failureOf(400, { code: "our words: 138", message: "SECRET" }).reason).toBe("HTTP 400");
  });
});
