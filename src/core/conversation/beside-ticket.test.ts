import { describe, expect, it } from "vitest";
import {
  about,
  agent,
  aHeard,
  aNewTicket,
  article,
  CLERK,
  foldTicket,
  givenConversation,
  intent,
  keyOf,
  NOON,
  opened,
  type Past,
  STRANGER,
  saying,
} from "../../../test/support/given.ts";
import { MINUTE } from "../../../test/support/policy.ts";
import type { TicketEvent } from "../ticket/ticket.ts";
import type { ConversationEvent } from "./conversation.ts";

const LI = agent("li");
const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const resolved: TicketEvent = { type: "resolved", by: LI, text: null };
const relayed: ConversationEvent = { type: "relayed", ticket: "t1" };
const opens = expect.objectContaining({ type: "ticket_opened", number: 8 }) as ConversationEvent;

/** A conversation whose ticket has come this far. */
function beside(...past: Past<TicketEvent>[]) {
  const events: ConversationEvent[] = [
    opened(),
    { type: "heard", heard: aHeard() },
    { type: "ticket_opened", ticket: "t1", number: 7 },
  ];
  return givenConversation(events, { ticket: foldTicket([...aNewTicket(), ...past]) });
}

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
    expect(soon.ticketEvents).toEqual([]);
    expect(soon.said.map(({ content }) => content)).toEqual([
      { type: "text", text: { key: "refusal.too_soon", params: { minutes: 7 } } },
    ]);
  });

  it("that confirms or rejects does so while the ticket asks for it", () => {
    const yes = beside(claimed, resolved).whenHeard(saying("solved"));
    yes.gives([relayed]);
    expect(yes.ticketEvents.map(({ type }) => type)).toEqual(["confirmed", "closed"]);
    const no = beside(claimed, resolved).whenHeard(saying("unsolved"));
    no.gives([relayed]);
    expect(no.ticketEvents.map(({ type }) => type)).toEqual(["rejected_by_customer", "reopened"]);
  });

  it("that urges what is already resolved is a comment", () => {
    const outcome = beside(claimed, resolved).whenHeard(saying("urge", { text: "w" }));
    expect(outcome.ticketEvents).toEqual([{ type: "replied_by_customer", by: CLERK, text: "w" }]);
  });

  it("with the same words before that is a comment", () => {
    for (const command of ["solved", "unsolved", "human"]) {
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
    beside(claimed)
      .whenHeard(aHeard({ text: null }))
      .gives([{ type: "helped" }]);
  });

  it("of danger goes to the person who is on it", () => {
    const danger = aHeard({ text: "fire", understood: { safety: true } });
    beside(claimed).whenHeard(danger).gives([relayed]);
    beside(claimed)
      .whenHeard({ ...danger, text: null })
      .gives([opens]);
  });
});

describe("a message by somebody else in the same thread", () => {
  it("is theirs: an agent's reply is an agent's", () => {
    const outcome = beside(claimed).whenHeard(aHeard({ by: agent("wang"), text: "w" }));
    expect(outcome.ticketEvents).toEqual([
      { type: "replied_by_agent", by: agent("wang"), text: "w" },
    ]);
  });

  it("confirms, rejects and urges nothing that is not theirs, and hears why", () => {
    for (const command of ["solved", "unsolved"]) {
      const outcome = beside(claimed, resolved).whenHeard(saying(command, { by: STRANGER }));
      expect(outcome.ticketEvents).toEqual([]);
      expect(outcome.said.map(keyOf)).toEqual(["refusal.not_allowed"]);
    }
    const urge = beside(claimed).whenHeard(saying("urge", { by: STRANGER }));
    expect(urge.ticketEvents).toEqual([]);
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
});
