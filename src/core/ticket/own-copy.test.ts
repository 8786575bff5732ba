import { describe, expect, it } from "vitest";
import { agent, aNewTicket, foldTicket, NOON } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import { STATUSES } from "../../../test/support/tickets.ts";
import { type Card, decodeAction } from "../card.ts";
import { isRefusal } from "../refusal.ts";
import type { Text } from "../text.ts";
import { ticketCommand } from "./asked.ts";
import { ticketCard } from "./card.ts";
import { decideTicket } from "./decide.ts";
import type { Ticket, TicketEvent, TicketStatus } from "./ticket.ts";

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
  const QUEUED = ["comment", "assign", "note", "set_priority", "set", "link"];
  const WRITE = [
    "comment",
    "assign",
    "note",
    "resolve_with",
    "set_priority",
    "pause",
    "set",
    "link",
  ];

  it.each<[string, string, Record<TicketStatus, string[]>]>([
    [
      "the owner",
      "li",
      {
        new: ["claim", "escalate", ...TALK, "watch"],
        assigned: ["claim", "resolve", "return", "escalate", ...WRITE, "watch"],
        in_progress: [
          "resolve",
          "wait_customer",
          "wait_external",
          "return",
          "escalate",
          ...WRITE,
          "watch",
        ],
        waiting_customer: ["resume", "resolve", "escalate", ...WRITE, "watch"],
        waiting_external: ["resume", "resolve", "escalate", ...WRITE, "watch"],
        resolved: ["reopen", "watch"],
        closed: ["reopen"],
        cancelled: ["reopen"],
      },
    ],
    [
      "a colleague",
      "wang",
      {
        new: ["claim", "escalate", ...TALK, "watch"],
        assigned: ["escalate", ...TALK, "watch"],
        in_progress: ["escalate", ...TALK, "watch"],
        waiting_customer: ["escalate", ...TALK, "watch"],
        waiting_external: ["escalate", ...TALK, "watch"],
        resolved: ["watch"],
        closed: [],
        cancelled: [],
      },
    ],
    [
      "the lead",
      "lin",
      {
        new: ["claim", "escalate", "cancel", "urge", ...QUEUED, "watch"],
        assigned: ["resolve", "return", "escalate", "cancel", "urge", ...WRITE, "watch"],
        in_progress: [
          "resolve",
          "wait_customer",
          "wait_external",
          "return",
          "escalate",
          "cancel",
          "urge",
          ...WRITE,
          "watch",
        ],
        waiting_customer: ["resume", "resolve", "escalate", "cancel", "urge", ...WRITE, "watch"],
        waiting_external: ["resume", "resolve", "escalate", "cancel", "urge", ...WRITE, "watch"],
        resolved: ["reopen", "close", "watch"],
        closed: ["reopen"],
        cancelled: ["reopen"],
      },
    ],
    [
      "a watcher of another team",
      "zhao",
      {
        new: ["urge", ...TALK, "unwatch"],
        assigned: ["urge", ...TALK, "unwatch"],
        in_progress: ["urge", ...TALK, "unwatch"],
        waiting_customer: ["urge", ...TALK, "unwatch"],
        waiting_external: ["urge", ...TALK, "unwatch"],
        resolved: ["unwatch"],
        closed: [],
        cancelled: [],
      },
    ],
  ])("carries what %s may press in each status", (_who, id, expected) => {
    for (const status of STATUSES) {
      const watched: TicketEvent = { type: "watched", by: agent("zhao"), watcher: "zhao" };
      const ticket = foldTicket([...aNewTicket(), watched, ...PAST[status]]);
      // In what order they stand is another matter, of card.test.ts.
      const verbs = verbsOf(ticketCard(ticket, "member", aPolicy(), id)).sort();
      expect([status, verbs]).toEqual([status, [...expected[status]].sort()]);
    }
  });

  /** Press it, with whatever else it needs filled in. */
  function press(verb: string, id: string, ticket: Ticket) {
    const values = {
      to: "su",
      waiting: ticket.status === "waiting_customer" ? "external" : "customer",
      priority: "low",
      field: "title",
      number: "8",
    };
    const others = [{ ...foldTicket(aNewTicket({ number: 8 })), id: "t8" }];
    const asked = { verb, values, text: "words", seen: ticket.version, others };
    const command = ticketCommand(asked, agent(id), NOON);
    return isRefusal(command) ? command : decideTicket(command, ticket, aPolicy());
  }

  it("carries nothing that the decision would refuse there and then", () => {
    for (const status of STATUSES) {
      const ticket = foldTicket([...aNewTicket(), ...PAST[status]]);
      for (const id of ["li", "wang", "lin", "su", "an", "chen", "gone"]) {
        const verbs = verbsOf(ticketCard(ticket, "team", aPolicy(), id));
        const refused = verbs.filter((verb) => isRefusal(press(verb, id, ticket)));
        expect([id, status, refused]).toEqual([id, status, []]);
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
