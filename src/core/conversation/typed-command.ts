import type { Policy } from "../config/policy.ts";
import { type CommandSpec, commandNamed } from "../intent/commands.ts";
import { literal, type Text, t } from "../text.ts";
import { type Ticket, underWay } from "../ticket/ticket.ts";
import { besideTicket } from "./beside-ticket.ts";
import type { Conversation, Heard, TypedCommand } from "./conversation.ts";
import type { Facts } from "./facts.ts";
import { helpText, usageOf } from "./help.ts";
import { introduction, wordsFor } from "./introduction.ts";
import { listCard } from "./lists.ts";
import { just, type Response, tell, toPerson } from "./response.ts";
import { argumentsFor, isFault } from "./said.ts";
import { showTicket, sight } from "./show-ticket.ts";
import { isUnderStaffCard } from "./thread-reply.ts";

/** All that a typed command is decided by. */
export type Scene = {
  readonly conversation: Conversation;
  readonly heard: Heard;
  /** The ticket that the conversation is about. */
  readonly ticket: Ticket | null;
  /** The ticket that is meant. */
  readonly named: Ticket | null;
  readonly facts: Facts;
  readonly at: number;
  readonly policy: Policy;
};

/** Do what was typed, or say what was wrong with it and what would have been right. */
export function obey(typed: TypedCommand, scene: Scene): Response {
  const { heard, policy, facts } = scene;
  const spec = commandNamed(typed.name ?? "");
  if (spec === null) return tell(strangeWord(typed, policy));
  if (spec.who === "staff" && heard.by.kind !== "agent")
    return tell(wordsFor(introduction(facts, policy)));
  switch (spec.does.type) {
    case "desk":
      return spec.does.deed === "help" ? tell(helpText(heard.by, policy)) : human(typed, scene);
    case "list":
      return typed.number === null ? showList(scene) : onTicket(typed, spec, scene);
    default:
      return onTicket(typed, spec, scene);
  }
}

/** A page of a list, as a message. */
export function showList({ conversation, facts, at, policy }: Scene): Response {
  const { list: page } = facts;
  if (page === undefined) return tell(t("refusal.unknown_action"));
  const { list, pages, rows } = page;
  const numbers = rows.map(({ number }) => number);
  return {
    ...just({ type: "listed", list, page: page.page, pages, numbers }),
    says: [{ type: "card", card: listCard(conversation, page, at, policy) }],
  };
}

function onTicket(typed: TypedCommand, spec: CommandSpec, scene: Scene): Response {
  const { heard, named, policy } = scene;
  if (typed.number === null && heard.card === undefined) {
    const left = cancelled(spec, scene);
    if (left !== null) return left;
  }
  const seen = named === null ? "nothing" : sight(heard.by, named, policy);
  if (named === null || seen === "nothing")
    return typed.number === null
      ? tell(t("typed.which_ticket", usageOf(spec, policy)))
      : tell(t("typed.no_ticket", { number: typed.number }));
  const { number, team } = named;
  if (seen === "existence") {
    const name = policy.teams.get(team)?.name ?? team;
    return tell(t("typed.not_your_team", { number, team: literal(name) }));
  }
  if (spec.does.type !== "verb") return showTicket(named, scene);
  const values = argumentsFor(
    { takes: spec.takes, usage: usageOf(spec, policy) },
    typed.said,
    named,
    policy,
  );
  if (isFault(values)) return tell(values.fault);
  const { text } = typed.said;
  const words = takesWords(spec) ? text : null;
  const asked = { verb: spec.does.verb, values, text: words, stores: heard.stores, seen: null };
  return {
    events: [],
    ticket: { type: "work", asked, told: toldUnderCard(asked.verb, scene, number) },
  };
}

/** Under a card it is always said who reads the words. */
function toldUnderCard(verb: string, { heard }: Scene, number: number): Text | null {
  const isWords = verb === "comment" || verb === "note";
  return isWords && isUnderStaffCard(heard) ? t(`thread.${verb}`, { number }) : null;
}

function takesWords({ takes }: CommandSpec): boolean {
  return takes === "text" || takes === "reason" || takes === "field";
}

/** 取消 without a ticket leaves the form that is being filled in, as it always did. */
function cancelled({ name }: CommandSpec, { conversation }: Scene): Response | null {
  return name === "cancel" && conversation.form !== null ? just({ type: "form_cancelled" }) : null;
}

function human(typed: TypedCommand, { conversation, heard, ticket, policy }: Scene): Response {
  const live = underWay(ticket);
  const { text } = typed.said;
  if (live === null || conversation.form !== null) return toPerson(conversation, text);
  const understood = { ...heard.understood, command: "human", whole: text === null };
  return besideTicket({ ...heard, text, understood }, live, policy);
}

function strangeWord({ meant, said }: TypedCommand, policy: Policy): Text {
  const word: Text | string = said.text === null ? "" : { ref: said.text };
  const near = meant === null ? null : commandNamed(meant);
  return near === null
    ? t("typed.unknown", { word })
    : t("typed.meant", { word, ...usageOf(near, policy) });
}
