import { type Actor, SYSTEM, sameActor } from "../actor.ts";
import type { DispatchFacts, Policy } from "../config/policy.ts";
import { agentName, teamFor } from "../config/policy.ts";
import { may, relationsOf, type TicketVerb } from "../permission.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { t } from "../text.ts";
import { isOver, type Ticket, type TicketEvent, type TicketStatus } from "./ticket.ts";

/** Verbs that need nothing beside who, when and what was seen. */
export const PLAIN_VERBS = [
  "claim",
  "return",
  "resume",
  "escalate",
  "urge",
  "confirm",
  "reject",
  "reopen",
  "cancel",
  "close",
] as const;

/** What somebody wants done to an existing ticket. `text` is a row of `texts`. */
export type TicketCommand = { readonly by: Actor; readonly at: number } & (
  | { readonly verb: (typeof PLAIN_VERBS)[number] }
  | { readonly verb: "assign"; readonly to: string }
  | { readonly verb: "comment" | "note"; readonly text: string | null }
  | { readonly verb: "pause"; readonly waiting: "customer" | "external" }
  | { readonly verb: "resolve"; readonly text: string | null }
  /** The ticket's timer went off: do what is due now. */
  | { readonly verb: "tick" }
) & {
    /** Version of the card that was clicked; null when no card was. */
    readonly seen: number | null;
  };

export type CreateTicket = Omit<Extract<TicketEvent, { type: "created" }>, "type">;

/** Statuses in which each verb makes sense. */
const FROM: Readonly<Record<TicketVerb, readonly TicketStatus[]>> = {
  claim: ["new", "assigned"],
  assign: ["new", "assigned", "in_progress", "waiting_customer", "waiting_external"],
  return: ["assigned", "in_progress", "waiting_customer", "waiting_external"],
  comment: ["new", "assigned", "in_progress", "waiting_customer", "waiting_external", "resolved"],
  note: [
    "new",
    "assigned",
    "in_progress",
    "waiting_customer",
    "waiting_external",
    "resolved",
    "closed",
    "cancelled",
  ],
  pause: ["assigned", "in_progress", "waiting_customer", "waiting_external"],
  resume: ["waiting_customer", "waiting_external"],
  escalate: ["new", "assigned", "in_progress", "waiting_customer", "waiting_external"],
  urge: ["new", "assigned", "in_progress", "waiting_customer", "waiting_external"],
  resolve: ["assigned", "in_progress", "waiting_customer", "waiting_external"],
  confirm: ["resolved"],
  reject: ["resolved"],
  reopen: ["resolved", "closed", "cancelled"],
  close: ["new", "assigned", "in_progress", "waiting_customer", "waiting_external", "resolved"],
  cancel: ["new", "assigned", "in_progress", "waiting_customer", "waiting_external"],
};

/** Verbs whose meaning hangs on the status and the owner that the clicker saw. */
const BOUND_TO_STATUS: ReadonlySet<string> = new Set([
  "claim",
  "resolve",
  "confirm",
  "reject",
  "reopen",
  "close",
  "cancel",
]);

/** Open a ticket and put it into the queue of the team that the dispatch rules name. */
export function createTicket(command: CreateTicket, policy: Policy): readonly TicketEvent[] {
  const facts: DispatchFacts = {
    ticket: {
      type: command.ticketType,
      intent: command.intent,
      priority: command.priority,
      account: command.origin.account,
    },
    store: command.store,
  };
  return [
    { type: "created", ...command },
    { type: "queued", team: teamFor(policy, facts) },
  ];
}

/** Decide what a command does to a ticket: the events, or why not. Total, and never throws. */
export function decideTicket(
  command: TicketCommand,
  ticket: Ticket,
  policy: Policy,
): readonly TicketEvent[] | Refusal {
  if (command.verb === "tick") return tick(ticket, command.at, policy);
  const refusal = objection(command, ticket, policy);
  return refusal ?? carryOut(command, ticket, policy);
}

type Deed = Exclude<TicketCommand, { verb: "tick" }>;

/** Why somebody cannot do this to a ticket as it is now, whatever they would add to it; null when nothing stands against it. */
export function objection(
  command: Pick<Deed, "verb" | "by" | "seen">,
  ticket: Ticket,
  policy: Policy,
): Refusal | null {
  const fits = FROM[command.verb].includes(ticket.status);
  // What is over is so for everybody, which says more than who may do what.
  if (!fits && isOver(ticket.status)) return wrongStatus(command.verb, ticket);
  const relations = relationsOf(command.by, ticket, policy);
  if (!may(relations, command.verb))
    return refuse("not_allowed", { verb: t(`verb.${command.verb}`) });
  if (command.verb === "claim" && ticket.owner !== null && ticket.status !== "resolved") {
    const mine = command.by.kind === "agent" && command.by.id === ticket.owner;
    if (!mine) return refuse("already_claimed", { owner: agentName(policy, ticket.owner) });
    if (ticket.status !== "assigned") return refuse("already_yours");
  }
  if (!fits) return wrongStatus(command.verb, ticket);
  const stale =
    command.seen !== null &&
    command.seen < ticket.statusVersion &&
    BOUND_TO_STATUS.has(command.verb);
  return stale ? refuse("stale", { status: t(`status.${ticket.status}`) }) : null;
}

