import { describe, expect, it } from "vitest";
import { app, given, ok } from "./bench.ts";

describe("the token", () => {
  it("stays the same until it expires after two hours", async () => {
    const { login, call, clock } = given(ok);
    const token = await login();
    await clock.advance(7_199_000);
    expect(await login()).toBe(token);
    await clock.advance(1000);
    expect(await login()).not.toBe(token);
    expect((await call("GET", `/user/get?access_token=${token}&userid=lisi`)).errcode).toBe(42001);
  });

  it.each([
    ["no corp id", "corpsecret=x", 41002],
    ["no secret", "corpid=ww1", 41004],
    ["another corp", `corpid=ww2&corpsecret=${app.secret}`, 40013],
    ["a wrong secret", "corpid=ww1&corpsecret=x", 40001],
  ])("is refused with %s", async (_, query, errcode) => {
    expect((await given(ok).call("GET", `/gettoken?${query}`)).errcode).toBe(errcode);
  });

  it("is needed, known, and can be revoked", async () => {
    const { call, login, simulator } = given(ok);
    expect((await call("GET", "/user/get?userid=lisi")).errcode).toBe(41001);
    expect((await call("GET", "/user/get?access_token=x&userid=lisi")).errcode).toBe(40014);
    const token = await login();
    simulator.tokens.revoke();
    expect((await call("GET", `/user/get?access_token=${token}&userid=lisi`)).errcode).toBe(40014);
  });
});

describe("the directory", () => {
  it("tells a member's name, and no phone number", async () => {
    const { call, login } = given(ok);
    const path = `/user/get?access_token=${await login()}&userid=`;
    const member = await call("GET", `${path}zhangsan`);
    expect(member).toMatchObject({
      errcode: 0,
      userid: "ZhangSan",
      name: "张三",
      position: "店长",
    });
    expect(member.mobile).toBeUndefined();
    expect((await call("GET", `${path}x`)).errcode).toBe(60111);
  });

  it("finds a member by phone number", async () => {
    const { api } = given(ok);
    expect(await api("/user/getuserid", { mobile: "13800000000" })).toMatchObject({
      userid: "ZhangSan",
    });
    expect((await api("/user/getuserid", { mobile: "13900000000" })).errcode).toBe(46004);
    expect((await api("/user/getuserid", { mobile: "x" })).errcode).toBe(60103);
  });
});

describe("media", () => {
  async function upload(bytes: number, type = "file") {
    const { simulator, login, send } = given(ok);
    const form = new FormData();
    form.set("media", new File([new Uint8Array(bytes)], "report.pdf"));
    const url = `https://qyapi.weixin.qq.com/cgi-bin/media/upload?access_token=${await login()}&type=${type}`;
    const answer = await simulator.fetch(new Request(url, { method: "POST", body: form }));
    return { answer: (await answer.json()) as Record<string, unknown>, send, simulator };
  }

  it("can be sent after they were uploaded", async () => {
    const { answer, send, simulator } = await upload(6);
    expect(answer).toMatchObject({ errcode: 0, type: "file" });
    await send({ msgtype: "file", file: { media_id: answer.media_id } });
    expect(simulator.view().messages[0]?.body).toEqual({
      type: "attachment",
      kind: "file",
      name: "report.pdf",
    });
  });

  it("must have more than 5 bytes and a known type", async () => {
    expect((await upload(5)).answer.errcode).toBe(40006);
    expect((await upload(6, "gif")).answer.errcode).toBe(40005);
  });
});

describe("the API", () => {
  it("answers 45009 above its limit, and again after the minute", async () => {
    const { call, login, clock } = given(ok, { callsPerMinute: 2 });
    const path = `/user/get?access_token=${await login()}&userid=lisi`;
    const codes = [];
    for (let at = 0; at < 3; at += 1) codes.push((await call("GET", path)).errcode);
    expect(codes).toEqual([0, 0, 45009]);
    await clock.advance(60_000);
    expect((await call("GET", path)).errcode).toBe(0);
  });

  it("fails as it is asked to", async () => {
    const { simulator, send, messages } = given(ok);
    simulator.faults.fail({ match: "/cgi-bin/message/send", status: 200, code: 60020, times: 1 });
    expect((await send({ msgtype: "text", text: { content: "x" } })).errcode).toBe(60020);
    expect(messages()).toEqual([]);
  });

  it("wants JSON and knows no other paths", async () => {
    const { simulator, api } = given(ok);
    expect((await api("/message/send", [])).errcode).toBe(40058);
    const other = await simulator.fetch(
      new Request("https://qyapi.weixin.qq.com/cgi-bin/appchat/send"),
    );
    expect(other.status).toBe(404);
  });
});
