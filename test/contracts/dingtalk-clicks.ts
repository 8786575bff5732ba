import { expect } from "vitest";
import { renderCard } from "../../src/bots/dingtalk/render.ts";
import type { InboundAction } from "../../src/core/message.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { NOW, type PushSample, type PushSubject, type ReplySample } from "./channel-subject.ts";
import { account, card, provenCard, strangersAccount, WINDOW } from "./dingtalk-account.ts";

function clickBody(content: unknown, more: object = {}): string {
  return JSON.stringify({
    type: "actionCallback",
    outTrackId: "m0000000000000000001",
    corpId: "ding1",
    userId: "0123",
    content: JSON.stringify(content),
    ...more,
  });
}

const clicked: InboundAction = {
  type: "action",
  dedupeKey: "",
  at: NOW,
  operator: { id: "0123", name: null },
  action: "claim|7|ticket:t1",
  values: {},
  cardId: "m0000000000000000001",
  place: null,
  updateToken: null,
};

const UPDATE = { updateCardDataByKey: true, updatePrivateDataByKey: true };
const moved = {
  ...card,
  controls: card.controls.map((control) => ({ ...control, action: "resolve|8|ticket:t1" })),
};
const clickReplies: ReplySample[] = [
  {
    name: "worked, with the new card",
    outcome: { tone: "success", text: "已接单\n谢谢", card: moved },
    check: (reply) =>
      expect(JSON.parse(reply.body)).toEqual({
        cardUpdateOptions: UPDATE,
        cardData: { cardParamMap: renderCard(moved, null) },
        userPrivateData: {
          cardParamMap: { toast: "已接单 谢谢", toast_tone: "success", toast_version: "8" },
        },
      }),
  },
  {
    name: "refused, with the card as it is",
    outcome: { tone: "error", text: "只有组员可以接单", card: null },
    check: (reply) =>
      expect(JSON.parse(reply.body)).toEqual({
        cardUpdateOptions: UPDATE,
        userPrivateData: {
          cardParamMap: { toast: "只有组员可以接单", toast_tone: "error", toast_version: "7" },
        },
      }),
  },
  {
    name: "still being worked",
    outcome: "pending",
    check: (reply) =>
      expect(JSON.parse(reply.body)).toEqual({
        cardUpdateOptions: UPDATE,
        userPrivateData: {
          cardParamMap: {
            toast: expect.stringContaining("正在处理"),
            toast_tone: "info",
            toast_version: expect.stringMatching(/^[1-9]\d*$/), // also asked of clicks on other cards
          },
        },
      }),
  },
];

function click(name: string, payload: string, expected: Partial<InboundAction>): PushSample {
  const dedupeKey = expect.stringMatching(
    new RegExp(`^ding:card:m0000000000000000001:0123:${NOW}:[0-9a-f]{32}$`),
  ) as string;
  return { name, payload, items: [{ ...clicked, dedupeKey, ...expected }], replies: clickReplies };
}

/** Clicks on cards. */
export const clicks: PushSubject = {
  name: "clicks",
  feed: "card",
  create: account,
  createStranger: strangersAccount,
  prove: provenCard,
  push: (payload) => provenCard(utf8(payload)),
  coversBody: false,
  proof: { headers: ["x-ddpaas-signature", "x-ddpaas-signature-timestamp"], query: [] },
  window: WINDOW,
  handshakes: [],
  forgeries: [],
  samples: [
    click(
      "a button",
      clickBody({
        cardPrivateData: { actionIds: ["act"], params: { action: "claim|7|ticket:t1" } },
      }),
      {},
    ),
    click(
      "a button whose parameters stand beside, in value, in a group",
      clickBody(null, {
        content: undefined,
        value: JSON.stringify({
          cardPrivateData: { actionIds: ["act"] },
          params: { action: "claim|7|ticket:t1" },
        }),
        spaceType: "IM_GROUP",
        spaceId: "dtv1.card//IM_GROUP.cidX==",
      }),
      { place: { chat: "cidX==", kind: "group", thread: null } },
    ),
    click(
      "a form",
      clickBody({
        cardPrivateData: {
          actionIds: ["act"],
          params: {
            action: "resolve|7|ticket:t1",
            form: {
              note: "换了压缩机",
              team: { index: 1, value: "net" },
              tags: [{ index: 0, value: "a" }, "b"],
              paid: true,
              empty: null,
            },
          },
        },
      }),
      {
        action: "resolve|7|ticket:t1",
        values: { note: "换了压缩机", team: "net", tags: "a,b", paid: "true" },
      },
    ),
    {
      name: "a callback without an action",
      payload: clickBody({ cardPrivateData: { actionIds: ["other"], params: {} } }),
      items: [],
      replies: [],
    },
  ],
};
