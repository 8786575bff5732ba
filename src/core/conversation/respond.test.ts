import { describe, expect, it } from "vitest";
import {
  about,
  aHeard,
  article,
  givenConversation,
  intent,
  keyOf,
  OTHER_STORE,
  opened,
  STORE,
  saying,
} from "../../../test/support/given.ts";
import type { ConversationEvent, Heard } from "./conversation.ts";

function ticketOpened(expected = {}) {
  return expect.objectContaining({
    type: "ticket_opened",
    number: 8,
    ...expected,
  }) as ConversationEvent;
}

const WELCOME: ConversationEvent = { type: "told", text: { key: "say.welcome" } };

const fresh = () => givenConversation([opened()]);
const answered = (...more: ConversationEvent[]) =>
  givenConversation([
    opened(),
    { type: "heard", heard: about([article("hours")], { text: "question" }) },
    { type: "answered", article: "hours" },
    ...more,
  ]);

describe("a question", () => {
  it("is answered from the knowledge when it is understood well enough", () => {
    fresh()
      .whenHeard(about([article("hours", 0.6)]))
      .gives([{ type: "answered", article: "hours" }]);
  });

  it("answered, is over when it is said to be solved", () => {
    const outcome = answered().whenHeard(saying("solved"));
    outcome.gives([{ type: "deflected", article: "hours" }]);
    expect(outcome.said.map(keyOf)).toEqual(["say.deflected"]);
  });

  it("answered, goes to a person when it is said to be unsolved, and is counted as that", () => {
    const outcome = answered().whenHeard(saying("unsolved"));
    outcome.gives([{ type: "left_unsolved", article: "hours" }, ticketOpened()]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      ticketType: "handover",
      intent: null,
      priority: "normal",
    });
    expect(outcome.said.map(keyOf)).toContain("say.handed_over");
  });

  it("answered, goes to a person who is asked for", () => {
    answered().whenHeard(saying("human")).gives([ticketOpened()]);
  });

  it("answered, may be followed by another one", () => {
    answered()
      .whenHeard(about([article("refund")]))
      .gives([{ type: "answered", article: "refund" }]);
  });

  it("is not answered with what the configuration no longer has", () => {
    fresh()
      .whenHeard(about([article("gone"), intent("gone")]))
      .gives([{ type: "not_understood", count: 1 }]);
    fresh()
      .whenHeard(about([article("gone"), article("hours", 0.7)]))
      .gives([{ type: "answered", article: "hours" }]);
  });
});

describe("small talk", () => {
  it.each<[string, ConversationEvent]>([
    ["greeting", { type: "greeted" }],
    ["help", { type: "helped" }],
    ["cancel", { type: "helped" }],
    ["thanks", { type: "told", text: { key: "say.welcome" } }],
    ["solved", { type: "told", text: { key: "say.welcome" } }],
    ["status", { type: "told", text: { key: "say.no_ticket" } }],
    ["urge", { type: "told", text: { key: "say.no_ticket" } }],
  ])("%s gets %o", (command, event) => {
    fresh().whenHeard(saying(command)).gives([event]);
  });

  it("with a question in it is a question", () => {
    fresh()
      .whenHeard(aHeard({ understood: { command: "greeting", candidates: [article("hours")] } }))
      .gives([{ type: "answered", article: "hours" }]);
  });

  it("is not mistaken for a verdict or a pick where there was no answer and no menu", () => {
    for (const command of ["unsolved", "choose_0", "choose_2"])
      fresh()
        .whenHeard(saying(command))
        .gives([{ type: "not_understood", count: 1 }]);
  });

  it("such as thanks leaves an answer open for its verdict", () => {
    const thanked = answered({ type: "heard", heard: saying("thanks") }, WELCOME);
    thanked.whenHeard(saying("solved")).gives([{ type: "deflected", article: "hours" }]);
  });
});

