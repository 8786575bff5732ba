import type { Actor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { commandNamed, type ListName } from "../intent/commands.ts";
import type { Text } from "../text.ts";
import type { TicketStatus } from "../ticket/ticket.ts";
import type { Conversation, TypedCommand } from "./conversation.ts";
import { numberIn } from "./open-card.ts";

/** One line of a list of tickets. */
export type ListRow = {
  readonly number: number;
  readonly title: Text;
  readonly status: TicketStatus;
  readonly owner: string | null;
  /** Name of the store that it is about. */
  readonly store: string | null;
  /** When it was opened, ms UTC. */
  readonly at: number;
};

/** One page of a list, as it stood when it was read. Pages count from 0. */
export type ListPage = {
  readonly list: ListName;
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  readonly rows: readonly ListRow[];
};

/** What was read from the store for one step and is no state of its streams: kept with the command for a replay. */
export type Facts = {
  /** Id of the ticket that is meant, if there is one; its state is `World.named`. */
  readonly named?: string | null;
  /** Ids of the tickets beside it that the decision reads, whose states are `World.others`. */
  readonly others?: readonly string[];
  readonly list?: ListPage;
  /** How the account sees whoever speaks or presses: what an administrator has to write down to make them known. */
  readonly seenAs?: { readonly account: string; readonly id: string };
};

/** What must be read before a message can be responded to. */
export type Wanted = {
  readonly ticket: { readonly number: number } | { readonly id: string } | null;
  /** Number of the second ticket. */
  readonly child: number | null;
  readonly list: { readonly list: ListName; readonly page: number } | null;
};

const NOTHING: Wanted = { ticket: null, child: null, list: null };

/** What the pending message needs to be known; null for one that is no command and answers nothing. */
export function wantedFor(conversation: Conversation): Wanted | null {
  const { pending, prompt, list } = conversation;
  if (pending === null) return null;
  if (pending.typed !== undefined) return wantedByCommand(pending.typed, conversation);
  if (prompt !== undefined)
    return { ticket: { id: prompt.ticket }, child: pending.said?.child ?? null, list: null };
  if (pending.card !== undefined) return { ...NOTHING, ticket: { id: pending.card.ticket } };
  const verb = list === undefined ? null : numberIn(conversation, pending);
  return verb === null ? null : wantedByPress(verb);
}

/** What a press on a list's button needs to be known: another page, or one ticket. */
export function wantedByPress(verb: string): Wanted {
  const leaf = /^list_(queue|mine|asked|overdue)_(\d{1,5})$/.exec(verb);
  if (leaf !== null)
    return { ...NOTHING, list: { list: leaf[1] as ListName, page: Number(leaf[2]) } };
  const open = /^open_(\d{1,9})$/.exec(verb);
  return open === null ? NOTHING : { ...NOTHING, ticket: { number: Number(open[1]) } };
}

function wantedByCommand(typed: TypedCommand, conversation: Conversation): Wanted {
  const spec = commandNamed(typed.name ?? "");
  if (spec === null) return NOTHING;
  const { does, ticket } = spec;
  if (does.type === "list" && typed.number === null) {
    const staff = conversation.pending?.by.kind === "agent";
    const list = staff ? does.list : (does.otherwise ?? null);
    return { ...NOTHING, list: list === null ? null : { list, page: 0 } };
  }
  const isAbout = ticket || does.type === "list";
  return {
    ...NOTHING,
    ticket: isAbout ? meant(typed, conversation) : null,
    child: typed.said.child,
  };
}

/** The ticket whose number was typed, else that of the card, else the one that the conversation is about. */
function meant(typed: TypedCommand, { pending, ticket }: Conversation): Wanted["ticket"] {
  if (typed.number !== null) return { number: typed.number };
  const id = pending?.card?.ticket ?? ticket;
  return id === null ? null : { id };
}

/** Teams whose queue somebody looks after: their own; all of them for who oversees everything. */
export function teamsOf(by: Actor, policy: Policy): readonly string[] {
  const agent = by.kind === "agent" ? policy.agents.get(by.id) : undefined;
  if (agent === undefined) return [];
  const all = agent.role === "supervisor" || agent.role === "admin";
  return [...policy.teams.values()]
    .filter(({ lead, members }) => lead === agent.id || members.includes(agent.id))
    .map(({ id }) => id)
    .concat(all ? [...policy.teams.keys()] : [])
    .filter((id, at, ids) => ids.indexOf(id) === at);
}
