import type { Card } from "./card.ts";
import type { Command } from "./command.ts";
import type { Policy } from "./config/policy.ts";
import { actOnConversation } from "./conversation/act.ts";
import {
  type Conversation,
  type ConversationEvent,
  evolveConversation,
} from "./conversation/conversation.ts";
import { conversationDue, conversationEffects, say } from "./conversation/effects.ts";
import { type Response, respond } from "./conversation/respond.ts";
import type { Effect } from "./effect.ts";
import { deriveId } from "./id.ts";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import { literal, type Text, t } from "./text.ts";
import { SHORTHANDS } from "./ticket/card.ts";
import { createTicket, decideTicket, type TicketCommand, ticketDue } from "./ticket/decide.ts";
import { ticketEffects } from "./ticket/effects.ts";
import { evolveTicket } from "./ticket/evolve.ts";
import { isOver, streamOf, type Ticket, type TicketEvent } from "./ticket/ticket.ts";

/** The folded states that a command may touch, as they stand before it. */
export type World = { readonly conversation: Conversation | null; readonly ticket: Ticket | null };

export type StreamStep = {
  readonly stream: string;
  /** Version before the step; 0 when the stream begins with it. */
  readonly expectedVersion: number;
  readonly at: number;
  readonly events: readonly (ConversationEvent | TicketEvent)[];
  readonly state: { readonly kind: "conversation"; readonly value: Conversation } | { readonly kind: "ticket"; readonly value: Ticket };
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
export function decideStep(command: Command, cause: string, world: World, policy: Policy): Step | Refusal {
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

function respondTo(command: Extract<Command, { type: "respond" }>, cause: string, world: World, policy: Policy): Step | Refusal {
  const { conversation, ticket } = world;
  if (conversation?.pending == null) return NOTHING;
  const response = respond(conversation, conversation.pending, ticket, policy);
  return carryOut(response, command, cause, { conversation, ticket }, policy);
}

type Party = { readonly conversation: Conversation; readonly ticket: Ticket | null };

/** Put a response into effect: the conversation's events, the ticket's, and all that is said. */
function carryOut(
  response: Response,
  command: Extract<Command, { type: "respond" | "act" }>,
  cause: string,
  { conversation, ticket }: Party,
  policy: Policy,
): Step {
  const { ticket: deed } = response;
  if (deed?.type === "open") return open(response, deed, command, cause, conversation, policy);
  const spoken = converse(command, conversation, response.events);
  const effects = [...conversationEffects(response.events, spoken.state.value, policy)];
  if (deed === null || ticket === null) return { streams: [spoken], effects, outcome: null };
  const verdict = decideTicket(passedOn(deed.verb, command.at, conversation), ticket, policy);
  if (isRefusal(verdict)) {
    const words = t(`refusal.${verdict.refused}`, verdict.params);
    return { streams: [spoken], effects: [...effects, say({ type: "text", text: words }, conversation)], outcome: null };
  }
  const worked = workOn(command, ticket, verdict);
  const noted = say({ type: "text", text: t(`say.passed.${deed.verb}`, { number: ticket.number }) }, conversation);
  return {
    streams: [spoken, worked],
    effects: [...effects, noted, ...ticketEffects(verdict, worked.state.value, policy)],
    outcome: null,
  };
}

/** Said by whoever spoke, who need not be the one who asked. */
function passedOn(verb: "comment" | "urge" | "confirm" | "reject", at: number, conversation: Conversation): TicketCommand {
  const by = conversation.last?.by ?? conversation.party;
  return verb === "comment"
    ? { verb, by, at, seen: null, text: conversation.last?.text ?? null }
    : { verb, by, at, seen: null };
}

function open(
  response: Response,
  deed: Extract<Response["ticket"], { type: "open" }>,
  command: Extract<Command, { type: "respond" | "act" }>,
  cause: string,
  conversation: Conversation,
  policy: Policy,
): Step {
  const id = deriveId(cause, "ticket");
  const { form, intent } = deed;
  const subject = intent ?? policy.intents.get(form?.intent ?? "") ?? null;
  const opened = createTicket(
    {
      by: conversation.party,
      number: command.number,
      ticketType: intent?.ticket.type ?? "handover",
      intent: intent?.id ?? form?.intent ?? null,
      title: subject === null ? t("card.handover") : literal(subject.title),
      description: deed.about === null ? t("card.no_words") : { ref: deed.about },
      priority: deed.urgent ? "urgent" : (intent?.ticket.priority ?? "normal"),
      requester: conversation.party,
      requesterName: conversation.partyName,
      origin: {
        conversation: conversation.id,
        account: conversation.account,
        to: conversation.to,
        language: conversation.language,
      },
      store: form?.store ?? null,
      fields: (form?.given ?? []).filter((field) => form?.store === null || !isStore(field.name, subject)),
    },
    policy,
  );
  const events: ConversationEvent[] = [...response.events, { type: "ticket_opened", ticket: id, number: command.number }];
  const spoken = converse(command, conversation, events);
  const worked = workOn(command, null, opened, id);
  const told = say({ type: "text", text: t(intent === null ? "say.handed_over" : "say.ticket_opened", { number: command.number }) }, conversation);
  return {
    streams: [spoken, worked],
    effects: [
      ...conversationEffects(events, spoken.state.value, policy),
      told,
      ...ticketEffects(opened, worked.state.value, policy),
    ],
    outcome: null,
  };
}

function isStore(name: string, intent: { readonly fields: readonly { readonly name: string; readonly type: string }[] } | null): boolean {
  return intent?.fields.some((field) => field.name === name && field.type === "store") === true;
}

function actOnTicket(command: Extract<Command, { type: "act" }>, ticket: Ticket | null, policy: Policy): Step | Refusal {
  if (ticket === null) return refuse("unknown_ticket");
  const asked = ticketCommand(command);
  if (isRefusal(asked)) return asked;
  const verdict = decideTicket(asked, ticket, policy);
  if (isRefusal(verdict)) return verdict;
  const worked = workOn(command, ticket, verdict);
  const outcome = { text: t(`done.${command.action.verb}`, { number: ticket.number }), card: null };
  return { streams: [worked], effects: ticketEffects(verdict, worked.state.value, policy), outcome };
}

const PLAIN = ["claim", "return", "resume", "escalate", "urge", "confirm", "reject", "reopen", "cancel", "close"] as const;

function ticketCommand(command: Extract<Command, { type: "act" }>): TicketCommand | Refusal {
  const { by, at, action, text, values } = command;
  const common = { by, at, seen: action.version };
  const short = Object.hasOwn(SHORTHANDS, action.verb) ? SHORTHANDS[action.verb] : undefined;
  if (short !== undefined) return { ...common, verb: "pause", waiting: short.waiting };
  const plain = PLAIN.find((verb) => verb === action.verb);
  if (plain !== undefined) return { ...common, verb: plain };
  if (action.verb === "assign") return { ...common, verb: "assign", to: values["to"] ?? "" };
  if (action.verb === "comment" || action.verb === "note") return { ...common, verb: action.verb, text };
  if (action.verb === "resolve") return { ...common, verb: "resolve", text };
  return refuse("unknown_action");
}

function actInConversation(command: Extract<Command, { type: "act" }>, cause: string, world: World, policy: Policy): Step | Refusal {
  const { conversation, ticket } = world;
  if (conversation === null) return refuse("conversation_over");
  const act = actOnConversation(command, conversation, ticket, policy);
  if (isRefusal(act)) return act;
  const step = carryOut(act.response, command, cause, { conversation, ticket }, policy);
  return { ...step, outcome: { text: act.text, card: act.card } };
}

/** Do what is due; when nothing is, set the timer to when something will be. */
function tick(command: Extract<Command, { type: "tick" }>, world: World, policy: Policy): Step {
  return command.stream.startsWith("ticket:") ? tickTicket(command, world, policy) : tickConversation(command, world, policy);
}

function tickTicket(command: Extract<Command, { type: "tick" }>, { ticket }: World, policy: Policy): Step {
  if (ticket === null) return NOTHING;
  const verdict = decideTicket({ verb: "tick", by: { kind: "system" }, at: command.at, seen: null }, ticket, policy);
  if (isRefusal(verdict) || verdict.length === 0) return rest(command.stream, ticketDue(ticket, policy));
  const worked = workOn(command, ticket, verdict);
  return { streams: [worked], effects: ticketEffects(verdict, worked.state.value, policy), outcome: null };
}

/** A conversation stays open as long as its ticket lives: what is said next belongs to it. */
function tickConversation(command: Extract<Command, { type: "tick" }>, { conversation, ticket }: World, policy: Policy): Step {
  const due = conversation === null ? null : conversationDue(conversation, policy);
  if (conversation === null || due === null) return NOTHING;
  if (command.at < due) return rest(command.stream, due);
  if (ticket !== null && !isOver(ticket.status)) return rest(command.stream, command.at + policy.conversation.idleMs);
  const closed = converse(command, conversation, [{ type: "closed", reason: "idle" }]);
  return { streams: [closed], effects: conversationEffects([], closed.state.value, policy), outcome: null };
}

function rest(stream: string, dueAt: number | null): Step {
  return { streams: [], effects: [{ type: "timer", stream, dueAt }], outcome: null };
}

type ConversationStep = StreamStep & { readonly state: { readonly kind: "conversation"; readonly value: Conversation } };
type TicketStep = StreamStep & { readonly state: { readonly kind: "ticket"; readonly value: Ticket } };

function converse(command: Command, before: Conversation | null, events: readonly ConversationEvent[]): ConversationStep {
  const stream = before === null ? command.stream : `conversation:${before.id}`;
  const id = stream.slice("conversation:".length);
  const at = Math.max(command.at, before?.lastAt ?? 0);
  const after = events.reduce<Conversation | null>((state, event) => evolveConversation(state, event, at, id), before);
  if (after === null) throw new Error(`A step of ${stream} has no events and no state.`);
  return { stream, expectedVersion: before?.version ?? 0, at, events, state: { kind: "conversation", value: after } };
}

function workOn(command: Command, before: Ticket | null, events: readonly TicketEvent[], newId?: string): TicketStep {
  const id = before?.id ?? newId ?? "";
  const at = Math.max(command.at, before?.lastAt ?? 0);
  const after = events.reduce<Ticket | null>((state, event) => evolveTicket(state, event, at, id), before);
  if (after === null) throw new Error(`A step of ${streamOf(id)} has no events and no state.`);
  return { stream: streamOf(id), expectedVersion: before?.version ?? 0, at, events, state: { kind: "ticket", value: after } };
}
