import { describe, expect, it } from "vitest";
import { asked, opens, repair, said } from "../../../test/support/form-conversation.ts";
import {
  about,
  aHeard,
  CLERK,
  givenConversation,
  intent,
  keyOf,
  OTHER_STORE,
  opened,
  STORE,
  saying,
} from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import type { ConversationEvent, StoreFact } from "./conversation.ts";

const storeGiven: ConversationEvent = {
  type: "field_given",
  field: "store",
  label: "门店",
  value: { literal: "南京路店" },
  store: STORE,
};

describe("fields", () => {
  it("are asked for one at a time, in their order, with the ways out", () => {
    const first = givenConversation([opened()]).whenHeard(
      about([intent("equipment_repair")], { text: "first" }),
    );
    first.gives([repair(), asked("store")]);
    expect(first.said[0]?.content).toEqual({
      type: "text",
      text: { key: "say.ask", params: { ask: { literal: "请问门店编号？" } } },
    });
    said(repair(), asked("store"))
      .whenHeard(aHeard({ stores: [STORE] }))
      .gives([storeGiven, asked("symptom")]);
  });

  it("that are all there open the ticket, with all of them; what is optional is not asked for", () => {
    const outcome = said(repair(), asked("store"), storeGiven, asked("symptom")).whenHeard(
      aHeard({ text: "leaks" }),
    );
    outcome.gives([
      {
        type: "field_given",
        field: "symptom",
        label: "故障",
        value: { ref: "leaks" },
        store: null,
      },
      opens,
    ]);
    expect(outcome.ticketEvents).toEqual([
      expect.objectContaining({
        type: "created",
        ticketType: "repair",
        intent: "equipment_repair",
        priority: "high",
        title: { literal: "设备报修" },
        description: { ref: "first" },
        store: STORE,
        fields: [{ name: "symptom", label: "故障", value: { ref: "leaks" } }],
      }),
      { type: "queued", team: "repair" },
    ]);
    expect(outcome.said.map(keyOf)).toEqual(["say.ticket_opened"]);
  });

  it("leave out the store that the first message named", () => {
    const outcome = givenConversation([opened()]).whenHeard(
      about([intent("equipment_repair")], { text: "first", stores: [STORE] }),
    );
    outcome.gives([repair(STORE), asked("symptom")]);
    const done = said(repair(STORE), asked("symptom")).whenHeard(aHeard({ text: "leaks" }));
    expect(done.ticketEvents[0]).toMatchObject({ store: STORE, fields: [{ name: "symptom" }] });
  });

  it("that nobody asks for any more open the ticket with what there is", () => {
    const policy = aPolicy();
    const plain = policy.intents.get("equipment_repair");
    if (plain === undefined) throw new Error("The policy has equipment_repair.");
    const without = aPolicy({ intents: new Map([["equipment_repair", { ...plain, fields: [] }]]) });
    const events: ConversationEvent[] = [
      opened(),
      { type: "heard", heard: aHeard() },
      repair(),
      asked("symptom"),
    ];
    givenConversation(events, { policy: without }).whenHeard(aHeard()).gives([opens]);
  });
});

