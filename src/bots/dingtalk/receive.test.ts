import { describe, expect, it } from "vitest";
import { createBench } from "../../../test/contracts/channel-fakes.ts";
import { NOW } from "../../../test/contracts/channel-subject.ts";
import {
  account,
  CARD_SECRET,
  config,
  eventRequest,
  provenCard,
  provenRobot,
  request,
} from "../../../test/contracts/dingtalk-account.ts";
import { utf8 } from "../../wire/bytes.ts";
import { dingtalkCardSign } from "../../wire/dingtalk-sign.ts";
import { dingtalk } from "./dingtalk.ts";

const body = utf8(
  JSON.stringify({
    outTrackId: "m1",
    userId: "0123",
    content: JSON.stringify({ cardPrivateData: { params: { action: "urge|1|ticket:t1" } } }),
  }),
);

async function keyOf(headers: Record<string, string>): Promise<string | undefined> {
  const receipt = await account(createBench().deps).receive(request(body, headers), "card");
  return receipt.type === "inbound" ? receipt.items[0]?.dedupeKey : receipt.type;
}

async function signedAt(at: number): Promise<Record<string, string>> {
  const timestamp = String(at);
  const sign = await dingtalkCardSign(CARD_SECRET, timestamp);
  return { "x-ddpaas-signature-timestamp": timestamp, "x-ddpaas-signature": sign };
}

describe("the identity of a click", () => {
  it("is the same for the same request, and another one for a second click", async () => {
    const first = await keyOf(await signedAt(NOW));
    expect(await keyOf(await signedAt(NOW))).toBe(first);
    expect(await keyOf(await signedAt(NOW + 1500))).not.toBe(first);
  });

  it("is the vendor's own where it gives one", async () => {
    expect(await keyOf({ ...(await signedAt(NOW)), messageid: "d1" })).toBe("ding:card:d1");
  });
});

describe("an account without the secrets of a feed", () => {
  const bare = { ...config, card_api_secret: undefined, aes_key: undefined, token: undefined };
  const channel = () => dingtalk.create(bare as never, createBench().deps);

  it("refuses its clicks, whatever they carry", async () => {
    const receipt = await channel().receive(await provenCard(body), "card");
    expect(receipt).toMatchObject({ type: "refused", reason: "signature" });
  });

  it("refuses its events, whatever they carry", async () => {
    const receipt = await channel().receive(await eventRequest("{}"), "event");
    expect(receipt).toMatchObject({ type: "refused", reason: "signature" });
  });
});

describe("an event", () => {
  it("may name the organisation instead of the app, as callbacks registered the old way do", async () => {
    const deps = createBench().deps;
    const push = await eventRequest('{"EventType":"x"}', "ding1");
    const withCorp = dingtalk.create({ ...config, corp_id: "ding1" }, deps);
    expect((await withCorp.receive(push, "event")).type).toBe("inbound");
    expect(await account(deps).receive(push, "event")).toMatchObject({ reason: "signature" });
  });
});

it("refuses a feed that DingTalk does not have", async () => {
  const receipt = await account(createBench().deps).receive(await provenRobot(body), "cards");
  expect(receipt).toMatchObject({ type: "refused", reason: "malformed" });
});

describe("an account whose pushes come over Stream", () => {
  const streaming = dingtalk.create({ ...config, transport: "stream" }, createBench().deps);

  it.each([
    ["a robot message", "robot", () => provenRobot(utf8("{}"))],
    ["a click", "card", () => provenCard(body)],
    ["an event", "event", () => eventRequest('{"EventType":"check_url"}')],
  ] as const)("refuses %s over HTTP, however well it is signed", async (_name, feed, push) => {
    expect(await streaming.receive(await push(), feed)).toEqual({
      type: "refused",
      reason: "signature",
      detail: "this account takes pushes over its Stream connection only",
    });
  });
});
