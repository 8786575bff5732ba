import { describe, expect, it } from "vitest";
import {
  bodyOf,
  card,
  cardMessage,
  noUpdate,
  refusal,
  sent,
  text,
} from "../../../test/contracts/board-samples.ts";
import { channelContract } from "../../../test/contracts/channel-contract.ts";
import { createBench, json } from "../../../test/contracts/channel-fakes.ts";
import { NOW } from "../../../test/contracts/channel-subject.ts";
import type { ChannelDeps } from "../../ports/channel.ts";
import { dingtalkCustomRobotSign } from "../../wire/dingtalk-sign.ts";
import { dingtalkAccount } from "./account.ts";
import { dingtalk } from "./dingtalk.ts";

const TOKEN = "made-up-access-token";
const SECRET = "SEC-made-up";
const config = dingtalkAccount.parse({ kind: "board", access_token: TOKEN, secret: SECRET });
const create = (deps: ChannelDeps) => dingtalk.create(config, deps);
const accepted = () => json({ errcode: 0, errmsg: "ok" });
const MUTE_MS = 600_000;

channelContract("dingtalk boards", () => ({
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
        repeatable: true,
        async check(request) {
          const { origin, pathname, searchParams } = new URL(request.url);
          expect(origin + pathname).toBe("https://oapi.dingtalk.com/robot/send");
          expect(Object.fromEntries(searchParams)).toEqual({
            access_token: TOKEN,
            timestamp: String(NOW),
            sign: await dingtalkCustomRobotSign(SECRET, String(NOW)),
          });
          expect(await bodyOf(request)).toEqual({
            msgtype: "text",
            text: { content: "工程师已出发，预计半小时" },
            msgUuid: text.id,
          });
        },
      },
      {
        name: "a card",
        message: cardMessage,
        accepted,
        delivery: sent,
        repeatable: true,
        async check(request) {
          expect(await bodyOf(request)).toEqual({
            msgtype: "actionCard",
            actionCard: {
              title: "冰柜不制冷",
              text: "### 冰柜不制冷\n\n**待接单**\n\n三号柜\n\n**门店：**上海南京西路店",
              btnOrientation: "0",
              btns: [
                { title: "接单", actionURL: "https://desk.example.com/a/one" },
                { title: "升级", actionURL: "https://desk.example.com/a/two" },
              ],
            },
            msgUuid: text.id,
          });
        },
      },
      {
        name: "a card without links",
        message: { ...text, content: { type: "card", card: { ...card, controls: [] } } },
        accepted,
        delivery: sent,
        repeatable: true,
        async check(request) {
          expect(await bodyOf(request)).toMatchObject({ msgtype: "markdown" });
        },
      },
    ],
    answers: [
      refusal({ errcode: 410100 }, "rate", MUTE_MS),
      refusal({ errcode: 130101 }, "rate", MUTE_MS),
      refusal({ status: 1111, punish: "deny" }, "rate", 300_000),
      refusal({ errcode: -1 }, "transient"),
      refusal({ errcode: 310000 }, "config"),
      refusal({ errcode: 400013 }, "config"),
      refusal({ errcode: 400101 }, "config"),
      refusal({ errcode: 400102 }, "config"),
      refusal({ errcode: 400106 }, "config"),
      refusal({ errcode: 400105 }, "content"),
      refusal({ errcode: 430101 }, "content"),
      refusal({ errcode: 430104 }, "content"),
    ],
    update: noUpdate,
  },
}));

describe("a DingTalk board", () => {
  it("signs nothing without a secret", async () => {
    const bench = createBench(accepted);
    const plain = dingtalkAccount.parse({ kind: "board", access_token: TOKEN });
    await dingtalk.create(plain, bench.deps).send(text);
    expect(new URL(bench.requests[0]?.url ?? "").search).toBe(`?access_token=${TOKEN}`);
  });

  it("lets nobody's words become a link, a picture or a heading", async () => {
    const bench = createBench(accepted);
    const words =
      "# big\n![x](https://evil.example/p.png) [pay](https://evil.example) **b** <font>";
    const blocks = [{ type: "paragraph", text: words } as const];
    await create(bench.deps).send({
      ...text,
      content: { type: "card", card: { ...card, title: words, blocks } },
    });
    const { actionCard } = (await bodyOf(bench.requests[0] as Request)) as {
      actionCard: { text: string };
    };
    expect(actionCard.text).not.toMatch(/\]\(|<font|^# |\*\*b/m);
  });

  it("keeps the whole message within 15 000 bytes, whatever is said", async () => {
    const bench = createBench(accepted);
    const long = "很长的话".repeat(20_000);
    const blocks = Array.from({ length: 30 }, () => ({ type: "paragraph", text: long }) as const);
    await create(bench.deps).send({ ...text, content: { type: "text", text: long } });
    await create(bench.deps).send({
      ...text,
      content: { type: "card", card: { ...card, title: long, blocks } },
    });
    for (const request of bench.requests) {
      const bytes = new TextEncoder().encode(await request.clone().text()).length;
      expect(bytes).toBeLessThanOrEqual(15_000);
    }
  });

  it("refuses every push, and writes to nobody in person", async () => {
    const bench = createBench();
    const channel = create(bench.deps);
    for (const feed of dingtalk.feeds) {
      const request = { method: "POST", query: "", headers: {}, body: new Uint8Array() } as const;
      expect(await channel.receive(request, feed)).toMatchObject({ type: "refused" });
    }
    const person = { kind: "person", id: "0123" } as const;
    expect(await channel.send({ ...text, to: person })).toMatchObject({ class: "content" });
    expect(bench.requests).toEqual([]);
  });
});