describe("a value that does not fit", () => {
  it.each<[string, StoreFact[]]>([
    ["names no store", []],
    ["names more than one", [STORE, OTHER_STORE]],
  ])("is asked for again when it %s, saying what would fit", (_why, stores) => {
    const outcome = said(repair(), asked("store")).whenHeard(aHeard({ stores }));
    outcome.gives([asked("store", 2)]);
    expect(outcome.said.map(keyOf)).toEqual(["say.ask_again.store"]);
  });

  it("is asked for again when there are no words, or no picture", () => {
    expect(
      said(repair(STORE), asked("symptom"))
        .whenHeard(aHeard({ text: null }))
        .said.map(keyOf),
    ).toEqual(["say.ask_again.text"]);
    const order: ConversationEvent = {
      type: "intent_set",
      intent: "stock_order",
      about: "first",
      store: null,
    };
    expect(said(order, asked("slip")).whenHeard(aHeard()).said.map(keyOf)).toEqual([
      "say.ask_again.image",
    ]);
    const outcome = said(order, asked("slip")).whenHeard(
      aHeard({ text: null, attachments: ["image"] }),
    );
    outcome.gives([
      {
        type: "field_given",
        field: "slip",
        label: "订货单",
        value: { key: "attachment.image" },
        store: null,
      },
      opens,
    ]);
    expect(outcome.ticketEvents[0]).toMatchObject({ ticketType: "order", priority: "normal" });
  });

  it("after the third try goes to a person, with the intent and all that was given", () => {
    said(repair(), asked("store", 2))
      .whenHeard(aHeard())
      .gives([asked("store", 3)]);
    const outcome = said(repair(), asked("store", 3)).whenHeard(aHeard({ text: "over there" }));
    outcome.gives([opens]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      ticketType: "repair",
      intent: "equipment_repair",
      priority: "high",
      title: { literal: "设备报修" },
      description: { ref: "first" },
    });
    expect(outcome.ticketEvents.slice(1)).toEqual([
      { type: "queued", team: "cold" },
      { type: "replied_by_customer", by: CLERK, text: "over there" },
    ]);
    expect(outcome.said.map(keyOf)).toEqual(["say.handed_over", "tell.customer_replied"]);
  });

  it("is counted anew for the next field", () => {
    said(repair(), asked("store", 3))
      .whenHeard(aHeard({ stores: [STORE] }))
      .gives([storeGiven, asked("symptom", 1)]);
  });
});

describe("the ways out", () => {
  it("cancel drops the form", () => {
    const outcome = said(repair(), asked("store")).whenHeard(saying("cancel"));
    outcome.gives([{ type: "form_cancelled" }]);
    expect(outcome.said.map(keyOf)).toEqual(["say.form_cancelled"]);
    const after = said(repair(), asked("store"), { type: "form_cancelled" });
    expect(after.conversation.form).toBeNull();
    after.whenHeard(aHeard({ stores: [STORE] })).gives([{ type: "not_understood", count: 1 }]);
  });

  it("human after that hands over what the form was about, not its last answer", () => {
    const outcome = said(repair(), asked("store"), storeGiven, asked("symptom"), {
      type: "form_cancelled",
    }).whenHeard(saying("human"));
    expect(outcome.ticketEvents[0]).toMatchObject({
      ticketType: "handover",
      description: { ref: "first" },
    });
  });

  it("human with more words hands those over as well", () => {
    const words = aHeard({ text: "it floods", understood: { command: "human", whole: false } });
    const outcome = said(repair(), asked("store")).whenHeard(words);
    expect(outcome.ticketEvents[0]).toMatchObject({ description: { ref: "first" } });
    expect(outcome.ticketEvents.at(-1)).toEqual({
      type: "replied_by_customer",
      by: CLERK,
      text: "it floods",
    });
  });

  it("human hands over what there is, the store once", () => {
    const outcome = said(repair(), asked("store"), storeGiven, asked("symptom")).whenHeard(
      saying("human"),
    );
    outcome.gives([opens]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      ticketType: "repair",
      intent: "equipment_repair",
      priority: "high",
      store: STORE,
      fields: [],
    });
    expect(outcome.ticketEvents.slice(1)).toEqual([{ type: "queued", team: "repair" }]);
    expect(outcome.said.map(keyOf)).toEqual(["say.handed_over"]);
  });

  it("and an intent that the configuration lost goes to a person", () => {
    const gone: ConversationEvent = {
      type: "intent_set",
      intent: "gone",
      about: "first",
      store: null,
    };
    const outcome = said(gone, asked("x")).whenHeard(aHeard());
    outcome.gives([opens]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      ticketType: "handover",
      intent: "gone",
      title: { key: "card.handover" },
    });
  });
});
