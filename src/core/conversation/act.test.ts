import { describe, expect, it } from "vitest";
import {
  about,
  accepted,
  agent,
  aHeard,
  aNewTicket,
  article,
  CLERK,
  foldTicket,
  givenConversation,
  intent,
  keyOf,
  opened,
  STORE,
  STRANGER,
} from "../../../test/support/given.ts";
import type { Candidate, ConversationEvent } from "./conversation.ts";

const opens = expect.objectContaining({ type: "ticket_opened", number: 8 }) as ConversationEvent;
const question: ConversationEvent = {
  type: "heard",
  heard: aHeard({ text: "question", stores: [STORE] }),
};
const answered: ConversationEvent[] = [opened(), question, { type: "answered", article: "hours" }];
const choices: Candidate[] = [
  intent("equipment_repair", 0.5),
  article("hours", 0.4),
  intent("stock_order", 0.3),
];
const clarified: ConversationEvent[] = [opened(), question, { type: "clarified", choices }];

describe("the card of an answer", () => {
  it("solved: that was all, and the card says so", () => {
    const outcome = givenConversation(answered).whenPressed("solved");
    outcome.gives([{ type: "deflected", article: "hours" }]);
    expect(accepted(outcome.step).outcome).toMatchObject({
      text: { key: "done.solved" },
      card: { tone: "neutral", controls: [] },
    });
  });

  it("unsolved: a person gets the question", () => {
    const outcome = givenConversation(answered).whenPressed("unsolved");
    outcome.gives([{ type: "left_unsolved", article: "hours" }, opens]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      ticketType: "handover",
      description: { ref: "question" },
    });
    expect(accepted(outcome.step).outcome).toMatchObject({
      text: { key: "done.unsolved" },
      card: { controls: [] },
    });
  });

  it("human: a person gets the question", () => {
    const outcome = givenConversation(answered).whenPressed("human");
    outcome.gives([opens]);
    expect(outcome.ticketEvents[0]).toMatchObject({ description: { ref: "question" } });
    expect(outcome.said.map(keyOf)).toEqual(["say.handed_over"]);
  });

  it("is answered once", () => {
    const done = givenConversation([...answered, { type: "deflected", article: "hours" }]);
    for (const verb of ["solved", "unsolved"])
      done.whenPressed(verb, { version: 3 }).gives({ already_done: {} });
  });

  it("takes no verdict once a newer answer stands", () => {
    const newer = givenConversation([
      ...answered,
      question,
      { type: "answered", article: "refund" },
    ]);
    newer.whenPressed("solved", { version: 3 }).gives({ already_done: {} });
    newer.whenPressed("unsolved", { version: 3 }).gives({ already_done: {} });
    newer.whenPressed("solved", { version: 5 }).gives([{ type: "deflected", article: "refund" }]);
  });

  it("carries the version that its verdict is checked against", () => {
    const outcome = givenConversation([opened()]).whenHeard(about([article("hours")]));
    const [message] = outcome.said;
    const [, version] =
      /^solved\|(\d+)\|/.exec(JSON.stringify(message).match(/solved\|\d+\|/)?.[0] ?? "") ?? [];
    const state = accepted(outcome.step).streams[0]?.state;
    expect(state).toMatchObject({
      value: { answer: { article: "hours", version: Number(version) } },
    });
  });
});

describe("the menu of what may have been meant", () => {
  it.each<[string, ConversationEvent[]]>([
    [
      "choose_0",
      [
        { type: "intent_set", intent: "equipment_repair", about: "question", store: STORE },
        { type: "field_asked", field: "symptom", tries: 1 },
      ],
    ],
    ["choose_1", [{ type: "answered", article: "hours" }]],
    [
      "choose_2",
      [
        { type: "intent_set", intent: "stock_order", about: "question", store: STORE },
        { type: "field_asked", field: "slip", tries: 1 },
      ],
    ],
  ])("%s goes on with that", (verb, events) => {
    givenConversation(clarified).whenPressed(verb).gives(events);
  });

  it("shows from then on what was chosen", () => {
    const { outcome } = accepted(givenConversation(clarified).whenPressed("choose_1").step);
    const title = { literal: "几点开门" };
    expect(outcome?.text).toEqual({ key: "done.choose", params: { title } });
    expect(outcome?.card).toMatchObject({
      controls: [],
      blocks: [{}, { type: "note", text: { key: "settled.choose", params: { title } } }],
    });
  });

  it("is not pressed once a newer one stands", () => {
    const newer = givenConversation([
      ...clarified,
      { type: "heard", heard: aHeard() },
      { type: "clarified", choices: [article("refund", 0.4)] },
    ]);
    newer.whenPressed("choose_0", { version: 3 }).gives({ already_done: {} });
    newer.whenPressed("choose_0", { version: 5 }).gives([{ type: "answered", article: "refund" }]);
  });

  it("is used once, and has no more choices than it showed", () => {
    givenConversation([...clarified, { type: "answered", article: "hours" }])
      .whenPressed("choose_0", { version: 3 })
      .gives({ already_done: {} });
    const one = givenConversation([
      opened(),
      question,
      { type: "clarified", choices: choices.slice(0, 1) },
    ]);
    one.whenPressed("choose_1").gives({ already_done: {} });
  });
});

