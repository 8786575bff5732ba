import { describe, expect, it } from "vitest";
import { agent, aNewTicket, foldTicket, NOON } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { STATUSES } from "../../../test/support/tickets.ts";
import { type Card, decodeAction } from "../card.ts";
import { isRefusal } from "../refusal.ts";
import type { Text } from "../text.ts";
import { SHORTHANDS, ticketCard } from "./card.ts";
import { decideTicket, type TicketCommand } from "./decide.ts";
import type { TicketEvent, TicketStatus } from "./ticket.ts";

const LI = agent("li");
const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };

function verbsOf(card: Card<Text>): string[] {
  return card.controls.flatMap((control) => {
    if (control.type === "link") return [];
    const action = control.type === "form" ? control.submit.action : control.action;
    return [decodeAction(action)?.verb ?? `not ours: ${action}`];
  });
}

describe("an agent's own copy", () => {
  /** A ticket of li's in each status. */
  const PAST: Readonly<Record<TicketStatus, TicketEvent[]>> = {
    new: [],
    assigned: [{ type: "assigned", by: agent("lin"), owner: "li", team: "cold" }],
    in_progress: [claimed],
    waiting_customer: [claimed, { type: "paused", by: LI, waiting: "customer" }],
    waiting_external: [claimed, { type: "paused", by: LI, waiting: "external" }],
    resolved: [claimed, { type: "resolved", by: LI, text: null }],
    closed: [claimed, { type: "closed", by: LI, reason: "by_agent" }],
    cancelled: [claimed, { type: "cancelled", by: LI }],
  };
  const TALK = ["comment", "note"];
  const WRITE = ["comment", "assign", "note"];

  it.each<[string, string, Record<TicketStatus, string[]>]>([
    [
      "the owner",
      "li",
      {
        new: ["claim", "escalate", ...TALK],
        assigned: ["claim", "resolve", "return", "escalate", ...WRITE],
        in_progress: ["resolve", "wait_customer", "wait_external", "return", "escalate", ...WRITE],
        waiting_customer: ["resume", "resolve", "escalate", ...WRITE],
        waiting_external: ["resume", "resolve", "escalate", ...WRITE],
        resolved: ["reopen"],
        closed: ["reopen"],
        cancelled: ["reopen"],
      },
    ],
    [
      "a colleague",
      "wang",
      {
        new: ["claim", "escalate", ...TALK],
        assigned: ["escalate", ...TALK],
        in_progress: ["escalate", ...TALK],
        waiting_customer: ["escalate", ...TALK],
        waiting_external: ["escalate", ...TALK],
        resolved: [],
        closed: [],
        cancelled: [],
      },
    ],
    [
      "the lead",
      "lin",
      {
        new: ["claim", "escalate", "cancel", ...WRITE],
        assigned: ["resolve", "return", "escalate", "cancel", ...WRITE],
        in_progress: [
          "resolve",
          "wait_customer",
          "wait_external",
          "return",
          "escalate",
          "cancel",
          ...WRITE,
        ],
        waiting_customer: ["resume", "resolve", "escalate", "cancel", ...WRITE],
        waiting_external: ["resume", "resolve", "escalate", "cancel", ...WRITE],
        resolved: ["reopen", "close"],
        closed: ["reopen"],
        cancelled: ["reopen"],
      },
    ],
  ])("carries what %s may press in each status", (_who, id, expected) => {
    for (const status of STATUSES) {
      const ticket = foldTicket([...aNewTicket(), ...PAST[status]]);
      expect([status, verbsOf(ticketCard(ticket, "member", aPolicy(), id))]).toEqual([
        status,
        expected[status],
      ]);
    }
  });

  it("carries nothing that the decision would refuse there and then", () => {
    for (const status of STATUSES) {
      const ticket = foldTicket([...aNewTicket(), ...PAST[status]]);
      for (const id of ["li", "wang", "lin", "su", "an", "chen", "gone"]) {
        for (const verb of verbsOf(ticketCard(ticket, "team", aPolicy(), id))) {
          const meant = SHORTHANDS[verb] ?? { verb };
          const asked = { ...meant, by: agent(id), at: NOON, seen: ticket.version };
          const command = { to: "su", text: "words", ...asked } as unknown as TicketCommand;
          const verdict = decideTicket(command, ticket, aPolicy());
          expect([id, status, verb, isRefusal(verdict)]).toEqual([id, status, verb, false]);
        }
      }
    }
  });

  it("of a ticket that they asked for themselves is the requester's card", () => {
    const own = foldTicket(aNewTicket({ requester: agent("wang") }));
    expect(ticketCard(own, "requester", aPolicy(), "wang")).toEqual(
      ticketCard(own, "requester", aPolicy()),
    );
  });
});
