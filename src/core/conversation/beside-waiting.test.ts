import { describe, expect, it } from "vitest";
import {
  begun,
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
  aNewTicket,
  article,
  CLERK,
  foldTicket,
  givenConversation,
  intent,
  keyOf,
  NOON,
  STRANGER,
  saying,
} from "../../../test/support/given.ts";
import { MINUTE } from "../../../test/support/policy.ts";
import type { TicketEvent } from "../ticket/ticket.ts";
import type { ConversationEvent } from "./conversation.ts";

describe("a message that the ticket waits for", () => {
  const waiting: TicketEvent = { type: "paused", by: LI, waiting: "customer" };

  it("goes to the ticket, whatever it says", () => {
    const answers = [
      ...["solved", "unsolved", "thanks", "cancel", "human", "status", "choose_0"].map((command) =>
        saying(command, { text: "w" }),
      ),
      about([article("hours")], { text: "w" }),
      about([intent("stock_order")], { text: "w" }),
    ];
    for (const heard of answers) {
      const outcome = beside(claimed, waiting).whenHeard(heard);
      outcome.gives([relayed]);
      expect(outcome.ticketEvents).toEqual([{ type: "replied_by_customer", by: CLERK, text: "w" }]);
    }
  });

  it("goes there before a form that was begun earlier, and not before a later one", () => {
    const form: ConversationEvent[] = [
      { type: "intent_set", intent: "stock_order", about: "w", store: null },
      { type: "field_asked", field: "slip", tries: 1 },
    ];
    const later = foldTicket([...aNewTicket(), claimed, [MINUTE, waiting]]);
    givenConversation([...begun, ...form], { ticket: later })
      .whenHeard(aHeard(), NOON + MINUTE)
      .gives([relayed]);
    const asked = form.map((event) => [2 * MINUTE, event] as const);
    givenConversation([...begun, ...asked], { ticket: later })
      .whenHeard(aHeard(), NOON + 2 * MINUTE)
      .gives([{ type: "field_asked", field: "slip", tries: 2 }]);
  });

  it("is the requester's: a colleague's question is a question", () => {
    beside(claimed, waiting)
      .whenHeard(about([article("hours")], { by: STRANGER }))
      .gives([{ type: "answered", article: "hours" }]);
  });
});

describe("a message beside a ticket that waits to be confirmed", () => {
  const asked = () => beside(claimed, resolved);
  const types = (heard: Parameters<ReturnType<typeof asked>["whenHeard"]>[0]) =>
    asked()
      .whenHeard(heard)
      .ticketEvents.map(({ type }) => type);

  it("confirms it, which is said once", () => {
    const outcome = asked().whenHeard(saying("solved"));
    outcome.gives([relayed]);
    expect(outcome.ticketEvents.map(({ type }) => type)).toEqual(["confirmed", "closed"]);
    expect(outcome.said.map(keyOf)).toEqual(["tell.closed.confirmed"]);
  });

  it("rejects it, with what else is said", () => {
    expect(types(saying("unsolved"))).toEqual(["rejected_by_customer", "reopened"]);
    const more = aHeard({ text: "w", understood: { command: "unsolved", whole: false } });
    expect(types(more)).toEqual(["replied_by_customer", "rejected_by_customer", "reopened"]);
  });

  it("that thanks is answered kindly and changes nothing", () => {
    const outcome = asked().whenHeard(saying("thanks"));
    outcome.gives([{ type: "told", text: { key: "say.welcome" } }]);
    expect(outcome.ticketEvents).toEqual([]);
  });

  it("that says anything else is added, and opens it again", () => {
    const outcome = asked().whenHeard(aHeard({ text: "it drips" }));
    outcome.gives([relayed]);
    expect(outcome.ticketEvents).toEqual([
      { type: "replied_by_customer", by: CLERK, text: "it drips" },
      { type: "rejected_by_customer", by: CLERK },
      { type: "reopened", by: CLERK },
    ]);
    expect(outcome.said.map((message) => `${message.to.id} ${keyOf(message)}`)).toEqual([
      "ou_clerk say.passed.reject",
      "ou_li tell.customer_replied",
      "ou_li tell.reopened",
    ]);
  });

  it("that urges or asks for a person opens it again, and is no comment", () => {
    for (const command of ["urge", "human"])
      expect(types(saying(command))).toEqual(["rejected_by_customer", "reopened"]);
  });

  it("that asks how it stands, or to cancel, hears what to say", () => {
    for (const command of ["status", "cancel"])
      expect(asked().whenHeard(saying(command)).said.map(keyOf)).toEqual(["say.to_confirm"]);
  });

  it("by a colleague of the owner's is their comment and opens nothing", () => {
    expect(types(aHeard({ by: agent("wang") }))).toEqual(["replied_by_agent"]);
  });
});

