import { describe, expect, it } from "vitest";
import { app, given, ok } from "./bench.ts";

describe("the token", () => {
  it("is refused to a wrong secret", async () => {
    const { call } = given(ok);
    const wrong = { appKey: app.clientId, appSecret: "x" };
    const answer = await call("POST", "/v1.0/oauth2/accessToken", wrong);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalidClientIdOrSecret" } });
  });

  it("lives two hours and opens both hosts", async () => {
    const { call, login, clock } = given(ok);
    const token = await login();
    const old = `/topapi/v2/user/get?access_token=${token}`;
    expect(await call("POST", old, { userid: "0123" })).toMatchObject({
      body: { errcode: 0, result: { name: "张三", mobile: "13800000000" } },
    });
    await clock.advance(7_200_000);
    expect(await call("POST", old, { userid: "0123" })).toMatchObject({ body: { errcode: 42001 } });
    const again = await call("PUT", "/v1.0/card/instances", { outTrackId: "x" }, token);
    expect(again).toMatchObject({ status: 400, body: { code: "InvalidAuthentication" } });
  });

  it("is worthless after it was revoked", async () => {
    const { call, login, simulator } = given(ok);
    const token = await login();
    simulator.tokens.revoke();
    const answer = await call("POST", `/topapi/v2/user/get?access_token=${token}`, {});
    expect(answer.body.errcode).toBe(40014);
  });

  it("is handed out by the old API too", async () => {
    const { call, login } = given(ok);
    const path = `/gettoken?appkey=${app.clientId}&appsecret=${app.clientSecret}`;
    expect((await call("GET", path)).body.access_token).toBe(await login());
  });
});

describe("the directory and media", () => {
  it("finds people by phone number", async () => {
    const { call, login } = given(ok);
    const path = `/topapi/v2/user/getbymobile?access_token=${await login()}`;
    const found = await call("POST", path, { mobile: "13800000000" });
    expect(found.body.result).toEqual({ userid: "0123" });
    expect((await call("POST", path, { mobile: "13900000000" })).body.errcode).toBe(60121);
    expect((await call("POST", path, { mobile: "no" })).body.errcode).toBe(40104);
  });

  it("takes a file and gives it an id", async () => {
    const { simulator, login } = given(ok);
    const form = new FormData();
    form.set("type", "image");
    form.set("media", new File([new Uint8Array(8)], "a.png"));
    const url = `https://oapi.dingtalk.com/media/upload?access_token=${await login()}`;
    const response = await simulator.fetch(new Request(url, { method: "POST", body: form }));
    expect(await response.json()).toMatchObject({
      errcode: 0,
      type: "image",
      media_id: expect.stringMatching(/^@/),
    });
  });

  it("has no other API, and wants JSON objects", async () => {
    const { call, login } = given(ok);
    expect((await call("POST", "/v1.0/nothing", {})).status).toBe(404);
    const answer = await call("PUT", "/v1.0/card/instances", [], await login());
    expect(answer.body.code).toBe("param.isNotJson");
  });
});
