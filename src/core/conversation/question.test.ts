import { describe, expect, it } from "vitest";
import {
  about,
  aHeard,
  article,
  CLERK,
  givenConversation,
  intent,
  opened,
  STORE,
  saying,
} from "../../../test/support/given.ts";
import type { ConversationEvent } from "./conversation.ts";

const WELCOME: ConversationEvent = { type: "told", text: { key: "say.welcome" } };
const opens = expect.objectContaining({ type: "ticket_opened", number: 8 }) as ConversationEvent;

const answered = (...more: ConversationEvent[]) =>
  givenConversation([
    opened(),
    { type: "heard", heard: about([article("hours")], { text: "question" }) },
    { type: "answered", article: "hours" },
    ...more,
  ]);

describe("the question", () => {
  const question = aHeard({ text: "question" });
  const described = (ref: string) => [expect.objectContaining({ description: { ref } })];

  it("is what a person gets after an answer that did not help, typed or pressed", () => {
    for (const outcome of [
      answered().whenHeard(saying("unsolved")),
      answered().whenHeard(saying("human")),
      answered().whenPressed("unsolved"),
      answered().whenPressed("human"),
    ])
      expect(outcome.ticketEvents.slice(0, 1)).toEqual(described("question"));
  });

  it("is not lost behind commands and small talk", () => {
    const talk: ConversationEvent[] = ["thanks", "greeting", "urge"].flatMap((command) => [
      { type: "heard", heard: saying(command) },
      WELCOME,
    ]);
    expect(
      answered(...talk)
        .whenHeard(saying("human"))
        .ticketEvents.slice(0, 1),
    ).toEqual(described("question"));
  });

  it("is what a person gets after nothing was understood", () => {
    const lost = givenConversation([
      opened(),
      { type: "heard", heard: question },
      { type: "not_understood", count: 1 },
    ]);
    for (const outcome of [lost.whenHeard(saying("human")), lost.whenPressed("human")])
      expect(outcome.ticketEvents.slice(0, 1)).toEqual(described("question"));
  });

  it("is what a person gets after a menu that had nothing fitting", () => {
    const choices = [intent("stock_order", 0.4)];
    const menu = givenConversation([
      opened(),
      { type: "heard", heard: question },
      { type: "clarified", choices },
    ]);
    for (const command of ["human", "unsolved"])
      expect(menu.whenHeard(saying(command)).ticketEvents.slice(0, 1)).toEqual(
        described("question"),
      );
    expect(menu.whenPressed("human").ticketEvents.slice(0, 1)).toEqual(described("question"));
  });

  it("with a command in it is still the question", () => {
    const both = aHeard({ text: "both", understood: { command: "human", whole: false } });
    expect(answered().whenHeard(both).ticketEvents.slice(0, 1)).toEqual(described("both"));
  });

  it("goes with what was said along with the verdict", () => {
    const more = aHeard({ text: "more", understood: { command: "unsolved", whole: false } });
    const outcome = answered().whenHeard(more);
    expect(outcome.ticketEvents).toEqual([
      ...described("question"),
      { type: "queued", team: "cold" },
      { type: "replied_by_customer", by: CLERK, text: "more" },
    ]);
  });
});

describe("a menu", () => {
  const choices = [
    intent("equipment_repair", 0.5),
    article("hours", 0.4),
    intent("stock_order", 0.3),
  ];
  const question = about(choices, { text: "question", stores: [STORE] });
  const menu = (...more: ConversationEvent[]) =>
    givenConversation([
      opened(),
      { type: "heard", heard: question },
      { type: "clarified", choices },
      ...more,
    ]);

  it("takes a typed number like a press", () => {
    menu()
      .whenHeard(saying("choose_0"))
      .gives([
        { type: "intent_set", intent: "equipment_repair", about: "question", store: STORE },
        { type: "field_asked", field: "symptom", tries: 1 },
      ]);
    menu()
      .whenHeard(saying("choose_1"))
      .gives([{ type: "answered", article: "hours" }]);
  });

  it("takes the words of a choice like a press, with what was asked first", () => {
    const title = aHeard({
      text: "its title",
      understood: { exact: true, candidates: [intent("stock_order", 1)] },
    });
    menu()
      .whenHeard(title)
      .gives([
        { type: "intent_set", intent: "stock_order", about: "question", store: STORE },
        { type: "field_asked", field: "slip", tries: 1 },
      ]);
  });

  it("has no more numbers than choices", () => {
    const one = givenConversation([
      opened(),
      { type: "heard", heard: question },
      { type: "clarified", choices: choices.slice(0, 1) },
    ]);
    one.whenHeard(saying("choose_1")).gives([opens]);
  });

  it("is not picked from once it was gone on from", () => {
    menu({ type: "answered", article: "refund" })
      .whenHeard(saying("choose_0"))
      .gives([{ type: "not_understood", count: 1 }]);
  });
});
