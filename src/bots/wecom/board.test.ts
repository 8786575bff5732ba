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
import type { ChannelDeps } from "../../ports/channel.ts";
import { wecomAccount } from "./account.ts";
import { renderBoardCard } from "./board-card.ts";
import { wecom } from "./wecom.ts";

const KEY = "0123-made-up-key";
const config = wecomAccount.parse({ kind: "board", key: KEY });
const create = (deps: ChannelDeps) => wecom.create(config, deps);
const HOME = "https://work.weixin.qq.com";

channelContract("wecom boards", () => ({
  pushes: [],
  sending: {
    create,
    secrets: [KEY],
    token: null,
    messages: [
      {
        name: "a text",
        message: text,
        accepted: () => json({ errcode: 0, errmsg: "ok" }),
        delivery: sent,
        repeatable: false,
        async check(request) {
          expect(request.url).toBe(`https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}`);
          expect(await bodyOf(request)).toEqual({
            msgtype: "text",
            text: { content: "工程师已出发，预计半小时" },
          });
        },
      },
      {
        name: "a card",
        message: cardMessage,
        accepted: () => json({ errcode: 0, errmsg: "ok" }),
        delivery: sent,
        repeatable: false,
        async check(request) {
          expect(await bodyOf(request)).toEqual({
            msgtype: "template_card",
            template_card: renderBoardCard(card, HOME),
          });
        },
      },
    ],
    answers: [
      refusal({ errcode: 45009 }, "rate", 60_000),
      refusal({ errcode: -1 }, "transient"),
      refusal({ errcode: 93000 }, "config"),
      refusal({ errcode: 40058 }, "content"),
    ],
    update: noUpdate,
  },
}));

describe("a WeCom board", () => {
  it("shows links below the notice, and a tap on it opens the first", () => {
    expect(renderBoardCard(card, HOME)).toMatchObject({
      card_type: "text_notice",
      jump_list: [
        { type: 1, title: "接单", url: "https://desk.example.com/a/one" },
        { type: 1, title: "升级", url: "https://desk.example.com/a/two" },
      ],
      card_action: { type: 1, url: "https://desk.example.com/a/one" },
    });
    expect(renderBoardCard({ ...card, controls: [] }, HOME)).toMatchObject({
      card_action: { type: 1, url: HOME },
    });
  });

  it("refuses every push, and writes to nobody in person", async () => {
    const bench = createBench();
    const channel = create(bench.deps);
    for (const feed of ["callback", "event", "link"]) {
      const request = { method: "POST", query: "", headers: {}, body: new Uint8Array() } as const;
      expect(await channel.receive(request, feed)).toMatchObject({ type: "refused" });
    }
    const person = { kind: "person", id: "ZhangSan" } as const;
    expect(await channel.send({ ...text, to: person })).toMatchObject({ class: "content" });
    expect(bench.requests).toEqual([]);
  });

  it.each([
    { key: `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${KEY}` },
    {},
    { key: "" },
  ])("needs the key alone: %o", (given) => {
    expect(wecomAccount.safeParse({ kind: "board", ...given }).success).toBe(false);
  });
});