describe("something unclear", () => {
  const choices = [intent("equipment_repair", 0.5), article("hours", 0.3), article("refund", 0.25)];

  it("is asked back with what it may have meant, as far as that is likely", () => {
    fresh()
      .whenHeard(about([...choices, article("franchise", 0.24)]))
      .gives([{ type: "clarified", choices }]);
    fresh()
      .whenHeard(about([article("hours", 0.59), article("refund", 0.1)]))
      .gives([{ type: "clarified", choices: [article("hours", 0.59)] }]);
  });

  it("is asked back about three things at most", () => {
    fresh()
      .whenHeard(about([...choices, article("franchise", 0.25)]))
      .gives([{ type: "clarified", choices }]);
  });

  it("after that, goes to a person rather than round in circles", () => {
    const clarified = givenConversation([
      opened(),
      { type: "heard", heard: about(choices) },
      { type: "clarified", choices },
    ]);
    clarified.whenHeard(about(choices)).gives([ticketOpened()]);
    clarified.whenHeard(aHeard()).gives([ticketOpened()]);
    clarified.whenHeard(about([article("hours")])).gives([{ type: "answered", article: "hours" }]);
  });

  it("that is like nothing at all is admitted once, then goes to a person", () => {
    fresh()
      .whenHeard(about([article("hours", 0.24)]))
      .gives([{ type: "not_understood", count: 1 }]);
    const once = givenConversation([
      opened(),
      { type: "heard", heard: aHeard() },
      { type: "not_understood", count: 1 },
    ]);
    const outcome = once.whenHeard(aHeard({ text: "second" }));
    outcome.gives([ticketOpened()]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      title: { key: "card.handover" },
      description: { ref: "second" },
    });
  });
});

describe("words of danger", () => {
  const danger = (over: Parameters<typeof aHeard>[0] = {}): Heard =>
    aHeard({ ...over, understood: { safety: true, candidates: [article("hours", 1)] } });

  it("go to a person at once and urgently, before any answer", () => {
    const outcome = fresh().whenHeard(danger());
    outcome.gives([ticketOpened()]);
    expect(outcome.ticketEvents[0]).toMatchObject({ priority: "urgent", ticketType: "handover" });
  });

  it("go there out of the middle of a form, with what was given so far", () => {
    const form: ConversationEvent[] = [
      opened(),
      { type: "heard", heard: aHeard() },
      { type: "intent_set", intent: "equipment_repair", about: "first", store: STORE },
      { type: "field_asked", field: "symptom", tries: 1 },
    ];
    const outcome = givenConversation(form).whenHeard(danger({ text: "fire" }));
    outcome.gives([ticketOpened()]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      priority: "urgent",
      intent: "equipment_repair",
      ticketType: "repair",
      store: STORE,
      description: { ref: "first" },
    });
    expect(outcome.ticketEvents.at(-1)).toMatchObject({
      type: "replied_by_customer",
      text: "fire",
    });
  });

  it("without text open a ticket that says so", () => {
    expect(fresh().whenHeard(danger({ text: null })).ticketEvents[0]).toMatchObject({
      description: { key: "card.no_words" },
    });
  });
});

describe("asking for a person", () => {
  it("opens a ticket for the team that the rules name, with the words that were said", () => {
    const outcome = fresh().whenHeard(saying("human", { text: "words" }));
    outcome.gives([ticketOpened()]);
    expect(outcome.ticketEvents).toEqual([
      expect.objectContaining({
        type: "created",
        number: 8,
        title: { key: "card.handover" },
        description: { ref: "words" },
      }),
      { type: "queued", team: "cold" },
    ]);
    expect(outcome.said.map(keyOf)).toEqual(["say.handed_over"]);
  });
});

describe("a request", () => {
  it("becomes a form, begun with the store that it names", () => {
    fresh()
      .whenHeard(about([intent("equipment_repair")], { text: "first", stores: [STORE] }))
      .gives([
        { type: "intent_set", intent: "equipment_repair", about: "first", store: STORE },
        { type: "field_asked", field: "symptom", tries: 1 },
      ]);
  });

  it("that names two stores is asked which", () => {
    fresh()
      .whenHeard(
        about([intent("equipment_repair")], { text: "first", stores: [STORE, OTHER_STORE] }),
      )
      .gives([
        { type: "intent_set", intent: "equipment_repair", about: "first", store: null },
        { type: "field_asked", field: "store", tries: 1 },
      ]);
  });
});
