import { describe, expect, it } from "vitest";
import type { Outbound } from "../../core/message.ts";
import type { ApiCall } from "./api.ts";
import { send } from "./send.ts";

const answer: Outbound<string> = {
  id: "0123456789abcdefghjk",
  to: { kind: "chat", id: "oc_1" },
  inReplyTo: { messageId: "om_1/../x", thread: null, handle: null },
  content: { type: "text", text: 'a <at user_id="all">所有人</at> < AT id=all> <attic>' },
};

/** An API that answers with these codes, one call after the other. */
function api(...codes: readonly number[]) {
  const calls: ApiCall[] = [];
  const call = async (made: ApiCall) => {
    const code = codes[calls.push(made) - 1] ?? 0;
    const body = { code, data: { message_id: "om_9" } };
    const { headers } = new Response();
    return { type: "answered", answer: { type: "answer", status: 200, headers, body } } as const;
  };
  return { calls, call };
}

describe("send", () => {
  it.each([230011, 230110, 231003])(
    "says it beside when what it answers is gone (%i)",
    async (code) => {
      const { calls, call } = api(code, 0);
      expect(await send(call, answer)).toMatchObject({ type: "sent", remoteId: "om_9" });
      expect(calls.map((each) => each.path)).toEqual([
        "/im/v1/messages/om_1%2F..%2Fx/reply",
        "/im/v1/messages?receive_id_type=chat_id",
      ]);
      expect(calls[1]?.json).toMatchObject({ receive_id: "oc_1", uuid: answer.id });
    },
  );

  it("tries again when an update meets a click that is not answered yet", async () => {
    const msg = "Failed to create card content, ext=ErrCode: 11310; ErrMsg: card action is lock";
    const body = { code: 230099, msg };
    const { headers } = new Response();
    const call = async () =>
      ({ type: "answered", answer: { type: "answer", status: 400, headers, body } }) as const;
    expect(await send(call, answer)).toMatchObject({ type: "failed", class: "transient" });
  });

  it("does not say it beside for any other failure", async () => {
    const { calls, call } = api(230020);
    expect(await send(call, answer)).toMatchObject({ type: "failed", class: "rate" });
    expect(calls).toHaveLength(1);
  });

  it("calls those who are mentioned, by an id that is one and a name that is no tag", async () => {
    const { calls, call } = api(0);
    const mentions = [
      { id: "ou_li", name: '李<at user_id="all">工' },
      { id: "all", name: "所有人" },
      { id: 'x"></at>', name: "x" },
    ];
    await send(call, { ...answer, content: { type: "text", text: "请看 #7", mentions } });
    const text = '<at user_id="ou_li">李at user_id=all工</at> 请看 #7';
    expect(calls[0]?.json).toMatchObject({ content: JSON.stringify({ text }) });
  });

  it("calls nobody whom only the words of a person call", async () => {
    const { calls, call } = api(0);
    await send(call, answer);
    const json = calls.at(0)?.json;
    expect(json).toMatchObject({ reply_in_thread: false, msg_type: "text" });
    const { text } = JSON.parse((json as { content: string }).content) as { text: string };
    expect(text).not.toMatch(/<\s*\/?\s*at\b/i);
    expect(text).toContain("<attic>");
    expect(text.replaceAll("\u200b", "")).toBe(
      answer.content.type === "text" ? answer.content.text : "",
    );
  });
});