describe("words of danger beside a ticket", () => {
  const danger = aHeard({ text: "fire", understood: { safety: true } });

  it("are added to it and escalate it", () => {
    for (const past of [
      [],
      [claimed],
      [claimed, { type: "paused", by: LI, waiting: "customer" } as const],
    ]) {
      const outcome = beside(...past).whenHeard(danger);
      outcome.gives([relayed]);
      expect(outcome.ticketEvents).toEqual([
        { type: "replied_by_customer", by: CLERK, text: "fire" },
        { type: "escalated", by: CLERK, level: 1, to: "lin" },
      ]);
      expect(outcome.said.map(keyOf)).toContain("say.passed.escalate");
      expect(outcome.said.map((message) => `${message.to.id} ${keyOf(message)}`)).toContain(
        "ou_lin tell.escalated",
      );
    }
  });

  it("open it again if it waits to be confirmed", () => {
    expect(
      beside(claimed, resolved)
        .whenHeard(danger)
        .ticketEvents.map(({ type }) => type),
    ).toEqual(["replied_by_customer", "reopened", "escalated"]);
  });

  it("come before a form and an answer", () => {
    const form: ConversationEvent[] = [
      { type: "intent_set", intent: "stock_order", about: "w", store: null },
      { type: "field_asked", field: "slip", tries: 1 },
    ];
    givenConversation([...begun, ...form], { ticket: foldTicket(aNewTicket()) })
      .whenHeard(danger)
      .gives([relayed]);
  });

  it("without words escalate it", () => {
    const outcome = beside(claimed).whenHeard({ ...danger, text: null });
    expect(outcome.ticketEvents.map(({ type }) => type)).toEqual(["escalated"]);
  });

  it("by somebody who may not write there open an urgent ticket", () => {
    const outcome = beside(claimed).whenHeard({ ...danger, by: STRANGER });
    outcome.gives([opens]);
    expect(outcome.ticketEvents[0]).toMatchObject({
      priority: "urgent",
      description: { ref: "fire" },
    });
  });
});

describe("an answer beside a ticket", () => {
  const answered: ConversationEvent[] = [
    { type: "heard", heard: about([article("hours")], { text: "question" }) },
    { type: "answered", article: "hours" },
  ];
  const answeredAt = (ms: number) => answered.map((event) => [ms, event] as const);
  const ticket = foldTicket([...aNewTicket(), claimed, [MINUTE, resolved]]);
  const newer = () => givenConversation([...begun, ...answeredAt(2 * MINUTE)], { ticket });
  const older = () => givenConversation([...begun, ...answeredAt(0)], { ticket });

  it("that is newer than the ticket's last change gets the verdict", () => {
    newer()
      .whenHeard(saying("solved"), NOON + 3 * MINUTE)
      .gives([{ type: "deflected", article: "hours" }]);
  });

  it("that is older leaves the verdict to the ticket", () => {
    const outcome = older().whenHeard(saying("solved"), NOON + 3 * MINUTE);
    expect(outcome.ticketEvents.map(({ type }) => type)).toEqual(["confirmed", "closed"]);
  });

  it("that did not help hands the question to that ticket, and opens no other", () => {
    for (const command of ["unsolved", "human"]) {
      const outcome = newer().whenHeard(saying(command), NOON + 3 * MINUTE);
      outcome.gives([{ type: "left_unsolved", article: "hours" }, relayed]);
      expect(outcome.ticketEvents).toEqual([
        { type: "replied_by_customer", by: CLERK, text: "question" },
      ]);
    }
  });
});
