import { describe, expect, it } from "vitest";
import {
  beside,
  claimed,
  LI,
  opens,
  relayed,
  resolved,
} from "../../../test/support/beside-ticket.ts";
import {
  about,
  agent,
  aHeard,
  article,
  CLERK,
  intent,
  keyOf,
  NOON,
  type Past,
  STRANGER,
  saying,
} from "../../../test/support/given.ts";
import { DAY, MINUTE } from "../../../test/support/policy.ts";
import type { TicketEvent } from "../ticket/ticket.ts";
import type { ConversationEvent } from "./conversation.ts";

describe("a message beside a ticket under way", () => {
  it("goes to the ticket, where a person reads it, and is acknowledged", () => {
    const outcome = beside(claimed).whenHeard(aHeard({ text: "more" }));
    outcome.gives([relayed]);
    expect(outcome.ticketEvents).toEqual([
      { type: "replied_by_customer", by: CLERK, text: "more" },
    ]);
    expect(outcome.said.map((message) => `${message.to.id} ${keyOf(message)}`)).toEqual([
      "ou_clerk say.passed.comment",
      "ou_li tell.customer_replied",
    ]);
  });

  it("is acknowledged once while one line follows another, and each line goes to the ticket", () => {
    const said = (...times: number[]) => {
      const lines = times.map(
        (ago): Past<TicketEvent> => [
          MINUTE - ago,
          { type: "replied_by_customer", by: CLERK, text: "before" },
        ],
      );
      const outcome = beside(claimed, ...lines).whenHeard(aHeard({ text: "more" }), NOON + MINUTE);
      expect(outcome.ticketEvents).toEqual([
        { type: "replied_by_customer", by: CLERK, text: "more" },
      ]);
      return outcome.said.map(keyOf);
    };
    expect(said(29_999)).toEqual(["tell.customer_replied"]);
    expect(said(60_000, 30_000)).toEqual(["say.passed.comment", "tell.customer_replied"]);
  });

  it("of one person does not silence the receipt for another", () => {
    const by = agent("wang");
    const outcome = beside(claimed, [
      MINUTE,
      { type: "replied_by_agent", by, text: "a" },
    ]).whenHeard(aHeard({ text: "more" }), NOON + MINUTE);
    expect(outcome.said.map(keyOf)).toContain("say.passed.comment");
  });

  it("goes there too when it is about the same intent, or nothing much", () => {
    beside(claimed)
      .whenHeard(about([intent("equipment_repair")]))
      .gives([relayed]);
    beside(claimed)
      .whenHeard(about([article("hours", 0.59)]))
      .gives([relayed]);
  });

  it("ends the waiting for the customer", () => {
    const outcome = beside(claimed, { type: "paused", by: LI, waiting: "customer" }).whenHeard(
      aHeard(),
    );
    expect(outcome.step).toMatchObject({
      streams: [{}, { state: { value: { status: "in_progress" } } }],
    });
  });

  it("that urges, urges; too soon, says when", () => {
    const outcome = beside(claimed).whenHeard(saying("urge"));
    outcome.gives([relayed]);
    expect(outcome.ticketEvents).toEqual([{ type: "urged", by: CLERK, count: 1 }]);
    const soon = beside(claimed, { type: "urged", by: CLERK, count: 1 }).whenHeard(
      saying("urge"),
      NOON + 3 * MINUTE,
    );
    soon.gives([{ type: "told", text: { key: "refusal.too_soon", params: { minutes: 7 } } }]);
    expect(soon.ticketEvents).toEqual([]);
    expect(soon.said.map(({ content }) => content)).toEqual([
      { type: "text", text: { key: "refusal.too_soon", params: { minutes: 7 } } },
    ]);
  });

  it("with a verdict before anybody asks for it is a comment, and so are thanks", () => {
    for (const command of ["solved", "unsolved", "thanks"]) {
      expect(
        beside(claimed)
          .whenHeard(saying(command))
          .ticketEvents.map(({ type }) => type),
      ).toEqual(["replied_by_customer"]);
    }
  });

  it("that is clearly about something else is dealt with by itself", () => {
    beside(claimed)
      .whenHeard(about([article("hours")]))
      .gives([{ type: "answered", article: "hours" }]);
    beside(claimed)
      .whenHeard(about([intent("stock_order")], { text: "w" }))
      .gives([
        { type: "intent_set", intent: "stock_order", about: "w", store: null },
        { type: "field_asked", field: "slip", tries: 1 },
      ]);
  });

  it("that has no words is not passed on", () => {
    for (const past of [[claimed], [claimed, resolved]])
      beside(...past)
        .whenHeard(aHeard({ text: null }))
        .gives([{ type: "helped" }]);
  });
});