function wrongStatus(verb: TicketVerb, { status }: Ticket): Refusal {
  return refuse("wrong_status", { status: t(`status.${status}`), verb: t(`verb.${verb}`) });
}

function carryOut(command: Deed, ticket: Ticket, policy: Policy): readonly TicketEvent[] | Refusal {
  const { by } = command;
  switch (command.verb) {
    case "claim":
      return by.kind === "agent"
        ? [{ type: "claimed", by, owner: by.id }]
        : refuse("unknown_agent");
    case "assign":
      return assign(command, ticket, policy);
    case "return":
      return [{ type: "returned", by, team: ticket.team }];
    case "comment":
      return command.text === null ? refuse("empty_text") : [reply(by, command.text, ticket)];
    case "note":
      return command.text === null
        ? refuse("empty_text")
        : [{ type: "noted", by, text: command.text }];
    case "pause":
      return pause(command, ticket);
    case "resume":
      return [{ type: "resumed", by }];
    case "escalate":
      return [
        {
          type: "escalated",
          by,
          level: ticket.level + 1,
          to: policy.teams.get(ticket.team)?.lead ?? null,
        },
      ];
    case "urge":
      return urge(command, ticket, policy);
    case "resolve":
      return [{ type: "resolved", by, text: command.text }];
    case "confirm":
      return [
        { type: "confirmed", by },
        { type: "closed", by, reason: "confirmed" },
      ];
    case "reject":
      return [
        { type: "rejected_by_customer", by },
        { type: "reopened", by },
      ];
    case "reopen":
      return reopen(command, ticket, policy);
    case "close":
      return [{ type: "closed", by, reason: "by_agent" }];
    case "cancel":
      return [{ type: "cancelled", by }];
  }
}

function assign(
  command: Extract<Deed, { verb: "assign" }>,
  ticket: Ticket,
  policy: Policy,
): readonly TicketEvent[] | Refusal {
  const agent = policy.agents.get(command.to);
  if (agent === undefined) return refuse("unknown_agent", { agent: command.to });
  if (ticket.owner === agent.id) return refuse("already_claimed", { owner: agent.name });
  return [
    {
      type: "assigned",
      by: command.by,
      owner: agent.id,
      team: teamOf(agent.id, ticket.team, policy),
    },
  ];
}

/** The ticket stays with its team when the new owner is in it, else it moves to a team of the owner's. */
function teamOf(agent: string, present: string, policy: Policy): string {
  const has = (id: string): boolean => {
    const team = policy.teams.get(id);
    return team !== undefined && (team.lead === agent || team.members.includes(agent));
  };
  if (has(present)) return present;
  return [...policy.teams.keys()].find(has) ?? present;
}

function reply(by: Actor, text: string, ticket: Ticket): TicketEvent {
  const asRequester = sameActor(by, ticket.requester);
  return asRequester
    ? { type: "replied_by_customer", by, text }
    : { type: "replied_by_agent", by, text };
}

function pause(
  command: Extract<Deed, { verb: "pause" }>,
  ticket: Ticket,
): readonly TicketEvent[] | Refusal {
  const target = command.waiting === "customer" ? "waiting_customer" : "waiting_external";
  if (ticket.status === target) return refuse("already_done");
  return [{ type: "paused", by: command.by, waiting: command.waiting }];
}

function urge(command: Deed, ticket: Ticket, policy: Policy): readonly TicketEvent[] | Refusal {
  const nextAt = (ticket.lastUrgedAt ?? Number.NEGATIVE_INFINITY) + policy.ticket.urgeEveryMs;
  if (command.at < nextAt)
    return refuse("too_soon", { minutes: Math.ceil((nextAt - command.at) / 60_000) });
  return [{ type: "urged", by: command.by, count: ticket.urges + 1 }];
}

function reopen(command: Deed, ticket: Ticket, policy: Policy): readonly TicketEvent[] | Refusal {
  return command.at > reopenableUntil(ticket, policy)
    ? refuse("too_late")
    : [{ type: "reopened", by: command.by }];
}

/** The last instant at which the ticket can be reopened, ms UTC; infinite while it is not over. */
export function reopenableUntil(ticket: Ticket, policy: Policy): number {
  return ticket.closedAt === null
    ? Number.POSITIVE_INFINITY
    : ticket.closedAt + policy.ticket.reopenMs;
}

/** When the ticket's timer must go off next; null for never. */
export function ticketDue(ticket: Ticket, policy: Policy): number | null {
  if (ticket.status !== "resolved" || ticket.resolvedAt === null) return null;
  return ticket.resolvedAt + policy.ticket.confirmMs;
}

function tick(ticket: Ticket, at: number, policy: Policy): readonly TicketEvent[] {
  const due = ticketDue(ticket, policy);
  return due !== null && at >= due ? [{ type: "closed", by: SYSTEM, reason: "no_answer" }] : [];
}
