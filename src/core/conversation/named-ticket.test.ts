import { describe, expect, it } from "vitest";
import {
  accepted,
  agent,
  aHeard,
  aNewTicket,
  CLERK,
  eventsOf,
  foldConversation,
  foldTicket,
  messagesOf,
  NOON,
  opened,
  STRANGER,
} from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { said, typing } from "../../../test/support/typed.ts";
import type { Actor } from "../actor.ts";
import { decideStep } from "../step.ts";
import { literal } from "../text.ts";
import { streamOf, type Ticket, type TicketEvent } from "../ticket/ticket.ts";
import type { Conversation, ConversationEvent, Heard, Prompt } from "./conversation.ts";

const LIN = agent("lin");

function aTicket(number: number, ...events: TicketEvent[]): Ticket {
  return { ...foldTicket([...aNewTicket({ number }), ...events]), id: `t${number}` };
}

type Beside = {
  readonly own?: Ticket;
  readonly named: Ticket;
  /** What happened before it was said, and between that and what is done about it. */
  readonly past?: ConversationEvent[];
  readonly before?: ConversationEvent[];
};

function talk(
  heard: Heard,
  to: Conversation["to"],
  { own, past = [], before = [] }: Beside,
): Conversation {
  return foldConversation([
    opened({ party: heard.by, to }),
    ...(own === undefined
      ? []
      : [{ type: "ticket_opened", ticket: own.id, number: own.number } as const]),
    ...past,
    { type: "heard", heard },
    ...before,
  ]);
}

/** Something is said that means the ticket `named`, in a conversation that may have a ticket of its own. */
function says(
  by: Actor,
  words: Heard,
  beside: Beside,
  to = opened() as { to: Conversation["to"] },
) {
  const { own, named } = beside;
  const heard = { ...words, by };
  const conversation = talk(heard, to.to, beside);
  const ticket = own ?? null;
  const others = ticket?.id === named.id ? [] : [named];
  const facts = { named: named.id, others: [] };
  const stream = `conversation:${conversation.id}`;
  const command = { type: "respond", at: NOON, stream, number: 99, facts } as const;
  const world = { conversation, ticket, others };
  const step = accepted(decideStep(command, "c", world, aPolicy()));
  const of = ({ id }: Ticket) => eventsOf<TicketEvent>(step, streamOf(id)).map(({ type }) => type);
  return {
    own: own === undefined ? [] : of(own),
    named: of(named),
    conversation: eventsOf<ConversationEvent>(step, "conversation:").map(({ type }) => type),
    told: JSON.stringify(messagesOf(step.effects).map(({ content }) => content)),
  };
}

describe("a command about a ticket that is related to the conversation's own", () => {
  it("tells the conversation's ticket that its child is over", () => {
    const by = LIN;
    const own = aTicket(1, { type: "linked", by, ticket: "t2", number: 2, kind: "blocks" });
    const named = aTicket(2, { type: "joined", by, ticket: "t1", number: 1, kind: "blocks" });
    const outcome = says(LIN, typing("close", { number: 2 }), { own, named });
    expect(outcome).toMatchObject({ own: ["child_over"], named: ["closed"] });
  });

  it("links the conversation's ticket as a child of the one that is named", () => {
    const link = typing("link", { number: 2, said: { child: 1 } });
    const outcome = says(LIN, link, { own: aTicket(1), named: aTicket(2) });
    expect(outcome).toMatchObject({ own: ["joined"], named: ["linked"] });
  });
});

describe("a command with a picture", () => {
  const picture = { id: "a1", kind: "image", name: literal("a.png") } as const;
  const shown = { attachments: ["image"], attached: [picture] };

  it.each(["urge", "cancel"])("of the requester is not refused for its picture: %s", (name) => {
    const named = aTicket(1);
    const heard = typing(name, {}, shown);
    expect(says(CLERK, heard, { own: named, named }).named.sort()).toEqual(
      ["attached", name === "urge" ? "urged" : "cancelled"].sort(),
    );
  });

  it("shows the requester's picture beside what they reopen", () => {
    const named = aTicket(1, { type: "cancelled", by: CLERK });
    expect(says(CLERK, typing("reopen", {}, shown), { own: named, named }).named).toEqual([
      "reopened",
      "attached",
    ]);
  });

  it("stays among colleagues when it is not the words for the requester", () => {
    const named = aTicket(1, { type: "claimed", by: LIN, owner: "lin" });
    expect(says(LIN, typing("escalate", { number: 1 }, shown), { named }).named).toEqual([
      "attached",
      "escalated",
    ]);
  });
});

describe("a ticket that is shown", () => {
  const named = aTicket(1, { type: "noted", by: LIN, text: "internal-words" });
  const status = typing("status", { number: 1 });
  const chat = (id: string) => ({ to: { kind: "chat", id } as const });

  it("shows internal notes where the team works, and to colleagues in their own chat", () => {
    expect(says(LIN, status, { named }, chat("oc_cold")).told).toContain("internal-words");
    expect(says(LIN, status, { named }).told).toContain("internal-words");
  });

  it("shows no internal notes in any other chat, where customers may read them", () => {
    expect(says(LIN, status, { named }, chat("oc_customers")).told).not.toContain("internal-words");
  });
});

it("a stranger who types under somebody's card hears nothing of its ticket, not even its number", () => {
  const card = { ticket: "t1", audience: "requester" } as const;
  const { told } = says(STRANGER, typing("urge", {}, { card }), { named: aTicket(1) });
  expect(told).toContain("typed.which_ticket");
});

describe("what is written under a card for those who work on it", () => {
  const card = { ticket: "t1", audience: "team" } as const;

  it("is not taken from a vendor's person who has nothing to do with the ticket", () => {
    const outcome = says(agent("chen"), aHeard({ card }), { named: aTicket(1) });
    expect(outcome.named).toEqual([]);
    expect(outcome.told).toContain("typed.not_your_team");
  });

  it("reaches a person when somebody unknown writes of danger", () => {
    const heard = aHeard({ card, understood: { safety: true } });
    expect(says(CLERK, heard, { named: aTicket(1) }).conversation).toContain("ticket_opened");
  });
});

it("an answer that was read for one question of the bot is none to the next one", () => {
  const named = aTicket(1, { type: "claimed", by: LIN, owner: "lin" });
  const prompt: Prompt = {
    by: LIN,
    ticket: "t1",
    number: 1,
    verb: "comment",
    seen: 9,
    until: NOON + 1,
  };
  const heard = aHeard({ said: said({ text: "for-colleagues" }) });
  const outcome = says(LIN, heard, { named, before: [{ type: "prompted", prompt }] });
  expect(outcome.named).toEqual([]);
});

it("a number is about the list that stands open, not about the card that it hangs on", () => {
  const past: ConversationEvent[] = [
    { type: "listed", list: "asked", page: 0, pages: 1, numbers: [2] },
  ];
  const heard = aHeard({ card: { ticket: "t1", audience: "requester" }, picks: 0 });
  expect(says(CLERK, heard, { named: aTicket(1), past }).conversation).not.toContain("shown");
});
