import { SYSTEM } from "./actor.ts";
import { askedVerb, type Card } from "./card.ts";
import type { Command } from "./command.ts";
import type { Policy } from "./config/policy.ts";
import { actOnConversation } from "./conversation/act.ts";
import { carryOut } from "./conversation/carry-out.ts";
import type { Conversation, ConversationEvent } from "./conversation/conversation.ts";
import { edit } from "./conversation/edit.ts";
import { conversationDue, conversationEffects } from "./conversation/effects.ts";
import type { Facts } from "./conversation/facts.ts";
import { introduction } from "./conversation/introduction.ts";
import { askInChat } from "./conversation/prompt.ts";
import { recall } from "./conversation/recall.ts";
import { respond } from "./conversation/respond.ts";
import type { Effect } from "./effect.ts";
import { withKin } from "./kin-step.ts";
import { relationsOf } from "./permission.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import { converse, workOn } from "./streams.ts";
import { type Text, t } from "./text.ts";
import { ticketCommand } from "./ticket/asked.ts";
import { decideTicket, reopenableUntil, ticketDue } from "./ticket/decide.ts";
import { ticketEffects } from "./ticket/effects.ts";
import { summaryEffects } from "./ticket/summary.ts";
import { isOver, type Ticket, type TicketEvent } from "./ticket/ticket.ts";
import { undelivered } from "./undelivered.ts";

/** The folded states that a command may touch, as they stand before it. */
export type World = {
  readonly conversation: Conversation | null;
  readonly ticket: Ticket | null;
  /** Tickets that are related to that one, or shall be; absent where there are none. */
  readonly others?: readonly Ticket[];
};

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
  const step = decideAlone(command, cause, world, policy);
  return isRefusal(step) ? step : withKin(step, command, world, policy);
}

function decideAlone(
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
        ? actOnTicket(command, world, policy)
        : actInConversation(command, cause, world, policy);
    case "recall":
      return recall(command, world, policy);
    case "edit":
      return edit(command, world, policy);
    case "undelivered":
      return undelivered(command, world, policy);
    case "tick":
      return tick(command, world, policy);
    case "summarise":
      return { ...NOTHING, effects: summaryEffects(command, policy) };
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
  const { at, facts = {} } = command;
  const named = namedIn(world, facts);
  const heard = conversation.pending;
  const response = respond({ conversation, heard, ticket, named, facts, at, policy });
  return carryOut(response, command, cause, { ...world, conversation, named }, policy);
}

/** The ticket that a command names, which need not be the conversation's. */
function namedIn({ ticket, others = [] }: World, facts: Facts | undefined): Ticket | null {
  const id = facts?.named ?? null;
  if (id === null) return null;
  return ticket?.id === id ? ticket : (others.find((other) => other.id === id) ?? null);
}

function actOnTicket(
  command: Extract<Command, { type: "act" }>,
  { conversation, ticket, others = [] }: World,
  policy: Policy,
): Step | Refusal {
  if (ticket === null) return refuse("unknown_ticket");
  const { by, at, action, values, text, stores = [] } = command;
  const { verb, version: seen } = action;
  const wanted = askedVerb(verb);
  if (wanted !== null) {
    const asking = askInChat(command, wanted, ticket, conversation, policy);
    return isRefusal(asking) ? politely(asking, command, ticket, policy) : asking;
  }
  const beside = { stores, others: [ticket, ...others] };
  const asked = ticketCommand({ verb, values, text, seen, ...beside }, by, at);
  if (isRefusal(asked)) return asked;
  const verdict = decideTicket(asked, ticket, policy);
  if (isRefusal(verdict)) return politely(verdict, command, ticket, policy);
  const worked = workOn(command, ticket, verdict);
  const outcome = { text: t(`done.${command.action.verb}`, { number: ticket.number }), card: null };
  return {
    streams: [worked],
    effects: ticketEffects(verdict, worked.state.value, policy),
    outcome,
  };
}

/** Somebody who is nothing to the ticket and unknown here hears how to become known. */
function politely(
  refusal: Refusal,
  { by, facts }: Extract<Command, { type: "act" }>,
  ticket: Ticket,
  policy: Policy,
): Refusal {
  const stranger = by.kind === "customer" && relationsOf(by, ticket, policy).length === 0;
  const introduces = stranger && refusal.refused === "not_allowed" && facts?.seenAs !== undefined;
  return introduces ? introduction(facts, policy) : refusal;
}

function actInConversation(
  command: Extract<Command, { type: "act" }>,
  cause: string,
  world: World,
  policy: Policy,
): Step | Refusal {
  const { conversation, ticket } = world;
  if (conversation === null) return refuse("conversation_over");
  const named = namedIn(world, command.facts);
  const act = actOnConversation(command, conversation, { ticket, named }, policy);
  if (isRefusal(act)) return act;
  const party = { ...world, conversation, named };
  const step = carryOut(act.response, command, cause, party, policy);
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
  if (conversation.prompt !== undefined && at >= conversation.prompt.until)
    return endPrompt(command, conversation, policy);
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

/** Nobody answered what the bot asked, and they are told that nothing was done. */
function endPrompt(command: Command, conversation: Conversation, policy: Policy): Step {
  const ended = { type: "prompt_ended", reason: "expired" } as const;
  const told = converse(command, conversation, [ended]);
  const effects = conversationEffects([ended], told.state.value, policy);
  return { streams: [told], effects, outcome: null };
}

function keptUntil(ticket: Ticket | null, at: number, policy: Policy): number {
  if (ticket === null) return at;
  return isOver(ticket.status) ? reopenableUntil(ticket, policy) : at + policy.conversation.idleMs;
}

function rest(stream: string, dueAt: number | null): Step {
  return { streams: [], effects: [{ type: "timer", stream, dueAt }], outcome: null };
}
