import { describe, expect, it } from "vitest";
import { agent, aNewTicket, foldTicket, NOON } from "../../test/support/given.ts";
import { aPolicy } from "../../test/support/policy.ts";
import type { Command } from "./command.ts";
import { isRefusal } from "./refusal.ts";
import { decideStep, type Step } from "./step.ts";
import { blocksOf } from "./ticket/card-blocks.ts";
import type { Ticket, TicketEvent, Undelivered } from "./ticket/ticket.ts";

const LI = agent("li");
const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const replied: TicketEvent = { type: "replied_by_agent", by: LI, text: "w1" };
const OPEN = foldTicket([...aNewTicket(), claimed, replied]);
const SENSITIVE: Undelivered = { text: "w1", reason: "sensitive" };

function note(ticket: Ticket | null, what: Undelivered): Step {
  const command: Command = { type: "undelivered", at: NOON, stream: "ticket:t1", ...what };
  const step = decideStep(command, "c", { conversation: null, ticket }, aPolicy());
  if (isRefusal(step)) throw new Error(step.refused);
  return step;
}

function noting(ticket: Ticket, what: Undelivered): Ticket {
  const state = note(ticket, what).streams[0]?.state;
  if (state?.kind !== "ticket") throw new Error("nothing was noted");
  return state.value;
}

function noted(step: Step): unknown {
  return step.streams.flatMap(({ events }) => events);
}

function cardFor(audience: "team" | "requester", ticket: Ticket): string {
  return JSON.stringify(blocksOf(ticket, audience, aPolicy()));
}

describe("what never reached the requester", () => {
  it("is noted with its ticket, which changes no status and shows it to staff alone", () => {
    const ticket = noting(OPEN, SENSITIVE);
    expect(ticket.undelivered).toEqual([SENSITIVE]);
    expect([ticket.status, ticket.statusVersion]).toEqual([OPEN.status, OPEN.statusVersion]);
    expect(cardFor("team", ticket)).toContain("card.undelivered");
    expect(cardFor("team", ticket)).toContain("undelivered.sensitive");
    expect(cardFor("requester", ticket)).not.toContain("undelivered");
  });

  it("is told to those who work on it, without the words that the tool refused", () => {
    const told = note(OPEN, SENSITIVE).effects.filter(({ type }) => type === "message");
    expect(told.length).toBeGreaterThan(0);
    for (const message of told) {
      expect(message).toMatchObject({
        content: { text: { key: "tell.undelivered", params: { number: OPEN.number } } },
      });
      expect(message).not.toHaveProperty("about");
      expect(JSON.stringify(message)).not.toContain("w1");
    }
  });

  it("is told once for each thing that somebody wrote, and once for all notices with the same reason", () => {
    const once = noting(OPEN, SENSITIVE);
    expect(noted(note(once, SENSITIVE))).toEqual([]);
    expect(noted(note(once, { text: null, reason: "sensitive" }))).toEqual([]);
    expect(noted(note(once, { text: "w2", reason: "sensitive" }))).toHaveLength(1);
    expect(noted(note(once, { text: null, reason: "config" }))).toHaveLength(1);
  });

  it("is old news once either side has spoken again", () => {
    const events = [...aNewTicket(), claimed, replied];
    const lost: TicketEvent = { type: "undelivered", ...SENSITIVE };
    const again: TicketEvent = { type: "replied_by_agent", by: LI, text: "w2" };
    const heard: TicketEvent = { type: "replied_by_customer", by: LI, text: "w3" };
    expect(foldTicket([...events, lost]).undelivered).toHaveLength(1);
    expect(foldTicket([...events, lost, again])).not.toHaveProperty("undelivered");
    expect(foldTicket([...events, lost, heard])).not.toHaveProperty("undelivered");
  });

  it("leaves only the newest few, and a ticket that is not there alone", () => {
    const many = ["a", "b", "c", "d"].reduce(
      (ticket, text) => noting(ticket, { text, reason: "content" }),
      OPEN,
    );
    expect(many.undelivered?.map(({ text }) => text)).toEqual(["b", "c", "d"]);
    expect(note(null, SENSITIVE)).toEqual({ streams: [], effects: [], outcome: null });
  });
});
