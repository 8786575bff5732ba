import { describe, expect, it } from "vitest";
import { dingtalkRobotSign } from "../../wire/dingtalk-sign.ts";
import { app, GROUP, given, ok } from "./bench.ts";

describe("what people write", () => {
  it("reaches the robot signed, with the space where the mention was", async () => {
    const { simulator, pushed } = given(ok);
    const result = await simulator.say({
      person: "0123",
      chat: GROUP,
      text: "冰柜坏了",
      mention: true,
    });
    expect(result).toEqual({ delivered: true, status: 200, attempts: 1 });
    const push = pushed[0];
    const timestamp = push?.headers.get("timestamp") ?? "";
    expect(push?.headers.get("sign")).toBe(await dingtalkRobotSign(app.clientSecret, timestamp));
    expect(push?.json).toMatchObject({
      conversationType: "2",
      conversationId: GROUP,
      conversationTitle: "维修群",
      isInAtList: true,
      senderStaffId: "0123",
      senderNick: "张三",
      msgtype: "text",
      text: { content: " 冰柜坏了" },
    });
  });

  it("stays unseen in a group without a mention, and when it is a file", async () => {
    const { simulator, pushed, messages } = given(ok);
    const silent = await simulator.say({ person: "0123", chat: GROUP, text: "随便聊聊" });
    const attachment = { kind: "file" as const, name: "a.pdf" };
    await simulator.say({ person: "0123", chat: GROUP, text: "", mention: true, attachment });
    expect(silent).toEqual({ delivered: false, status: null, attempts: 0 });
    expect(pushed).toEqual([]);
    expect(messages()).toHaveLength(2);
  });

  it("quotes an earlier message with its words", async () => {
    const { simulator, pushed, messages } = given(ok);
    await simulator.say({ person: "0123", chat: "cid-0123", text: "一" });
    const quotes = messages()[0]?.id ?? "";
    await simulator.say({ person: "0123", chat: "cid-0123", text: "二", quotes });
    expect(pushed[1]?.json).toMatchObject({
      conversationType: "1",
      originalMsgId: quotes,
      text: {
        content: "二",
        isReplyMsg: true,
        repliedMsg: { msgId: quotes, content: { text: "一" } },
      },
    });
  });

  it("can be a picture in the one-to-one chat, to be fetched by its download code", async () => {
    const { simulator, pushed, call, login } = given(ok);
    const attachment = { kind: "image" as const, name: "冰柜.png" };
    await simulator.say({ person: "0123", chat: "cid-0123", text: "", attachment });
    expect(pushed[0]?.json.msgtype).toBe("picture");
    const { downloadCode } = (pushed[0]?.json.content ?? {}) as { downloadCode: string };
    const wanted = { downloadCode, robotCode: app.robotCode };
    const found = await call("POST", "/v1.0/robot/messageFiles/download", wanted, await login());
    const file = await simulator.fetch(new Request(found.body.downloadUrl ?? ""));
    expect(file.headers.get("content-type")).toBe("image/png");
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(0);
  });

  it("comes again a minute later with the same id and a new signature when it was not answered 200", async () => {
    const { simulator, pushed, clock } = given(
      (_, count) => new Response("", { status: count === 1 ? 503 : 200 }),
    );
    const first = await simulator.say({ person: "0123", chat: "cid-0123", text: "在吗" });
    expect(first).toEqual({ delivered: false, status: 503, attempts: 1 });
    await clock.advance(59_999);
    expect(pushed).toHaveLength(1);
    await clock.advance(1);
    expect(pushed).toHaveLength(2);
    expect(pushed[1]?.json).toEqual(pushed[0]?.json);
    expect(pushed[1]?.headers.get("timestamp")).not.toBe(pushed[0]?.headers.get("timestamp"));
  });

  it("is answered by the body of the answer, or through the session for 90 minutes", async () => {
    const { simulator, pushed, messages, call, clock } = given(() =>
      Response.json({ msgtype: "text", text: { content: "您好" } }),
    );
    await simulator.say({ person: "0123", chat: "cid-0123", text: "在吗" });
    const webhook = new URL(String(pushed[0]?.json.sessionWebhook));
    expect(webhook.origin + webhook.pathname).toBe("https://oapi.dingtalk.com/robot/sendBySession");
    const answer = { msgtype: "markdown", markdown: { title: "t", text: "马上到" } };
    const path = webhook.pathname + webhook.search;
    expect((await call("POST", path, answer)).body).toMatchObject({ errcode: 0 });
    expect(messages().map(({ body }) => (body.type === "text" ? body.text : ""))).toEqual([
      "在吗",
      "您好",
      "马上到",
    ]);
    await clock.advance(5_400_000);
    expect((await call("POST", path, answer)).body.errcode).toBe(300001);
  });

  it("is refused from somebody who is not in the chat", async () => {
    const { simulator } = given(ok);
    await expect(simulator.say({ person: "0456", chat: GROUP, text: "x" })).rejects.toThrow(
      "0456 is not in the chat",
    );
  });
});
