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

  it("sends no cards without a template, and says so in its capabilities", async () => {
    const bench = createBench();
    const { card_template_id: _none, ...plain } = config;
    const channel = dingtalk.create(plain, bench.deps);
    expect(channel.can.cards).toBe(false);
    const message: Outbound<string> = { ...text, content: { type: "card", card } };
    expect(await channel.send(message)).toMatchObject({ type: "failed", class: "config" });
  });
});
