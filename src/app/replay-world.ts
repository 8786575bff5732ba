import type { Command } from "../core/command.ts";
import type { StreamStep, World } from "../core/step.ts";
import { DEEPEST } from "../core/ticket/kin.ts";
import { streamOf, type Ticket } from "../core/ticket/ticket.ts";
import { secondTicket } from "./form-values.ts";

export type States = ReadonlyMap<string, StreamStep["state"]>;

/** The states that a command could see, as they follow from the causes before it. */
export function worldBefore(command: Command, states: States): World {
  const { stream } = command;
  const state = states.get(stream);
  const asked = command.type === "act" ? states.get(command.chat?.stream ?? "") : undefined;
  const spoken = asked ?? state;
  const conversation = spoken?.kind === "conversation" ? spoken.value : null;
  const about = stream.startsWith("ticket:")
    ? stream
    : ticketStream(tookOf(command) ?? conversation?.ticket);
  const ticket = ticketAt(about, states);
  const named = namedBy(command, states);
  const beside = [ticket, ...named].flatMap((each) =>
    each === null ? [] : [each, ...above(each, states)],
  );
  const others = beside.filter(
    ({ id }, at) => id !== ticket?.id && beside.findIndex((each) => each.id === id) === at,
  );
  return { conversation, ticket, others };
}

function tookOf(command: Command): string | undefined {
  return command.type === "recall" || command.type === "edit" ? command.ticket : undefined;
}

/** Other tickets that a command names: by the number in a form, or as the facts beside it say. */
function namedBy(command: Command, states: States): readonly Ticket[] {
  if (command.type !== "act" && command.type !== "respond") return [];
  const { named, others = [] } = command.facts ?? {};
  const ids = [named, ...others].map((id) => ticketAt(ticketStream(id), states));
  const number = command.type === "act" ? secondTicket(command.action.verb, command.values) : null;
  const numbered = number === null ? [] : [numberedIn(states, number)];
  return [...ids, ...numbered].flatMap((ticket) => ticket ?? []);
}

function numberedIn(states: States, number: number): Ticket | null {
  for (const { kind, value } of states.values())
    if (kind === "ticket" && value.number === number) return value;
  return null;
}

function above(ticket: Ticket, states: States): readonly Ticket[] {
  const found: Ticket[] = [];
  for (let at = ticket; found.length < DEEPEST; ) {
    const parent = ticketAt(ticketStream(at.parent?.ticket), states);
    if (parent === null) break;
    found.push(parent);
    at = parent;
  }
  return found;
}

function ticketAt(stream: string | null, states: States): Ticket | null {
  const state = stream === null ? undefined : states.get(stream);
  return state?.kind === "ticket" ? state.value : null;
}

function ticketStream(id: string | null | undefined): string | null {
  return id == null ? null : streamOf(id);
}
