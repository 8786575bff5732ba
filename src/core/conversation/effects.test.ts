import { describe, expect, it } from "vitest";
import {
  about,
  aHeard,
  article,
  foldConversation,
  givenConversation,
  intent,
  keyOf,
  messagesOf,
  NOON,
  opened,
} from "../../../test/support/given.ts";
import { aPolicy, MINUTE } from "../../../test/support/policy.ts";
import type { ConversationEvent } from "./conversation.ts";
import { conversationDue, conversationEffects } from "./effects.ts";

const heard = aHeard({ inbox: "inbox-9", messageId: "om_9", thread: "om_1" });
const formed: ConversationEvent = {
  type: "intent_set",
  intent: "equipment_repair",
  about: null,
  store: null,
};

function effectsOf(...events: ConversationEvent[]) {
  const conversation = foldConversation([opened(), { type: "heard", heard }, ...events]);
  return conversationEffects(events.slice(-1), conversation, aPolicy());
}

describe("what is said", () => {
  it.each<[string, ConversationEvent[], string | null]>([
    ["a greeting", [{ type: "greeted" }], "say.greeted"],
    ["help", [{ type: "helped" }], "say.helped"],
    ["one sentence", [{ type: "told", text: { key: "say.welcome" } }], "say.welcome"],
    ["an answer: its card", [{ type: "answered", article: "hours" }], "几点开门"],
    ["an answer that was taken", [{ type: "deflected", article: "hours" }], "say.deflected"],
    [
      "an answer that was not: the ticket speaks",
      [{ type: "left_unsolved", article: "hours" }],
      null,
    ],
    [
      "choices: their card",
      [{ type: "clarified", choices: [intent("stock_order")] }],
      "card.clarify.title",
    ],
    ["nothing understood: its card", [{ type: "not_understood", count: 1 }], "card.lost.title"],
    ["the beginning of a form: the question speaks", [formed], null],
    ["a question", [formed, { type: "field_asked", field: "store", tries: 1 }], "say.ask"],
    [
      "a question again",
      [formed, { type: "field_asked", field: "symptom", tries: 2 }],
      "say.ask_again.text",
    ],
    ["a form cancelled", [formed, { type: "form_cancelled" }], "say.form_cancelled"],
    ["a message passed on: the ticket speaks", [{ type: "relayed", ticket: "t1" }], null],
    ["the end", [{ type: "closed", reason: "idle" }], null],
  ])("on %s", (_what, events, key) => {
    expect(messagesOf(effectsOf(...events)).map(keyOf)).toEqual(key === null ? [] : [key]);
  });

  it("goes to where the party is, in their lane and language, as an answer to their message", () => {
    const [message] = messagesOf(effectsOf({ type: "greeted" }));
    expect(message).toEqual({
      type: "message",
      lane: "feishu/hq|person|ou_clerk",
      account: "feishu/hq",
      to: { kind: "person", id: "ou_clerk" },
      language: "zh-CN",
      inReplyTo: { inbox: "inbox-9", messageId: "om_9", thread: "om_1" },
      content: {
        type: "text",
        text: { key: "say.greeted", params: { name: "茶饮总部服务台", topics: "设备报修、订货" } },
      },
    });
  });

  it("falls back to the name of a field that the configuration lost", () => {
    const [message] = messagesOf(
      effectsOf(formed, { type: "field_asked", field: "gone", tries: 2 }),
    );
    expect(message?.content).toEqual({
      type: "text",
      text: { key: "say.ask_again.text", params: { ask: { literal: "gone" } } },
    });
  });
});

describe("the timer", () => {
  it("closes a conversation after the time without a word, counted from the last event", () => {
    const conversation = foldConversation([opened(), [MINUTE, { type: "heard", heard }]]);
    expect(conversationDue(conversation, aPolicy())).toBe(NOON + 31 * MINUTE);
    expect(conversationEffects([], conversation, aPolicy())).toEqual([
      { type: "timer", stream: "conversation:k1.1", dueAt: NOON + 31 * MINUTE },
    ]);
  });

  it("is taken away once it is closed", () => {
    expect(effectsOf({ type: "closed", reason: "idle" })).toEqual([
      { type: "timer", stream: "conversation:k1.1", dueAt: null },
    ]);
  });
});

it("keeps one lane for all that one step says, in its order", () => {
  const outcome = givenConversation([opened()]).whenHeard(about([article("hours")]));
  expect(new Set(outcome.said.map(({ lane }) => lane))).toEqual(
    new Set(["feishu/hq|person|ou_clerk"]),
  );
});
