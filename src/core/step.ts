import { SYSTEM } from "./actor.ts";
import type { Card } from "./card.ts";
import type { Command } from "./command.ts";
import type { Policy } from "./config/policy.ts";
import { actOnConversation } from "./conversation/act.ts";
import { carryOut } from "./conversation/carry-out.ts";
import type { Conversation, ConversationEvent } from "./conversation/conversation.ts";
import { conversationDue, conversationEffects } from "./conversation/effects.ts";
import { respond } from "./conversation/respond.ts";
import type { Effect } from "./effect.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import { converse, workOn } from "./streams.ts";
import { type Text, t } from "./text.ts";
import { SHORTHANDS } from "./ticket/card.ts";
import {
  decideTicket,
  PLAIN_VERBS,
  reopenableUntil,
  type TicketCommand,
  ticketDue,
} from "./ticket/decide.ts";
import { ticketEffects } from "./ticket/effects.ts";
import { isOver, type Ticket, type TicketEvent } from "./ticket/ticket.ts";

/** The folded states that a command may touch, as they stand before it. */
export type World = { readonly conversation: Conversation | null; readonly ticket: Ticket | null };

export type StreamStep = {
  readonly stream: string;
  /** Version before the step; 0 when the stream begins with it. */
  readonly expectedVersion: number;
  readonly at: number;
  readonly events: readonly (ConversationEvent | TicketEvent)[];
  readonly state:
    | { readonly kind: "conversation"; readonly value: Conversation }
    | { readonly kind: "ticket"; readonly value: Ticket };
};

/** What one command brings about, in one atomic commit. */
export type Step = {
  readonly streams: readonly StreamStep[];
  readonly effects: readonly Effect[];
  /** For a click: what to tell the clicker, and the card to show if it is not a ticket's. */
  readonly outcome: { readonly text: Text; readonly card: Card<Text> | null } | null;
};

const NOTHING: Step = { streams: [], effects: [], outcome: null };

/** Decide one command. Pure and total: the same command, world and policy give the same step. `cause` names the command. */
export function decideStep(
  command: Command,
  cause: string,
  world: World,
  policy: Policy,
): Step | Refusal {
  switch (command.type) {
    case "hear":
      return hear(command, world.conversation);
    case "respond":
      return respondTo(command, cause, world, policy);
    case "act":
      return command.stream.startsWith("ticket:")
        ? actOnTicket(command, world.ticket, policy)
        : actInConversation(command, cause, world, policy);
    case "tick":
      return tick(command, world, policy);
  }
}

function hear(command: Extract<Command, { type: "hear" }>, before: Conversation | null): Step {
  const { type: _type, at: _at, stream: _stream, heard, ...who } = command;
  const events: ConversationEvent[] = before === null ? [{ type: "opened", ...who }] : [];
  events.push({ type: "heard", heard });
  return { ...NOTHING, streams: [converse(command, before, events)] };
}

function respondTo(
  command: Extract<Command, { type: "respond" }>,
  cause: string,
  world: World,
  policy: Policy,
): Step | Refusal {
  const { conversation, ticket } = world;
  if (conversation?.pending == null) return NOTHING;
  const response = respond(conversation, conversation.pending, ticket, policy);
  return carryOut(response, command, cause, { conversation, ticket }, policy);
}

function actOnTicket(
  command: Extract<Command, { type: "act" }>,
  ticket: Ticket | null,
  policy: Policy,
): Step | Refusal {
  if (ticket === null) return refuse("unknown_ticket");
  const asked = ticketCommand(command);
  if (isRefusal(asked)) return asked;
  const verdict = decideTicket(asked, ticket, policy);
  if (isRefusal(verdict)) return verdict;
  const worked = workOn(command, ticket, verdict);
  const outcome = { text: t(`done.${command.action.verb}`, { number: ticket.number }), card: null };
  return {
    streams: [worked],
    effects: ticketEffects(verdict, worked.state.value, policy),
    outcome,
  };
}

function ticketCommand(command: Extract<Command, { type: "act" }>): TicketCommand | Refusal {
  const { by, at, action, text, values } = command;
  const common = { by, at, seen: action.version };
  const short = Object.hasOwn(SHORTHANDS, action.verb) ? SHORTHANDS[action.verb] : undefined;
  if (short !== undefined) return { ...common, verb: "pause", waiting: short.waiting };
  const plain = PLAIN_VERBS.find((verb) => verb === action.verb);
  if (plain !== undefined) return { ...common, verb: plain };
  if (action.verb === "assign") return { ...common, verb: "assign", to: values.to ?? "" };
  if (action.verb === "comment" || action.verb === "note")
    return { ...common, verb: action.verb, text };
  if (action.verb === "resolve") return { ...common, verb: "resolve", text };
  return refuse("unknown_action");
}

function actInConversation(
  command: Extract<Command, { type: "act" }>,
  cause: string,
  world: World,
  policy: Policy,
): Step | Refusal {
  const { conversation, ticket } = world;
  if (conversation === null) return refuse("conversation_over");
  const act = actOnConversation(command, conversation, ticket, policy);
  if (isRefusal(act)) return act;
  const step = carryOut(act.response, command, cause, { conversation, ticket }, policy);
  return isRefusal(step) ? step : { ...step, outcome: { text: act.text, card: act.card } };
}

/** Do what is due; when nothing is, set the timer to when something will be. */
function tick(command: Extract<Command, { type: "tick" }>, world: World, policy: Policy): Step {
  return command.stream.startsWith("ticket:")
    ? tickTicket(command, world, policy)
    : tickConversation(command, world, policy);
}

function tickTicket(
  command: Extract<Command, { type: "tick" }>,
  { ticket }: World,
  policy: Policy,
): Step {
  if (ticket === null) return NOTHING;
  const verdict = decideTicket(
    { verb: "tick", by: SYSTEM, at: command.at, seen: null },
    ticket,
    policy,
  );
  if (isRefusal(verdict) || verdict.length === 0)
    return rest(command.stream, ticketDue(ticket, policy));
  const worked = workOn(command, ticket, verdict);
  return {
    streams: [worked],
    effects: ticketEffects(verdict, worked.state.value, policy),
    outcome: null,
  };
}

/** A conversation stays open as long as its ticket lives or may be reopened: what is said next belongs to it. */
function tickConversation(
  command: Extract<Command, { type: "tick" }>,
  { conversation, ticket }: World,
  policy: Policy,
): Step {
  const { at, stream } = command;
  const due = conversation === null ? null : conversationDue(conversation, policy);
  if (conversation === null || due === null) return NOTHING;
  if (at < due) return rest(stream, due);
  const kept = keptUntil(ticket, at, policy);
  const stale: ConversationEvent[] = conversation.form === null ? [] : [{ type: "form_cancelled" }];
  const events: ConversationEvent[] = kept > at ? stale : [{ type: "closed", reason: "idle" }];
  if (events.length === 0) return rest(stream, kept);
  const silent = converse(command, conversation, events);
  return {
    streams: [silent],
    effects: conversationEffects([], silent.state.value, policy),
    outcome: null,
  };
}

function keptUntil(ticket: Ticket | null, at: number, policy: Policy): number {
  if (ticket === null) return at;
  return isOver(ticket.status) ? reopenableUntil(ticket, policy) : at + policy.conversation.idleMs;
}

function rest(stream: string, dueAt: number | null): Step {
  return { streams: [], effects: [{ type: "timer", stream, dueAt }], outcome: null };
}
