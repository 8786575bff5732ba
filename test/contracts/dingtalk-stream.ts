import { expect } from "vitest";
import type { InboundAction } from "../../src/core/message.ts";
import { NOW } from "./channel-subject.ts";
import type { ClickPush, ConnectionSubject } from "./connection-subject.ts";
import { CLIENT_SECRET } from "./dingtalk-account.ts";
import { robot } from "./dingtalk-robot.ts";
import { frameOf, messageIdOf, startDingtalk, TICKET } from "./dingtalk-stream-vendor.ts";

const content = JSON.stringify({
  cardPrivateData: {
    actionIds: ["act"],
    params: { action: "claim|7|ticket:t1", form: { team: { index: 1, value: "net" } } },
  },
});
const clicked = JSON.stringify({
  type: "actionCallback",
  outTrackId: "m0000000000000000001",
  corpId: "ding1",
  userId: "0123",
  userIdType: 1,
  spaceId: "cidX==",
  spaceType: "IM_GROUP",
  extension: "{}",
  content,
  value: content,
});

const action: InboundAction = {
  type: "action",
  dedupeKey: `ding:card:${messageIdOf(clicked)}`,
  at: NOW,
  operator: { id: "0123", name: null },
  action: "claim|7|ticket:t1",
  values: { team: "net" },
  cardId: "m0000000000000000001",
  place: { chat: "cidX==", kind: "group", thread: null },
  updateToken: null,
};

const click: ClickPush = {
  name: "a click",
  feed: "card",
  payload: clicked,
  items: [action],
  acknowledged: true,
  check(said, outcome) {
    const told =
      outcome === "pending"
        ? { toast: expect.stringContaining("正在处理"), toast_tone: "info" }
        : { toast: outcome.text, toast_tone: outcome.tone };
    expect(said).toEqual({
      response: {
        cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
        userPrivateData: { cardParamMap: { ...told, toast_version: "7" } },
      },
    });
  },
};

const nothing = { items: [], acknowledged: true } as const;

/** DingTalk's Stream mode. */
export const stream: ConnectionSubject = {
  start: startDingtalk,
  samples: [
    ...robot.samples.map(({ name, payload, items }) => ({
      name,
      feed: "robot",
      payload,
      items,
      acknowledged: true,
    })),
    { name: "an event", feed: "event", payload: '{"userId":["0123"]}', ...nothing },
    {
      name: "a click on a button that is not ours",
      feed: "card",
      payload: JSON.stringify({ type: "actionCallback", outTrackId: "t", userId: "0123" }),
      ...nothing,
    },
    {
      name: "a message that came without its words because the API quota is used up",
      feed: "robot",
      payload: JSON.stringify({
        ...JSON.parse(robot.samples[0]?.payload ?? ""),
        text: undefined,
        errCode: 20001,
        errMsg: "the quota is used up",
      }),
      ...nothing,
    },
  ],
  click,
  malformed: [
    { name: "a message that is no JSON", feed: "robot", payload: "printer broken" },
    { name: "a message without an id", feed: "robot", payload: '{"conversationId":"cidX=="}' },
    { name: "a click that is a list", feed: "card", payload: "[]" },
    { name: "a push of a topic that we did not ask for", feed: "/v1.0/else", payload: "{}" },
  ],
  hostile: [
    { name: "an empty frame", frame: "" },
    { name: "words", frame: "hello" },
    { name: "a list", frame: "[]" },
    { name: "nothing", frame: "null" },
    { name: "an object without headers", frame: '{"type":"CALLBACK"}' },
    { name: "headers that are a text", frame: '{"type":"SYSTEM","headers":"ping"}' },
    { name: "a ping without an id", frame: '{"type":"SYSTEM","headers":{"topic":"ping"}}' },
    { name: "a type of its own", frame: frameOf("robot", "m", "{}").replace("CALLBACK", "X") },
    { name: "data that is an object", frame: frameOf("robot", "m", "").replace('""', "{}") },
    { name: "brackets without end", frame: "[".repeat(100_000) },
    { name: "bytes", frame: new Uint8Array([0xff, 0xfe, 0x00]) },
  ],
  secrets: [CLIENT_SECRET, TICKET],
};
