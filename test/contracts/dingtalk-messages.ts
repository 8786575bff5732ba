import { expect } from "vitest";
import { renderCard } from "../../src/bots/dingtalk/render.ts";
import type { Outbound } from "../../src/core/message.ts";
import { json } from "./channel-fakes.ts";
import type { MessageSample } from "./channel-subject.ts";
import { card, HANDLE, text } from "./dingtalk-account.ts";

const inGroup: Outbound<string> = { ...text, to: { kind: "chat", id: "cidX==" } };
const answering: Outbound<string> = {
  ...inGroup,
  inReplyTo: { messageId: "msgA", thread: null, handle: HANDLE },
};

export async function bodyOf(request: Request): Promise<unknown> {
  return JSON.parse(await request.clone().text());
}

/** Texts and cards, each by every way that it can take. */
export const messages: readonly MessageSample[] = [
  {
    name: "a text to a person",
    message: text,
    accepted: () => json({ processQueryKey: "pqk", invalidStaffIdList: [] }),
    delivery: { type: "sent", remoteId: "pqk", updateTokens: [] },
    repeatable: false,
    async check(request) {
      expect(new URL(request.url).pathname).toBe("/v1.0/robot/oToMessages/batchSend");
      expect(await bodyOf(request)).toEqual({
        robotCode: "dingappkey",
        userIds: ["0123"],
        msgKey: "sampleText",
        msgParam: '{"content":"工程师已出发，预计半小时"}',
      });
    },
  },
  {
    name: "a text to a group",
    message: inGroup,
    accepted: () => json({ processQueryKey: "pqk" }),
    delivery: { type: "sent", remoteId: "pqk", updateTokens: [] },
    repeatable: false,
    async check(request) {
      expect(new URL(request.url).pathname).toBe("/v1.0/robot/groupMessages/send");
      expect(await bodyOf(request)).toMatchObject({ openConversationId: "cidX==" });
    },
  },
  {
    name: "an answer by its handle",
    message: answering,
    accepted: () => json({ errcode: 0, errmsg: "ok" }),
    delivery: { type: "sent", remoteId: text.id, updateTokens: [] },
    repeatable: false,
    async check(request) {
      expect(request.url).toBe(HANDLE.value);
      expect(request.headers.get("x-acs-dingtalk-access-token")).toBeNull();
      expect(await bodyOf(request)).toEqual({
        msgtype: "text",
        text: { content: "工程师已出发，预计半小时" },
      });
    },
  },
  {
    name: "a card to a group",
    message: { ...inGroup, content: { type: "card", card } },
    accepted: () => json({ success: true, result: { deliverResults: [{ success: true }] } }),
    delivery: { type: "sent", remoteId: text.id, updateTokens: [] },
    repeatable: true,
    async check(request) {
      expect(new URL(request.url).pathname).toBe("/v1.0/card/instances/createAndDeliver");
      expect(await bodyOf(request)).toEqual({
        cardTemplateId: "template.schema",
        outTrackId: text.id,
        callbackType: "HTTP",
        callbackRouteKey: "loopdesk",
        userIdType: 1,
        cardData: { cardParamMap: renderCard(card, null) },
        openSpaceId: "dtv1.card//IM_GROUP.cidX==",
        imGroupOpenSpaceModel: { supportForward: false },
        imGroupOpenDeliverModel: { robotCode: "dingappkey" },
      });
    },
  },
  {
    name: "a card to a person, which exists already",
    message: { ...text, content: { type: "card", card } },
    accepted: () => json({ code: "param.cardAlreadyExist" }, 400),
    delivery: { type: "sent", remoteId: text.id, updateTokens: [] },
    repeatable: true,
    async check(request) {
      expect(await bodyOf(request)).toMatchObject({
        openSpaceId: "dtv1.card//IM_ROBOT.0123",
        imRobotOpenDeliverModel: { spaceType: "IM_ROBOT", robotCode: "dingappkey" },
      });
    },
  },
];
