import { describe, expect, it } from "vitest";
import type { ApiCall } from "./api.ts";
import { readBack, readEdit } from "./edit.ts";

const push = { eventId: "e-1", at: 1_700_000_000_000 };

describe("readEdit", () => {
  it("names the message by the key under which it came, and believes nothing else of the event", () => {
    const message = { message_id: "om_1", chat_id: "oc_1", content: '{"text":"old or new"}' };
    expect(readEdit({ message }, push)).toEqual({
      type: "edit",
      dedupeKey: "edit:e-1",
      at: push.at,
      edits: "msg:om_1",
      messageId: "om_1",
    });
  });

  it.each([null, {}, { message: null }, { message: { message_id: "" } }, { message_id: "om_1" }])(
    "%j is none",
    (wrong) => {
      expect(readEdit(wrong, push)).toBe("malformed");
    },
  );
});

/** An API that answers with this body. */
function api(body: object) {
  const calls: ApiCall[] = [];
  const call = async (made: ApiCall) => {
    calls.push(made);
    const { headers } = new Response();
    return {
      type: "answered",
      answer: { type: "answer", status: 200, headers, body: { ...body } },
    } as const;
  };
  return { calls, call };
}

function item(content: string, more: object = {}) {
  const body = { content: JSON.stringify({ text: content }) };
  return { code: 0, data: { items: [{ message_id: "om_1", msg_type: "text", body, ...more }] } };
}

describe("readBack", () => {
  it("asks for the message by its id and reads it with those mentioned", async () => {
    const mentions = [
      { key: "@_user_1", id: "ou_bot", id_type: "open_id", name: "服务台" },
      { key: "@_user_2", id: "ou_li", id_type: "open_id", name: "李雷" },
    ];
    const { calls, call } = api(item("@_user_1 二号柜 @_user_2", { mentions }));
    expect(await readBack(call, "ou_bot", "om/1")).toEqual({
      type: "read",
      parts: [
        { type: "mention", id: "ou_bot", name: "服务台", bot: true },
        { type: "text", text: " 二号柜 " },
        { type: "mention", id: "ou_li", name: "李雷", bot: false },
      ],
    });
    expect(calls).toEqual([{ method: "GET", path: "/im/v1/messages/om%2F1" }]);
  });

  it("makes lines of the paragraphs that the editor puts a text into", async () => {
    const { call } = api(item("<p>二号柜</p><p>a < b</p>"));
    expect(await readBack(call, null, "om_1")).toEqual({
      type: "read",
      parts: [{ type: "text", text: "二号柜\na < b" }],
    });
  });

  it.each([
    [{ code: 230110, msg: "gone" }, "window-closed"],
    [{ code: 99991400, msg: "slow" }, "rate"],
    [{ code: 0, data: { items: [] } }, "content"],
    [{ code: 0, data: null }, "content"],
  ])("of %j says why there is nothing to read", async (body, failure) => {
    const { call } = api(body);
    expect(await readBack(call, null, "om_1")).toMatchObject({ type: "failed", class: failure });
  });
});
