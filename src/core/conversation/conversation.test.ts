import { describe, expect, it } from "vitest";
import {
  about,
  aHeard,
  article,
  CLERK,
  foldConversation,
  intent,
  NOON,
  opened,
  STORE,
} from "../../../test/support/given.ts";
import { MINUTE } from "../../../test/support/policy.ts";
import { type ConversationEvent, conversationStream, mailboxOf } from "./conversation.ts";
import { evolveConversation } from "./evolve.ts";

const heard = aHeard();
const begun: ConversationEvent[] = [opened(), { type: "heard", heard }];
const formed: ConversationEvent[] = [
  ...begun,
  { type: "intent_set", intent: "equipment_repair", about: "w1", store: null },
];

it("begins open, with nothing heard, asked or answered", () => {
  expect(foldConversation([opened()])).toEqual({
    id: "k1.1",
    key: "k1",
    account: "feishu/hq",
    to: { kind: "person", id: "ou_clerk" },
    party: CLERK,
    partyName: { ref: "name-clerk" },
    language: "zh-CN",
    status: "open",
    pending: null,
    last: null,
    topic: null,
    form: null,
    answer: null,
    menu: null,
    askedAt: null,
    lost: 0,
    ticket: null,
    lastAt: NOON,
    version: 1,
  });
});

it("has a message pending until anything is done about it, and remembers it as the last", () => {
  expect(foldConversation(begun)).toMatchObject({ pending: heard, last: heard, version: 2 });
  expect(foldConversation([...begun, { type: "greeted" }])).toMatchObject({
    pending: null,
    last: heard,
    version: 3,
  });
});

it("holds the answer that awaits a verdict, and the version of its card", () => {
  const answered: ConversationEvent[] = [...begun, { type: "answered", article: "hours" }];
  expect(foldConversation(answered).answer).toEqual({
    article: "hours",
    version: 3,
    about: heard.text,
  });
  expect(
    foldConversation([...answered, { type: "deflected", article: "hours" }]).answer,
  ).toBeNull();
  expect(
    foldConversation([...answered, { type: "left_unsolved", article: "hours" }]).answer,
  ).toBeNull();
});

it("forgets a choice once it went on, and how often it was lost once it understood", () => {
  const lost: ConversationEvent[] = [
    ...begun,
    { type: "not_understood", count: 1 },
    { type: "clarified", choices: [intent("stock_order", 0.4)] },
  ];
  expect(foldConversation(lost)).toMatchObject({
    lost: 1,
    menu: { choices: [intent("stock_order", 0.4)], version: 4 },
  });
  expect(foldConversation([...lost, { type: "answered", article: "hours" }])).toMatchObject({
    lost: 0,
    menu: null,
  });
  expect(foldConversation([...lost, { type: "relayed", ticket: "t1" }])).toMatchObject({ lost: 0 });
});

describe("the form", () => {
  it("collects what is given and forgets what it asked for", () => {
    const asked: ConversationEvent[] = [
      ...formed,
      { type: "field_asked", field: "symptom", tries: 2 },
    ];
    expect(foldConversation(asked).form).toEqual({
      intent: "equipment_repair",
      about: "w1",
      given: [],
      store: null,
      asking: "symptom",
      tries: 2,
    });
    const given: ConversationEvent = {
      type: "field_given",
      field: "symptom",
      label: "故障",
      value: { ref: "w2" },
      store: null,
    };
    expect(foldConversation([...asked, given]).form).toEqual({
      intent: "equipment_repair",
      about: "w1",
      given: [{ name: "symptom", label: "故障", value: { ref: "w2" } }],
      store: null,
      asking: null,
      tries: 0,
    });
  });

  it("keeps the store that it was begun with unless another is given", () => {
    const begunWith: ConversationEvent[] = [
      ...begun,
      { type: "intent_set", intent: "equipment_repair", about: null, store: STORE },
    ];
    const given: ConversationEvent = {
      type: "field_given",
      field: "symptom",
      label: "故障",
      value: { ref: "w" },
      store: null,
    };
    expect(foldConversation([...begunWith, given]).form?.store).toEqual(STORE);
  });

  it("is gone when it is cancelled, when a ticket is opened, and when the conversation closes", () => {
    const ends: ConversationEvent[] = [
      { type: "form_cancelled" },
      { type: "ticket_opened", ticket: "t1", number: 7 },
      { type: "closed", reason: "idle" },
    ];
    for (const end of ends) expect(foldConversation([...formed, end]).form).toBeNull();
  });

  it("does not come from a question or a value alone", () => {
    const stray: ConversationEvent[] = [
      ...begun,
      { type: "field_asked", field: "symptom", tries: 1 },
      { type: "field_given", field: "symptom", label: "故障", value: { ref: "w" }, store: null },
    ];
    expect(foldConversation(stray)).toMatchObject({ form: null, version: 4 });
  });
});

it("is about the ticket that was opened last", () => {
  const two: ConversationEvent[] = [
    ...begun,
    { type: "ticket_opened", ticket: "t1", number: 7 },
    { type: "heard", heard: about([article("hours")]) },
    { type: "ticket_opened", ticket: "t2", number: 8 },
  ];
  expect(foldConversation(two).ticket).toBe("t2");
});

it("keeps the time of its last event", () => {
  expect(foldConversation([opened(), [MINUTE, { type: "heard", heard }]]).lastAt).toBe(
    NOON + MINUTE,
  );
});

it("refuses a log that does not begin with its opening, and says which", () => {
  expect(() => evolveConversation(null, { type: "greeted" }, NOON, "k9.1")).toThrow(
    'The log of conversation k9.1 begins with "greeted" instead of "opened".',
  );
});

it("has one mailbox for all conversations of one key, and one per ticket", () => {
  expect(conversationStream("k1", 3)).toBe("conversation:k1.3");
  expect(mailboxOf("conversation:k1.3")).toBe("conversation:k1");
  expect(mailboxOf(conversationStream("k1", 12))).toBe(mailboxOf(conversationStream("k1", 1)));
  expect(mailboxOf("ticket:t1.3")).toBe("ticket:t1.3");
});
