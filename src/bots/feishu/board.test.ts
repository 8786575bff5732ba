import { describe, expect, it } from "vitest";
import {
  bodyOf,
  card,
  cardMessage,
  noUpdate,
  refusal,
  SECONDS,
  sent,
  text,
} from "../../../test/contracts/board-samples.ts";
import { channelContract } from "../../../test/contracts/channel-contract.ts";
import { createBench, json } from "../../../test/contracts/channel-fakes.ts";
import type { ChannelDeps } from "../../ports/channel.ts";
import { feishuCustomBotSign } from "../../wire/feishu-crypto.ts";
import { feishuAccount } from "./account.ts";
import { FEISHU_WEBHOOK_CARD } from "./card-abilities.ts";
import { feishu } from "./feishu.ts";
import { renderCard } from "./render.ts";

const TOKEN = "made-up-hook-token";
const SECRET = "made-up-sign-secret";
const config = feishuAccount.parse({ kind: "board", token: TOKEN, secret: SECRET });
const create = (deps: ChannelDeps) => feishu.create(config, deps);
const accepted = () => json({ code: 0, msg: "success", data: {} });

async function signed() {
  return { timestamp: SECONDS, sign: await feishuCustomBotSign(SECONDS, SECRET) };
}

channelContract("feishu boards", () => ({
  pushes: [],
  sending: {
    create,
    secrets: [TOKEN, SECRET],
    token: null,
    messages: [
      {
        name: "a text",
        message: text,
        accepted,
        delivery: sent,
        repeatable: false,
        async check(request) {
          expect(request.url).toBe(`https://open.feishu.cn/open-apis/bot/v2/hook/${TOKEN}`);
          expect(await bodyOf(request)).toEqual({
            ...(await signed()),
            msg_type: "text",
            content: { text: "工程师已出发，预计半小时" },
          });
        },
      },
      {
        name: "a card",
        message: cardMessage,
        accepted: () => json({ StatusCode: 0, StatusMessage: "success" }),
        delivery: sent,
        repeatable: false,
        async check(request) {
          expect(await bodyOf(request)).toEqual({
            ...(await signed()),
            msg_type: "interactive",
            card: JSON.parse(JSON.stringify(renderCard(card, FEISHU_WEBHOOK_CARD))),
          });
        },
      },
    ],
    answers: [
      refusal({ code: 11232 }, "rate"),
      refusal({ code: 19001 }, "config"),
      refusal({ code: 19021 }, "config"),
      refusal({ code: 19024 }, "config"),
      refusal({ code: 9499 }, "content"),
      refusal({ code: 2200 }, "transient"),
    ],
    update: noUpdate,
  },
}));

describe("a Feishu board", () => {
  it("signs nothing without a secret", async () => {
    const bench = createBench(accepted);
    const plain = feishuAccount.parse({ kind: "board", token: TOKEN });
    await feishu.create(plain, bench.deps).send(text);
    expect(await bodyOf(bench.requests[0] as Request)).not.toHaveProperty("sign");
  });

  it("keeps the whole request within 20 KB, whatever is said", async () => {
    const bench = createBench(accepted);
    const long = "很长的话".repeat(20_000);
    await create(bench.deps).send({ ...text, content: { type: "text", text: long } });
    const blocks = Array.from({ length: 60 }, () => ({ type: "paragraph", text: long }) as const);
    const huge = { ...card, title: long, blocks };
    await create(bench.deps).send({ ...text, content: { type: "card", card: huge } });
    for (const request of bench.requests) {
      const bytes = new TextEncoder().encode(await request.clone().text()).length;
      expect(bytes).toBeLessThanOrEqual(20_480);
    }
  });

  it("refuses every push, and writes to nobody in person", async () => {
    const bench = createBench();
    const channel = create(bench.deps);
    for (const feed of feishu.feeds) {
      const request = { method: "POST", query: "", headers: {}, body: new Uint8Array() } as const;
      expect(await channel.receive(request, feed)).toMatchObject({ type: "refused" });
    }
    const person = { kind: "person", id: "ou_x" } as const;
    expect(await channel.send({ ...text, to: person })).toMatchObject({ class: "content" });
    expect(bench.requests).toEqual([]);
  });
});
