import { expect } from "vitest";
import type { Actor } from "../../src/core/actor.ts";
import type { Command } from "../../src/core/command.ts";
import type { Policy } from "../../src/core/config/policy.ts";
import type {
  Candidate,
  Conversation,
  ConversationEvent,
  Heard,
  StoreFact,
  Understood,
} from "../../src/core/conversation/conversation.ts";
import { evolveConversation } from "../../src/core/conversation/evolve.ts";
import type { Effect } from "../../src/core/effect.ts";
import { isRefusal, type Refusal } from "../../src/core/refusal.ts";
import { decideStep, type Step } from "../../src/core/step.ts";
import { literal } from "../../src/core/text.ts";
import { decideTicket, type TicketCommand } from "../../src/core/ticket/decide.ts";
import { evolveTicket } from "../../src/core/ticket/evolve.ts";
import type { Ticket, TicketEvent } from "../../src/core/ticket/ticket.ts";
import { aPolicy } from "./policy.ts";

/** When everything in these tests begins, ms UTC. */
export const NOON = 1_700_000_000_000;

export const CLERK: Actor = { kind: "customer", id: "clerk" };
export const STRANGER: Actor = { kind: "customer", id: "stranger" };
export const API: Actor = { kind: "api", id: "key-1" };

export function agent(id: string): Actor {
  return { kind: "agent", id };
}

export const STORE: StoreFact = { id: "S001", name: "南京路店", region: "华东" };
export const OTHER_STORE: StoreFact = { id: "S002", name: "南京西路店", region: "华东" };

/** An event of the past; with a number, that many ms after noon. */
export type Past<E> = E | readonly [afterMs: number, event: E];

type Expected<E> =
  | readonly E[]
  | Refusal["refused"]
  | { readonly [K in Refusal["refused"]]?: Refusal["params"] };

function check<E>(verdict: readonly E[] | Refusal, expected: Expected<E>): void {
  if (typeof expected === "string") {
    expect(isRefusal(verdict) ? verdict.refused : verdict).toBe(expected);
  } else if (Array.isArray(expected)) {
    expect(verdict).toEqual(expected);
  } else {
    const [[refused, params] = []] = Object.entries(expected);
    expect(verdict).toEqual({ refused, params });
  }
}

function parted<E extends object>(past: Past<E>): readonly [number, E] {
  return Array.isArray(past) ? (past as unknown as readonly [number, E]) : [0, past as E];
}

/** The first two events of a ticket of the clerk, in the queue of a team. */
export function aNewTicket(
  over: Partial<Extract<TicketEvent, { type: "created" }>> = {},
  team = "cold",
): TicketEvent[] {
  return [
    {
      type: "created",
      by: CLERK,
      number: 7,
      ticketType: "repair",
      intent: "equipment_repair",
      title: literal("设备报修"),
      description: { ref: "words-1" },
      priority: "high",
      requester: CLERK,
      requesterName: { ref: "name-clerk" },
      origin: {
        conversation: "k1.1",
        account: "feishu/hq",
        to: { kind: "person", id: "ou_clerk" },
        language: "zh-CN",
      },
      store: STORE,
      fields: [{ name: "symptom", label: "故障", value: { ref: "words-2" } }],
      ...over,
    },
    { type: "queued", team },
  ];
}

/** The ticket that these events come to. */
export function foldTicket(events: readonly Past<TicketEvent>[]): Ticket {
  const folded = events
    .map(parted)
    .reduce<Ticket | null>(
      (state, [after, event]) => evolveTicket(state, event, NOON + after, "t1"),
      null,
    );
  if (folded === null) throw new Error("A ticket needs at least one event.");
  return folded;
}