describe("a command beside a ticket under way", () => {
  const state = {
    key: "card.ticket.owned",
    params: { status: { key: "status.in_progress" }, owner: "小李" },
  };

  it.each(["status", "human", "cancel"])("%s is answered and is no comment", (command) => {
    const outcome = beside(claimed).whenHeard(saying(command));
    expect(outcome.ticketEvents).toEqual([]);
    expect(outcome.said.map(({ content }) => content)).toEqual([
      {
        type: "text",
        text: {
          key: {
            status: "say.status",
            human: "say.with_person",
            cancel: "say.cancel_how",
          }[command],
          params: { number: 7, title: { literal: "设备报修" }, state },
        },
      },
    ]);
  });

  it("that greets or asks for help gets the usual answer", () => {
    for (const past of [[], [claimed], [claimed, resolved]]) {
      beside(...past)
        .whenHeard(saying("greeting"))
        .gives([{ type: "greeted" }]);
      beside(...past)
        .whenHeard(saying("help"))
        .gives([{ type: "helped" }]);
    }
  });

  it("says who has it while nobody has", () => {
    const [message] = beside().whenHeard(saying("status")).said;
    expect(message?.content).toMatchObject({
      text: { params: { state: { key: "status.new" } } },
    });
  });

  it("for a person with more to say is a comment", () => {
    const more = aHeard({ text: "more", understood: { command: "human", whole: false } });
    expect(beside(claimed).whenHeard(more).ticketEvents).toEqual([
      { type: "replied_by_customer", by: CLERK, text: "more" },
    ]);
  });
});

describe("a message by somebody else in the same thread", () => {
  it("is theirs: an agent's reply is an agent's", () => {
    const outcome = beside(claimed).whenHeard(aHeard({ by: agent("wang"), text: "w" }));
    expect(outcome.ticketEvents).toEqual([
      { type: "replied_by_agent", by: agent("wang"), text: "w" },
    ]);
  });

  it("adds, confirms, rejects and urges nothing that is not theirs, and hears who may", () => {
    const notYours: ConversationEvent = {
      type: "told",
      text: { key: "say.not_yours", params: { number: 7 } },
    };
    const words = [
      saying("solved", { by: STRANGER }),
      saying("unsolved", { by: STRANGER }),
      saying("urge", { by: STRANGER }),
      aHeard({ by: STRANGER }),
    ];
    for (const heard of words) {
      for (const past of [[claimed], [claimed, resolved]]) {
        const outcome = beside(...past).whenHeard(heard);
        outcome.gives([notYours]);
        expect(outcome.ticketEvents).toEqual([]);
      }
    }
  });
});

describe("a message after the ticket is over", () => {
  const over: TicketEvent[] = [claimed, { type: "closed", by: LI, reason: "by_agent" }];

  it("is about something new", () => {
    beside(...over)
      .whenHeard(about([article("hours")]))
      .gives([{ type: "answered", article: "hours" }]);
    beside(...over)
      .whenHeard(saying("human"))
      .gives([opens]);
    beside(claimed, { type: "cancelled", by: CLERK })
      .whenHeard(aHeard())
      .gives([{ type: "not_understood", count: 1 }]);
  });

  it("that it is not solved opens it again within the time for that, with what else is said", () => {
    const reopened: TicketEvent = { type: "reopened", by: CLERK };
    for (const past of [over, [claimed, { type: "cancelled", by: CLERK } as const]]) {
      const outcome = beside(...past).whenHeard(saying("unsolved"), NOON + 7 * DAY);
      outcome.gives([relayed]);
      expect(outcome.ticketEvents).toEqual([reopened]);
      expect(outcome.said.map(keyOf)).toEqual(["say.passed.reopen", "tell.reopened"]);
    }
    const more = aHeard({ text: "w", understood: { command: "unsolved", whole: false } });
    expect(beside(...over).whenHeard(more).ticketEvents).toEqual([
      reopened,
      { type: "replied_by_customer", by: CLERK, text: "w" },
    ]);
  });

  it("that it is not solved opens a new one with a person after that time", () => {
    const outcome = beside(...over).whenHeard(saying("unsolved"), NOON + 7 * DAY + 1);
    outcome.gives([opens]);
    expect(outcome.ticketEvents[0]).toMatchObject({ description: { ref: "broken" } });
  });

  it("that it is not solved opens nothing again for somebody else", () => {
    beside(...over)
      .whenHeard(saying("unsolved", { by: STRANGER }))
      .gives([{ type: "not_understood", count: 1 }]);
  });

  it("asks about no ticket", () => {
    for (const command of ["status", "urge"])
      beside(...over)
        .whenHeard(saying(command))
        .gives([{ type: "told", text: { key: "say.no_ticket" } }]);
  });
});
