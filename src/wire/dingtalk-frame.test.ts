import { describe, expect, it } from "vitest";
import { utf8 } from "./bytes.ts";
import { dingtalkAck, readDingtalkFrame } from "./dingtalk-frame.ts";

const headers = { topic: "/v1.0/im/bot/messages/get", messageId: "m1" };
const frame = { specVersion: "1.0", type: "CALLBACK", headers, data: '{"msgId":"a"}' };

describe("a frame of DingTalk's Stream mode", () => {
  it("is read from a text and from bytes", () => {
    const read = { type: "CALLBACK", ...headers, data: '{"msgId":"a"}' };
    expect(readDingtalkFrame(JSON.stringify(frame))).toEqual(read);
    expect(readDingtalkFrame(utf8(JSON.stringify(frame)))).toEqual(read);
  });

  it("may lack its data, and its id where nothing has to be acknowledged", () => {
    const bare = { type: "SYSTEM", headers: { topic: "disconnect" } };
    expect(readDingtalkFrame(JSON.stringify(bare))).toEqual({
      type: "SYSTEM",
      topic: "disconnect",
      messageId: "",
      data: "",
    });
  });

  it.each([
    ["no JSON", "hello"],
    ["no object", "[]"],
    ["another type", JSON.stringify({ ...frame, type: "ELSE" })],
    ["no headers", JSON.stringify({ ...frame, headers: [] })],
    ["no topic", JSON.stringify({ ...frame, headers: { messageId: "m1" } })],
    ["no id", JSON.stringify({ ...frame, headers: { ...headers, messageId: "" } })],
    ["an id that is no text", JSON.stringify({ ...frame, headers: { ...headers, messageId: 1 } })],
  ])("is none with %s", (_name, message) => {
    expect(readDingtalkFrame(message)).toBeNull();
  });

  it("is acknowledged by its id", () => {
    expect(JSON.parse(dingtalkAck("m1", 200, '{"response":null}'))).toEqual({
      code: 200,
      headers: { messageId: "m1", contentType: "application/json" },
      message: "OK",
      data: '{"response":null}',
    });
  });
});
