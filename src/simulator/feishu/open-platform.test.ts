import { describe, expect, it } from "vitest";
import { createBench, dataOf } from "./bench.ts";

const MINUTE = 60_000;

describe("tokens of the open platform", () => {
  it("are issued for the right secret, and the same one again while 30 minutes remain", async () => {
    const { call, app, clock } = createBench();
    const issue = (secret = app.appSecret) =>
      call(
        "POST",
        "/auth/v3/tenant_access_token/internal",
        { app_id: app.appId, app_secret: secret },
        null,
      );
    const first = await issue();
    expect(first.body).toMatchObject({ code: 0, msg: "ok", expire: 7200 });
    await clock.advance(90 * MINUTE);
    expect((await issue()).body).toMatchObject({
      tenant_access_token: first.body.tenant_access_token,
      expire: 1800,
    });
    await clock.advance(1);
    expect((await issue()).body.tenant_access_token).not.toBe(first.body.tenant_access_token);
    expect((await issue("wrong")).body.code).toBe(10014);
    const stranger = { app_id: "cli_ffffffffffffffff", app_secret: app.appSecret };
    expect(
      (await call("POST", "/auth/v3/tenant_access_token/internal", stranger, null)).body.code,
    ).toBe(10003);
  });

  it.each([
    ["a missing token", null, 99991661],
    ["a token of the wrong form", "abc", 99991671],
    ["a token that was never issued", "t-unknown", 99991663],
  ])("are demanded: %s is HTTP 400", async (_what, token, code) => {
    const { call } = createBench();
    const answer = await call("GET", "/bot/v3/info", undefined, token);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it("end after two hours and on revocation", async () => {
    const { call, clock, simulator } = createBench();
    expect((await call("GET", "/bot/v3/info")).body.code).toBe(0);
    await clock.advance(120 * MINUTE);
    expect((await call("GET", "/bot/v3/info")).body.code).toBe(99991663);
    const fresh = simulator.tokens.issue().token;
    simulator.tokens.revoke();
    expect((await call("GET", "/bot/v3/info", undefined, fresh)).body.code).toBe(99991663);
  });
});

describe("open platform", () => {
  it("limits each API to 50 calls a second with HTTP 429 and says when to come again", async () => {
    const { call, clock } = createBench();
    for (let turn = 0; turn < 50; turn += 1) {
      expect((await call("GET", "/bot/v3/info")).status).toBe(200);
    }
    const limited = await call("GET", "/bot/v3/info");
    expect([limited.status, limited.body.code]).toEqual([429, 99991400]);
    expect(limited.headers.get("x-ogw-ratelimit-limit")).toBe("50");
    expect(limited.headers.get("x-ogw-ratelimit-reset")).toBe("1");
    expect((await call("GET", "/contact/v3/users/ou_chen")).status).toBe(200);
    await clock.advance(1000);
    expect((await call("GET", "/bot/v3/info")).status).toBe(200);
  });

  it("tells who the bot is", async () => {
    const { call, simulator } = createBench();
    const { body } = await call("GET", "/bot/v3/info");
    expect(body.bot).toMatchObject({ open_id: simulator.botOpenId, app_name: "服务台" });
  });

  it("finds people by phone and mail, and leaves the id out for strangers", async () => {
    const { call } = createBench();
    const asked = { mobiles: ["13800000001", "13900000000"], emails: ["chen@example.com"] };
    const answer = await call(
      "POST",
      "/contact/v3/users/batch_get_id?user_id_type=union_id",
      asked,
    );
    expect(dataOf(answer).user_list).toEqual([
      { mobile: "13800000001", user_id: "on_chen" },
      { mobile: "13900000000" },
      { email: "chen@example.com", user_id: "on_chen" },
    ]);
    const many = { mobiles: Array.from({ length: 51 }, String) };
    expect((await call("POST", "/contact/v3/users/batch_get_id", many)).body.code).toBe(40001);
  });

  it("shows a person by any of their ids", async () => {
    const { call } = createBench();
    for (const [type, id] of [
      ["open_id", "ou_chen"],
      ["union_id", "on_chen"],
      ["user_id", "chen"],
    ]) {
      const answer = await call("GET", `/contact/v3/users/${id}?user_id_type=${type}`);
      expect(dataOf(answer).user).toMatchObject({
        open_id: "ou_chen",
        name: "陈敏",
        mobile: "13800000001",
      });
    }
    expect((await call("GET", "/contact/v3/users/ou_nobody")).body.code).toBe(41012);
    expect((await call("GET", "/contact/v3/users/ou_chen?user_id_type=x")).body.code).toBe(40001);
  });

  it("misbehaves when a test wants it to", async () => {
    const { call, simulator } = createBench();
    await call("GET", "/bot/v3/info");
    simulator.faults.fail({ match: "/open-apis/bot", status: 503, times: 1 });
    expect((await call("GET", "/bot/v3/info")).body.code).toBe(2200);
    simulator.faults.fail({ match: "/open-apis/bot", status: 429, times: 1 });
    const limited = await call("GET", "/bot/v3/info");
    expect([limited.body.code, limited.headers.get("x-ogw-ratelimit-reset")]).toEqual([
      99991400,
      "1",
    ]);
  });

  it("has nothing at other paths", async () => {
    const { simulator } = createBench();
    const answer = await simulator.fetch(new Request("https://open.feishu.cn/other"));
    expect(answer.status).toBe(404);
  });
});
