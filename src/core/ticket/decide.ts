import { type Actor, SYSTEM, sameActor } from "../actor.ts";
import type { Attachment } from "../attachment.ts";
import type { DispatchFacts, Policy } from "../config/policy.ts";
import { agentName, teamFor } from "../config/policy.ts";
import { may, relationsOf, type TicketVerb } from "../permission.ts";
import { isRefusal, type Refusal, refuse } from "../refusal.ts";
import { t } from "../text.ts";
import { type FieldValue, setField } from "./field.ts";
import { holdingUp, type Linking, link, unlink } from "./kin.ts";
import { BOUND_TO_STATUS, FROM } from "./statuses.ts";
import { isOver, type Ticket, type TicketEvent } from "./ticket.ts";
import { assign, transfer } from "./transfer.ts";

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
  "watch",
  "unwatch",
] as const;

/** What somebody wants done to an existing ticket. `text` is a row of `texts`. */
export type TicketCommand = { readonly by: Actor; readonly at: number } & (
  | { readonly verb: (typeof PLAIN_VERBS)[number] }
  /** Give it to an agent. */
  | { readonly verb: "assign"; readonly to: string }
  /** Put it into the queue of another team. */
  | { readonly verb: "transfer"; readonly team: string }
  | {
      readonly verb: "comment" | "note";
      readonly text: string | null;
      /** What came with the words, or without any. */
      readonly attachments?: readonly Attachment[];
    }
  | {
      readonly verb: "pause";
      readonly waiting: "customer" | "external";
      readonly text?: string | null;
    }
  | ({ readonly verb: "set_field" } & FieldValue)
  | ({ readonly verb: "link" } & Linking)
  | { readonly verb: "unlink"; readonly number: number }
  | { readonly verb: "resolve"; readonly text: string | null }
  /** The ticket's timer went off: do what is due now. */
  | { readonly verb: "tick" }
) & {
    /** Version of the card that was clicked; null when no card was. */
    readonly seen: number | null;
  };

export type CreateTicket = Omit<Extract<TicketEvent, { type: "created" }>, "type">;

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
  if (stale) return refuse("stale", { status: t(`status.${ticket.status}`) });
  return heldUp(command, ticket) ?? watching(command, ticket);
}

/** A ticket whose blocking children are open is neither resolved nor closed without being resolved. */
function heldUp({ verb }: Pick<Deed, "verb">, ticket: Ticket): Refusal | null {
  const ends = verb === "resolve" || (verb === "close" && ticket.status !== "resolved");
  const open = ends ? holdingUp(ticket) : [];
  if (open.length === 0) return null;
  return refuse("open_children", { children: open.map(({ number }) => `#${number}`).join(" ") });
}

function watching({ verb, by }: Pick<Deed, "verb" | "by">, { watchers }: Ticket): Refusal | null {
  const watches = by.kind === "agent" && watchers.includes(by.id);
  return verb === "watch" && watches ? refuse("already_done") : null;
}

function wrongStatus(verb: TicketVerb, { status }: Ticket): Refusal {
  return refuse("wrong_status", { status: t(`status.${status}`), verb: t(`verb.${verb}`) });
}

function carryOut(command: Deed, ticket: Ticket, policy: Policy): readonly TicketEvent[] | Refusal {
  const { by } = command;
  switch (command.verb) {
    case "claim":
      return byAgent(by, (owner) => ({ type: "claimed", by, owner }));
    case "watch":
      return byAgent(by, (watcher) => ({ type: "watched", by, watcher }));
    case "unwatch":
      return byAgent(by, (watcher) => ({ type: "unwatched", by, watcher }));
    case "assign":
      return only(assign(by, command.to, ticket, policy));
    case "transfer":
      return only(transfer(by, command.team, ticket, policy));
    case "set_field":
      return only(setField(by, command, ticket, policy));
    case "link":
      return only(link(by, command, ticket, policy));
    case "unlink":
      return only(unlink(by, command.number, ticket));
    case "return":
      return [{ type: "returned", by, team: ticket.team }];
    case "comment":
      return said(command, (text) => reply(by, text, ticket), true);
    case "note":
      return said(command, (text) => ({ type: "noted", by, text }), false);
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
      return resolve(command, ticket, policy);
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

/** What was written and what came with it, one of which there must be. */
function said(
  { by, text, attachments = [] }: Extract<Deed, { verb: "comment" | "note" }>,
  eventOf: (text: string) => TicketEvent,
  visible: boolean,
): readonly TicketEvent[] | Refusal {
  const events = text === null ? [] : [eventOf(text)];
  if (attachments.length > 0) events.push({ type: "attached", by, attachments, visible });
  return events.length === 0 ? refuse("empty_text") : events;
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
  const { by, waiting, text = null } = command;
  return [{ type: "paused", by, waiting, ...(text === null ? {} : { text }) }];
}

function resolve(
  { by, text }: Extract<Deed, { verb: "resolve" }>,
  { team }: Ticket,
  policy: Policy,
): readonly TicketEvent[] | Refusal {
  const required = policy.teams.get(team)?.resolution === "required";
  if (required && text === null) return refuse("resolution_required");
  return [{ type: "resolved", by, text }];
}

function only(verdict: TicketEvent | Refusal): readonly TicketEvent[] | Refusal {
  return isRefusal(verdict) ? verdict : [verdict];
}

function byAgent(
  by: Actor,
  eventOf: (agent: string) => TicketEvent,
): readonly TicketEvent[] | Refusal {
  return by.kind === "agent" ? [eventOf(by.id)] : refuse("unknown_agent");
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
