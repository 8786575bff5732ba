import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { RawRequest } from "../../ports/channel.ts";
import { feishuConfig } from "./config.ts";
import { instantMs } from "./instant.ts";
import { receive } from "./receive.ts";

type Vector = { id: string; input: Record<string, string>; expected: Record<string, string> };

const file = new URL("../../../test/fixtures/wire-vectors.json", import.meta.url);
const vectors = JSON.parse(readFileSync(file, "utf8")) as readonly Vector[];

function vector(id: string): Vector {
  const found = vectors.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found;
}

function requestOf({ input, expected }: Vector): RawRequest {
  return {
    method: "POST",
    query: "",
    headers: {
      "x-lark-request-timestamp": input.timestamp ?? "",
      "x-lark-request-nonce": input.nonce ?? "",
      "x-lark-signature": expected["X-Lark-Signature"] ?? "",
    },
    body: new TextEncoder().encode(input.rawBody),
  };
}

const account = {
  app_id: "cli_00000000000000aa",
  app_secret: "s",
  verification_token: "vtok_made_up",
};
const NOW = 1_700_000_000_000;

describe("receive", () => {
  it.each(["feishu-event-signature", "feishu-event-signature-whitespace"])(
    "reads the push of the vector %s",
    async (id) => {
      const config = feishuConfig.parse({ ...account, encrypt_key: "ek_made_up_key" });
      const receipt = await receive(requestOf(vector(id)), config, NOW);
      expect(receipt).toMatchObject({
        type: "inbound",
        items: [
          {
            dedupeKey: "msg:om_msg01",
            sender: { id: "ou_sender01" },
            addressed: true,
            parts: [
              { type: "mention", bot: true },
              { type: "text", text: " 打印机坏了" },
            ],
          },
        ],
      });
    },
  );

  it("proves the old card callback of the vector, whose button is none of ours", async () => {
    const request = requestOf(vector("feishu-card-v1-signature"));
    const receipt = await receive(request, feishuConfig.parse(account), NOW);
    expect(receipt).toMatchObject({ type: "inbound", items: [] });
  });

  it("answers the challenge that the vendor's own SDK is tested with", async () => {
    const { input } = vector("feishu-challenge-sdk-test");
    const config = feishuConfig.parse({ ...account, encrypt_key: input.encryptKey });
    const request = requestOf(vector("feishu-challenge-sdk-test"));
    const body = new TextEncoder().encode(JSON.stringify(input.body));
    const receipt = await receive({ ...request, headers: {}, body }, config, NOW);
    if (receipt.type !== "handshake") throw new Error(`expected a handshake, got ${receipt.type}`);
    expect(JSON.parse(receipt.reply.body)).toEqual({
      challenge: "5634b122-c042-4634-bc7f-b07a3c3e77ad",
    });
  });
});

describe("an account on a long connection", () => {
  it.each(["feishu-event-signature", "feishu-challenge-sdk-test"])(
    "refuses what comes by HTTP, though it be proven: %s",
    async (id) => {
      const encrypt_key = vector(id).input.encryptKey ?? "ek_made_up_key";
      const config = feishuConfig.parse({ ...account, encrypt_key, transport: "websocket" });
      expect(await receive(requestOf(vector(id)), config, NOW)).toEqual({
        type: "refused",
        reason: "signature",
        detail: "pushes of this account come over its long connection",
      });
    },
  );
});

describe("instantMs", () => {
  it.each([
    ["1700000000", 1_700_000_000_000],
    [1_700_000_000, 1_700_000_000_000],
    ["1502199207.7171419", 1_502_199_207_717],
    ["1700000000123", 1_700_000_000_123],
    ["1700000000123456", 1_700_000_000_123],
    ["", null],
    ["-1700000000", null],
    ["17000000001234567", null],
    [null, null],
    [{}, null],
  ])("reads %j", (written, ms) => {
    expect(instantMs(written)).toBe(ms);
  });
});