/** `given(events).when(command).gives(events | refusal)` for one ticket. A command is at noon unless it says otherwise. */
export function givenTicket(events: readonly Past<TicketEvent>[], policy: Policy = aPolicy()) {
  const ticket = foldTicket(events);
  return {
    ticket,
    when(command: Asked) {
      const verdict = decideTicket(
        { at: NOON, seen: null, ...command } as TicketCommand,
        ticket,
        policy,
      );
      return { verdict, gives: (expected: Expected<TicketEvent>) => check(verdict, expected) };
    },
  };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Asked = DistributiveOmit<TicketCommand, "at" | "seen"> & {
  readonly at?: number;
  readonly seen?: number | null;
};

let heardCount = 0;

/** What was heard: a message with nothing understood in it unless told otherwise. */
export function aHeard(
  over: Partial<Omit<Heard, "understood">> & { readonly understood?: Partial<Understood> } = {},
): Heard {
  heardCount += 1;
  const { understood, ...rest } = over;
  return {
    inbox: `inbox-${heardCount}`,
    by: CLERK,
    messageId: `om_${heardCount}`,
    thread: null,
    text: `words-${heardCount}`,
    attachments: [],
    stores: [],
    ...rest,
    understood: { command: null, safety: false, exact: false, candidates: [], ...understood },
  };
}

/** A message that fixed words make a command. */
export function saying(command: string, over: Parameters<typeof aHeard>[0] = {}): Heard {
  return aHeard({ ...over, understood: { command } });
}

/** A message that is probably about these, best first. */
export function about(
  candidates: readonly Candidate[],
  over: Parameters<typeof aHeard>[0] = {},
): Heard {
  return aHeard({ ...over, understood: { candidates } });
}

export function intent(id: string, score = 0.9): Candidate {
  return { kind: "intent", id, score };
}

export function article(id: string, score = 0.9): Candidate {
  return { kind: "article", id, score };
}

/** The event that opens the clerk's conversation. */
export function opened(
  over: Partial<Extract<ConversationEvent, { type: "opened" }>> = {},
): ConversationEvent {
  return {
    type: "opened",
    key: "k1",
    account: "feishu/hq",
    to: { kind: "person", id: "ou_clerk" },
    party: CLERK,
    partyName: { ref: "name-clerk" },
    language: "zh-CN",
    ...over,
  };
}

export function foldConversation(events: readonly Past<ConversationEvent>[]): Conversation {
  const folded = events
    .map(parted)
    .reduce<Conversation | null>(
      (state, [after, event]) => evolveConversation(state, event, NOON + after, "k1.1"),
      null,
    );
  if (folded === null) throw new Error("A conversation needs at least one event.");
  return folded;
}

/** `given(events).when(…).gives(events | refusal)` for one conversation, with the ticket that it is about if there is one. */
export function givenConversation(
  events: readonly Past<ConversationEvent>[],
  { ticket = null, policy = aPolicy() }: { ticket?: Ticket | null; policy?: Policy } = {},
) {
  const before = foldConversation(events);
  const decide = (command: Command, conversation: Conversation) =>
    outcomeOf(decideStep(command, "cause-1", { conversation, ticket }, policy));
  return {
    conversation: before,
    /** The party says something, and it is responded to. */
    whenHeard(heard: Heard, at = NOON) {
      const conversation = evolveConversation(before, { type: "heard", heard }, at, before.id);
      return decide(
        { type: "respond", at, stream: `conversation:${before.id}`, number: 8 },
        conversation,
      );
    },
    /** Somebody presses a button, by default the party on the newest card. */
    whenPressed(verb: string, { by = CLERK, version = before.version, at = NOON } = {}) {
      const stream = `conversation:${before.id}`;
      const action = { verb, subject: stream, version };
      return decide(
        { type: "act", at, stream, by, action, values: {}, text: null, number: 8 },
        before,
      );
    },
    whenTicked(at: number) {
      return decide({ type: "tick", at, stream: `conversation:${before.id}` }, before);
    },
  };
}

function outcomeOf(step: Step | Refusal) {
  const verdict = isRefusal(step) ? step : eventsOf<ConversationEvent>(step, "conversation:");
  return {
    step,
    /** What is said to people because of it, in order. */
    said: isRefusal(step) ? [] : messagesOf(step.effects),
    ticketEvents: isRefusal(step) ? [] : eventsOf<TicketEvent>(step, "ticket:"),
    /** Exactly these events of the conversation, or this refusal. */
    gives: (expected: Expected<ConversationEvent>) => check(verdict, expected),
  };
}

export function eventsOf<E>(step: Step, prefix: string): E[] {
  return step.streams
    .filter(({ stream }) => stream.startsWith(prefix))
    .flatMap(({ events }) => events as unknown as E[]);
}

export type Message = Extract<Effect, { type: "message" }>;

export function messagesOf(effects: readonly Effect[]): Message[] {
  return effects.filter((effect) => effect.type === "message");
}

/** The key of what a message says: of its text, or of its card's title. */
export function keyOf({ content }: Message): string {
  if (content.type === "attachment") return content.attachment;
  const text = content.type === "text" ? content.text : content.card.title;
  return "key" in text ? text.key : "literal" in text ? text.literal : text.ref;
}

/** The step that a command came to; fails when it was refused. */
export function accepted(step: Step | Refusal): Step {
  if (isRefusal(step)) throw new Error(`Refused: ${step.refused}`);
  return step;
}