describe("asking for a person", () => {
  it("on the card of something not understood hands over what was said", () => {
    const outcome = givenConversation([
      opened(),
      question,
      { type: "not_understood", count: 1 },
    ]).whenPressed("human");
    outcome.gives([opens]);
    expect(accepted(outcome.step).outcome).toMatchObject({
      text: { key: "done.human" },
      card: { title: { key: "card.lost.title" }, controls: [] },
    });
  });

  it("in the middle of a form takes along what was given", () => {
    const form: ConversationEvent[] = [
      ...clarified,
      { type: "intent_set", intent: "equipment_repair", about: "question", store: STORE },
      { type: "field_asked", field: "symptom", tries: 1 },
    ];
    expect(givenConversation(form).whenPressed("human").ticketEvents[0]).toMatchObject({
      intent: "equipment_repair",
      store: STORE,
      description: { ref: "question" },
    });
  });

  it("beside a ticket hands it the question instead of opening another", () => {
    const beside = (...more: ConversationEvent[]) =>
      givenConversation(
        [opened(), { type: "ticket_opened", ticket: "t1", number: 7 }, question, ...more],
        { ticket: foldTicket(aNewTicket()) },
      );
    const asked = beside({ type: "answered", article: "hours" });
    for (const verb of ["human", "unsolved"]) {
      const outcome = asked.whenPressed(verb);
      outcome.gives([
        { type: "left_unsolved", article: "hours" },
        { type: "relayed", ticket: "t1" },
      ]);
      expect(outcome.ticketEvents).toEqual([
        { type: "replied_by_customer", by: CLERK, text: "question" },
      ]);
      expect(accepted(outcome.step).outcome).toMatchObject({
        text: { key: "say.passed.comment", params: { number: 7 } },
        card: { controls: [] },
      });
    }
    beside({ type: "not_understood", count: 1 })
      .whenPressed("human")
      .gives([{ type: "relayed", ticket: "t1" }]);
  });

  it("hands over the question of the answer, whatever was said since", () => {
    const later: ConversationEvent = { type: "heard", heard: aHeard({ text: "later" }) };
    const outcome = givenConversation([
      ...answered,
      later,
      { type: "not_understood", count: 1 },
    ]).whenPressed("unsolved", { version: 3 });
    expect(outcome.ticketEvents[0]).toMatchObject({ description: { ref: "question" } });
  });

  it("twice is refused while the first ticket is under way, and not after it", () => {
    const events: ConversationEvent[] = [
      ...answered,
      { type: "ticket_opened", ticket: "t1", number: 7 },
    ];
    const ticket = foldTicket(aNewTicket());
    givenConversation(events, { ticket }).whenPressed("human").gives({ already_done: {} });
    const over = foldTicket([...aNewTicket(), { type: "cancelled", by: agent("an") }]);
    givenConversation(events, { ticket: over }).whenPressed("human").gives([opens]);
  });
});

describe("a press", () => {
  it("by anybody else is refused, agents of the desk included", () => {
    for (const by of [STRANGER, agent("li"), agent("an"), agent("clerk")]) {
      for (const verb of ["solved", "human", "choose_0"]) {
        givenConversation(answered)
          .whenPressed(verb, { by })
          .gives({ not_allowed: { verb: { key: "verb.answer" } } });
      }
    }
  });

  it("in a conversation that is over says so", () => {
    givenConversation([...answered, { type: "closed", reason: "idle" }])
      .whenPressed("solved")
      .gives({ conversation_over: {} });
  });

  it("on what is no button of ours is refused", () => {
    for (const verb of ["choose_3", "choose_", "claim", "constructor", "__proto__", "x"]) {
      givenConversation(clarified).whenPressed(verb).gives({ unknown_action: {} });
    }
  });
});
