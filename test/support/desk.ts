import type { Actor } from "../../src/core/actor.ts";
import { askedVerb } from "../../src/core/card.ts";
import type { Command, OwnChat } from "../../src/core/command.ts";
import type { Policy } from "../../src/core/config/policy.ts";
import {
  type Conversation,
  conversationStream,
  type Heard,
} from "../../src/core/conversation/conversation.ts";
import { deriveId } from "../../src/core/id.ts";
import { isRefusal, type Refusal } from "../../src/core/refusal.ts";
import { decideStep, type Step, type StreamStep, type World } from "../../src/core/step.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import { factsFor, factsForPress } from "./facts.ts";
import { CLERK, NOON } from "./given.ts";
import { aPolicy } from "./policy.ts";

const NO_FACTS = { facts: {}, others: [] };

export type Took = {
  readonly command: Command;
  readonly cause: string;
  readonly world: World;
  readonly step: Step | Refusal;
};

/** One party's conversations and tickets in memory, worked through `decideStep` as the shell would. */
export function createDesk({
  policy = aPolicy(),
  after = (_took: Took): void => {},
}: {
  policy?: Policy;
  after?: (took: Took) => void;
} = {}) {
  const tickets = new Map<string, Ticket>();
  let conversation: Conversation | null = null;
  let generation = 0;
  let now = NOON;
  let number = 100;
  let count = 0;

  function worldFor(stream: string): World {
    if (stream.startsWith("ticket:"))
      return { conversation: null, ticket: tickets.get(stream.slice("ticket:".length)) ?? null };
    const ticket = conversation?.ticket == null ? null : (tickets.get(conversation.ticket) ?? null);
    return {
      conversation:
        conversation !== null && conversationStream("k1", generation) === stream
          ? conversation
          : null,
      ticket,
    };
  }

  function keep({ state, stream, expectedVersion }: StreamStep): void {
    if (state.kind === "ticket") tickets.set(state.value.id, state.value);
    else {
      conversation = state.value;
      if (expectedVersion === 0) generation = Number(stream.split(".").at(-1));
    }
  }

  function take(command: Command, world = worldFor(command.stream)): Step | Refusal {
    count += 1;
    number += 1;
    const cause = deriveId("cause", count);
    const step = decideStep(command, cause, world, policy);
    if (!isRefusal(step)) for (const stream of step.streams) keep(stream);
    after({ command, cause, world, step });
    return step;
  }

  function hear(heard: Heard): void {
    const open = conversation?.status === "open" ? conversation : null;
    if (open === null) generation += 1;
    const stream = conversationStream("k1", generation);
    const who = {
      key: "k1",
      account: "feishu/hq",
      to: { kind: "person", id: "ou_clerk" },
      party: CLERK,
    } as const;
    const command: Command = {
      type: "hear",
      at: now,
      stream,
      ...who,
      partyName: { ref: "name-clerk" },
      language: "zh-CN",
      heard,
    };
    take(command, { conversation: open, ticket: null });
  }

  /** The clerk's own chat, in which whoever presses is asked here. */
  function ownChat(): OwnChat {
    const open = isOpen();
    return {
      stream: conversationStream("k1", open === null ? generation + 1 : generation),
      key: "k1",
      account: "feishu/hq",
      to: { kind: "person", id: "ou_clerk" },
      partyName: { ref: "name-clerk" },
      language: "zh-CN",
    };
  }

  function isOpen(): Conversation | null {
    return conversation?.status === "open" ? conversation : null;
  }

  return {
    policy,
    tickets,
    /** The newest conversation. */
    conversation: () => conversation,
    /** The newest ticket of the conversation. */
    ticket: () => worldFor(conversationStream("k1", generation)).ticket,
    stream: () => conversationStream("k1", generation),
    wait(ms: number): void {
      now += ms;
    },
    hear,
    /** The clerk says something, and it is responded to. */
    say(heard: Heard): Step | Refusal {
      hear(heard);
      const stream = conversationStream("k1", generation);
      const world = worldFor(stream);
      const { facts, others } =
        conversation === null ? NO_FACTS : factsFor(conversation, [...tickets.values()]);
      return take(
        { type: "respond", at: now, stream, number, facts },
        { ...world, others: others.filter(({ id }) => id !== world.ticket?.id) },
      );
    },
    press(
      stream: string,
      verb: string,
      { by = CLERK, version = 1e9, values = {}, text = null }: Press = {},
    ): Step | Refusal {
      const action = { verb, subject: stream, version };
      const { facts, others } = factsForPress(verb, [...tickets.values()]);
      const command = { type: "act", at: now, stream, by, action, values, text, number } as const;
      const world = worldFor(stream);
      const beside = others.filter(({ id }) => id !== world.ticket?.id);
      if (askedVerb(verb) === null)
        return take({ ...command, facts }, { ...world, others: beside });
      return take({ ...command, facts, chat: ownChat() }, { ...world, conversation: isOpen() });
    },
    tick: (stream: string): Step | Refusal => take({ type: "tick", at: now, stream }),
  };
}

export type Desk = ReturnType<typeof createDesk>;

export type Press = {
  readonly by?: Actor;
  readonly version?: number;
  readonly values?: Readonly<Record<string, string>>;
  readonly text?: string | null;
};
