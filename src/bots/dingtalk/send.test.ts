import { describe, expect, it } from "vitest";
import { createBench, json, neverAnswered } from "../../../test/contracts/channel-fakes.ts";
import { account, card, config, HANDLE, text } from "../../../test/contracts/dingtalk-account.ts";
import type { Outbound } from "../../core/message.ts";
import { dingtalk } from "./dingtalk.ts";
import { byteLength } from "./shorten.ts";

const answer: Outbound<string> = {
  ...text,
  inReplyTo: { messageId: "msgA", thread: null, handle: HANDLE },
};

/** A vendor whose sessions answer as told, and whose API takes everything. */
function vendor(session: () => Response) {
  return createBench((request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/v1.0/oauth2/accessToken") return json({ accessToken: "t", expireIn: 7200 });
    return pathname === "/robot/sendBySession" ? session() : json({ processQueryKey: "pqk" });
  });
}

function paths(bench: ReturnType<typeof createBench>): string[] {
  return bench.requests.map((request) => new URL(request.url).pathname);
}

const BY_API = ["/v1.0/oauth2/accessToken", "/v1.0/robot/oToMessages/batchSend"];

describe("answering by the handle of a message", () => {
  it("takes the API instead when the session is over", async () => {
    const bench = vendor(() => json({ errcode: 300001, errmsg: "session 不存在" }));
    expect(await account(bench.deps).send(answer)).toMatchObject({ type: "sent", remoteId: "pqk" });
    expect(paths(bench)).toEqual(["/robot/sendBySession", ...BY_API]);
  });

  it("does not try a handle in its last seconds, or one that leads elsewhere", async () => {
    const late = vendor(() => json({ errcode: 0 }));
    late.advance(5_400_000 - 5000);
    await account(late.deps).send(answer);
    expect(paths(late)).toEqual(BY_API);
    const handle = { ...HANDLE, value: "https://user@oapi.dingtalk.com/robot/sendBySession" };
    const elsewhere = vendor(() => json({ errcode: 0 }));
    await account(elsewhere.deps).send({
      ...answer,
      inReplyTo: { messageId: "msgA", thread: null, handle },
    });
    expect(paths(elsewhere)).toEqual(BY_API);
  });

  it("calls those who are mentioned, whom the API can only name", async () => {
    const mentions = [{ id: "0123", name: "李工" }];
    const message = { ...answer, content: { type: "text", text: "请看", mentions } } as const;
    const session = vendor(() => json({ errcode: 0 }));
    await account(session.deps).send(message);
    expect(await session.requests[0]?.clone().json()).toEqual({
      msgtype: "text",
      text: { content: "@0123 请看" },
      at: { atUserIds: ["0123"] },
    });
    const api = vendor(() => json({ errcode: 300001 }));
    await account(api.deps).send(message);
    expect(await api.requests.at(-1)?.clone().json()).toMatchObject({
      msgParam: JSON.stringify({ content: "@李工 请看" }),
    });
  });

  it("does not say it twice when nobody knows whether it was said once", async () => {
    const bench = vendor(neverAnswered);
    expect(await account(bench.deps).send(answer)).toMatchObject({ type: "unknown" });
    expect(paths(bench)).toEqual(["/robot/sendBySession"]);
  });

  it.each([
    [130101, "rate"],
    [-1, "transient"],
  ])("waits when the session answers errcode %i", async (errcode, failureClass) => {
    const bench = vendor(() => json({ errcode }));
    const delivery = await account(bench.deps).send(answer);
    expect(delivery).toMatchObject({ type: "failed", class: failureClass });
  });
});

describe("sending by the API", () => {
  it("cuts a text that is too long for one message", async () => {
    const bench = vendor(() => json({ errcode: 0 }));
    const long = { type: "text", text: '"很"'.repeat(9000) } as const;
    await account(bench.deps).send({ ...text, content: long });
    const { msgParam } = JSON.parse((await bench.requests[1]?.text()) ?? "");
    expect(byteLength(msgParam)).toBeLessThanOrEqual(15_000);
    expect(JSON.parse(msgParam).content).toMatch(/^("很"){500,}["很]*…$/);
  });

  it("calls a card that its space refused a failure, which repeating would hide", async () => {
    const results = [{ success: true }, { success: false, errorMsg: "robotCode" }];
    const bench = createBench((request) =>
      new URL(request.url).pathname === "/v1.0/oauth2/accessToken"
        ? json({ accessToken: "t", expireIn: 7200 })
        : json({ success: true, result: { deliverResults: results } }),
    );
    const message: Outbound<string> = { ...text, content: { type: "card", card } };
    const delivery = await account(bench.deps).send(message);
    expect(delivery).toMatchObject({ type: "failed", class: "content" });
  });

  it.each([
    [0, "sampleMarkdown", { title: "T", text: "### T" }],
    [1, "sampleActionCard", { singleTitle: "L1", singleURL: "https://desk.example.com/a/1" }],
    [2, "sampleActionCard2", { actionTitle2: "L2", actionURL2: "https://desk.example.com/a/2" }],
    [5, "sampleActionCard5", { actionTitle5: "L5", actionURL5: "https://desk.example.com/a/5" }],
    [9, "sampleActionCard5", { actionTitle1: "L1" }],
  ])("sends without a template an ActionCard with %i links", async (count, msgKey, params) => {
    const bench = createBench((request) =>
      new URL(request.url).pathname === "/v1.0/oauth2/accessToken"
        ? json({ accessToken: "t", expireIn: 7200 })
        : json({ processQueryKey: "q1" }),
    );
    const { card_template_id: _none, ...plain } = config;
    const channel = dingtalk.create(plain, bench.deps);
    expect(channel.can.card).toMatchObject({ shown: "card", buttons: { press: "link" } });
    const controls = Array.from({ length: count }, (_each, at) => ({
      type: "link" as const,
      label: `L${at + 1}`,
      url: `https://desk.example.com/a/${at + 1}`,
    }));
    const linked = { tone: "info", title: "T", subtitle: null, blocks: [], controls } as const;
    const message: Outbound<string> = { ...text, content: { type: "card", card: linked } };
    expect(await channel.send(message)).toMatchObject({ type: "sent", remoteId: "q1" });
    const sent = JSON.parse((await bench.requests.at(-1)?.text()) ?? "{}");
    expect(sent.msgKey).toBe(msgKey);
    expect(JSON.parse(sent.msgParam)).toMatchObject(params);
    const surface = { id: text.id, to: text.to, remoteId: "q1", updateTokens: [], version: 2 };
    expect(await channel.update(surface, linked)).toMatchObject({ class: "window-closed" });
  });
});
