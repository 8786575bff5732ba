import { describe, expect, it } from "vitest";
import { readMessage } from "./message.ts";
import { readMessageV1 } from "./message-v1.ts";

const NOW = 1_700_000_000_000;
const time = { ts: "1700000000.428520", provenAt: NOW + 5_000 };
const BOTH = '<at open_id="ou_bot">@服务台</at> 请 <at open_id="ou_z">@张三</at> 看';
const OTHER = ' 请 <at open_id="ou_z">@张三</at> 看';

/** As in Feishu's old page: empty ids where there are none. */
const event = {
  type: "message",
  app_id: "cli_1",
  tenant_key: "t1",
  root_id: "",
  parent_id: "",
  open_chat_id: "oc_1",
  chat_type: "group",
  msg_type: "text",
  open_id: "ou_a",
  employee_id: "u1",
  union_id: "on_a",
  open_message_id: "om_1",
  is_mention: true,
  text: BOTH,
  text_without_at_bot: OTHER,
};

function read(change: object = {}, botOpenId: string | null = null) {
  const message = readMessageV1({ ...event, ...change }, time, botOpenId);
  if (message === "malformed") throw new Error("expected a message, got malformed");
  return message;
}

function botsOf(message: ReturnType<typeof read>): readonly string[] {
  return message.parts.flatMap((part) => (part.type === "mention" && part.bot ? [part.id] : []));
}

describe("readMessageV1", () => {
  it("gives the same message the same identity, place and sender as the newer envelope", () => {
    const newer = readMessage(
      {
        sender: { sender_id: { open_id: "ou_a" }, sender_type: "user" },
        message: {
          message_id: "om_1",
          parent_id: "om_0",
          root_id: "om_0",
          create_time: "1700000000428",
          chat_id: "oc_1",
          chat_type: "group",
          message_type: "text",
          content: '{"text":"@_user_1 请 @_user_2 看"}',
          mentions: [
            { key: "@_user_1", id: { open_id: "ou_bot" }, name: "服务台", mentioned_type: "bot" },
            { key: "@_user_2", id: { open_id: "ou_z" }, name: "张三", mentioned_type: "user" },
          ],
        },
      },
      null,
    );
    expect(read({ parent_id: "om_0", root_id: "om_0" })).toEqual(newer);
  });

  it("takes the event's time, and that of the push when the event tells none", () => {
    expect(read().at).toBe(NOW + 428);
    const late = { ...time, ts: undefined };
    expect(readMessageV1(event, late, null)).toMatchObject({ at: time.provenAt });
  });

  it("knows us by whom Feishu has left out", () => {
    expect(botsOf(read())).toEqual(["ou_bot"]);
    expect(
      botsOf(read({ text: '<at open_id="ou_bot">@服务台</at>', text_without_at_bot: undefined })),
    ).toEqual(["ou_bot"]);
    expect(botsOf(read({ is_mention: false, text_without_at_bot: undefined }))).toEqual([]);
  });

  it("knows us by the configured open_id and by nothing else then", () => {
    expect(botsOf(read({ text_without_at_bot: BOTH, is_mention: false }, "ou_bot"))).toEqual([
      "ou_bot",
    ]);
    expect(read({}, "ou_other")).toMatchObject({ addressed: false });
  });

  it.each([
    ["a direct chat", { chat_type: "private", is_mention: false, text: "在吗" }, true],
    ["a mention of us", {}, true],
    ["a mention of somebody else", { is_mention: false, text: OTHER }, false],
    ["a mention that stands in no text", { msg_type: "image", text: "", image_key: "k" }, true],
    ["no mention", { is_mention: false, text: "看" }, false],
  ])("is addressed or not by %s", (_name, change, addressed) => {
    expect(read(change)).toMatchObject({ addressed });
  });

  it("quotes what it answers", () => {
    expect(read()).toMatchObject({ quotes: null, place: { kind: "group", thread: null } });
    expect(read({ parent_id: "om_9", root_id: "om_0" })).toMatchObject({ quotes: "om_9" });
  });

  it("calls a message without a sender, a chat or an id malformed, and nothing else", () => {
    for (const name of ["open_id", "open_chat_id", "open_message_id"]) {
      for (const wrong of [undefined, "", "a b", 5]) {
        expect(readMessageV1({ ...event, [name]: wrong }, time, null)).toBe("malformed");
      }
    }
    expect(readMessageV1("x", time, null)).toBe("malformed");
    const odd = {
      text: 5,
      title: {},
      image_keys: ["k", 5, null],
      is_mention: "yes",
      msg_type: "post",
    };
    expect(read(odd).parts).toEqual([{ type: "image", key: "k", name: null, recognised: null }]);
  });
});
