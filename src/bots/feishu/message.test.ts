import { describe, expect, it } from "vitest";
import { readMessage } from "./message.ts";

function event(id: object, mentioned: object = {}, message: object = {}) {
  return {
    sender: { sender_id: { open_id: "ou_a" }, sender_type: "user" },
    message: {
      message_id: "om_1",
      create_time: "1700000000000",
      chat_id: "oc_1",
      chat_type: "group",
      message_type: "text",
      content: '{"text":"@_user_1"}',
      mentions: [{ key: "@_user_1", id, name: "某", ...mentioned }],
      ...message,
    },
  };
}

function addressed(input: unknown, botOpenId: string | null): boolean {
  const read = readMessage(input, botOpenId);
  if (read === null || read === "malformed") throw new Error(`expected a message, got ${read}`);
  return read.addressed;
}

describe("readMessage", () => {
  it("knows the bot by its configured open_id and by nothing else then", () => {
    expect(addressed(event({ open_id: "ou_bot", user_id: "u9" }), "ou_bot")).toBe(true);
    expect(
      addressed(event({ open_id: "ou_b2", user_id: null }, { mentioned_type: "bot" }), "ou_bot"),
    ).toBe(false);
  });

  it("knows the bot by mentioned_type when no open_id is configured", () => {
    expect(addressed(event({ open_id: "ou_b" }, { mentioned_type: "bot" }), null)).toBe(true);
    expect(addressed(event({ open_id: "ou_b" }, { mentioned_type: "user" }), null)).toBe(false);
  });

  it("takes a mention without a user id for the bot when Feishu says no more", () => {
    expect(addressed(event({ open_id: "ou_b", user_id: "" }), null)).toBe(true);
    expect(addressed(event({ open_id: "ou_b", user_id: "u1" }), null)).toBe(false);
    expect(addressed(event({}), null)).toBe(false);
  });

  it("takes everything in a direct chat for meant", () => {
    expect(
      addressed(event({ open_id: "ou_b", user_id: "u1" }, {}, { chat_type: "p2p" }), "ou_bot"),
    ).toBe(true);
  });

  it("hangs the first message of a topic on itself", () => {
    const read = readMessage(event({}, {}, { thread_id: "omt_1", root_id: "" }), null);
    expect(read).toMatchObject({ place: { thread: "om_1" }, quotes: null });
  });

  it("calls a message without an id, a chat, a time or a sender malformed", () => {
    for (const broken of [
      { message_id: "" },
      { chat_id: null },
      { create_time: "yesterday" },
      { create_time: ["1700000000000"] },
      { create_time: { toString: 0 } },
    ]) {
      expect(readMessage(event({}, {}, broken), null)).toBe("malformed");
    }
    expect(readMessage({ ...event({}), sender: { sender_type: "user" } }, null)).toBe("malformed");
  });
});
