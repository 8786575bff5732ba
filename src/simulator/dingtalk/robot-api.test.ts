import { describe, expect, it } from "vitest";
import { app, GROUP, given, ok } from "./bench.ts";

describe("a robot message", () => {
  it("goes to people by id, and names those who do not exist or are flow-controlled", async () => {
    const { call, login, simulator, messages } = given(ok);
    simulator.flowControl(["0456"]);
    const send = {
      robotCode: app.robotCode,
      userIds: ["0123", "0456", "nobody"],
      msgKey: "sampleMarkdown",
      msgParam: JSON.stringify({ title: "t", text: "**你好**" }),
    };
    const token = await login();
    const first = await call("POST", "/v1.0/robot/oToMessages/batchSend", send, token);
    expect(first).toMatchObject({
      status: 200,
      body: { invalidStaffIdList: ["nobody"], flowControlledStaffIdList: ["0456"] },
    });
    expect(messages().map((message) => [message.chat, message.body])).toEqual([
      ["cid-0123", { type: "text", text: "**你好**" }],
    ]);
    const second = await call("POST", "/v1.0/robot/oToMessages/batchSend", send, token);
    expect(second.body.flowControlledStaffIdList).toEqual([]);
  });

  it.each([
    [
      "too many people",
      { userIds: Array.from({ length: 21 }, (_, at) => `p${at}`) },
      "invalidParameter.userIds.overMax",
    ],
    ["no people", { userIds: [] }, "invalidParameter.userIds.empty"],
    ["an unknown kind", { msgKey: "sampleNothing" }, "invalidParameter.msgKey.invalid"],
    ["parameters that are no JSON", { msgParam: "{" }, "invalidParameter.msgParam.invalid"],
    ["a missing parameter", { msgParam: "{}" }, "invalidParameter.param.invalid"],
    ["another robot", { robotCode: "other" }, "invalidParameter.robotCode.notExsit"],
    [
      "15 001 bytes",
      { msgParam: JSON.stringify({ content: "中".repeat(5000) }) },
      "invalidParameter.msgParam.tooLong",
    ],
  ])("is refused with %s", async (_, change, code) => {
    const { call, login, messages } = given(ok);
    const send = {
      robotCode: app.robotCode,
      userIds: ["0123"],
      msgKey: "sampleText",
      msgParam: '{"content":"x"}',
      ...change,
    };
    const answer = await call("POST", "/v1.0/robot/oToMessages/batchSend", send, await login());
    expect(answer).toMatchObject({ status: 400, body: { code } });
    expect(messages()).toEqual([]);
  });

  it("goes to a group by its conversation id", async () => {
    const { call, login, messages } = given(ok);
    const send = {
      robotCode: app.robotCode,
      openConversationId: GROUP,
      msgKey: "sampleText",
      msgParam: '{"content":"收到"}',
    };
    const token = await login();
    await call("POST", "/v1.0/robot/groupMessages/send", send, token);
    expect(messages()[0]).toMatchObject({ chat: GROUP, from: "bot", body: { text: "收到" } });
    const gone = { ...send, openConversationId: "cidGone" };
    const answer = await call("POST", "/v1.0/robot/groupMessages/send", gone, token);
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid.openConversationId" } });
  });

  it("can be a DING, which names the people it did not reach", async () => {
    const { call, login, simulator } = given(ok);
    const ding = {
      robotCode: app.robotCode,
      remindType: 2,
      receiverUserIdList: ["0456", "x"],
      content: "超时",
    };
    const answer = await call("POST", "/v1.0/robot/ding/send", ding, await login());
    expect(answer.body.failedList).toEqual({ "staffId.notExisted": ["x"] });
    expect(simulator.dings()).toMatchObject([
      { kind: "sms", receivers: ["0456"], content: "超时" },
    ]);
  });

  it("is stopped by the frequency limit of its API only", async () => {
    const { call, login, clock } = given(ok);
    const token = await login();
    const send = {
      robotCode: app.robotCode,
      userIds: ["0123"],
      msgKey: "sampleText",
      msgParam: '{"content":"x"}',
    };
    const path = "/v1.0/robot/oToMessages/batchSend";
    for (let at = 0; at < 20; at += 1)
      expect((await call("POST", path, send, token)).status).toBe(200);
    expect(await call("POST", path, send, token)).toMatchObject({
      status: 403,
      body: { code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi" },
    });
    await clock.advance(1000);
    expect((await call("POST", path, send, token)).status).toBe(200);
  });

  it("fails in the vendor's words when a fault is asked for", async () => {
    const { call, simulator, login } = given(ok);
    const token = await login();
    simulator.faults.fail({ match: "/v1.0/robot", status: 400, times: 1 });
    const answer = await call("POST", "/v1.0/robot/groupMessages/send", {}, token);
    expect(answer).toMatchObject({ status: 400, body: { code: "send.too.fast" } });
  });
});
