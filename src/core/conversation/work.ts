import { type Actor, sameActor } from "../actor.ts";
import type { Attachment } from "../attachment.ts";
import type { Policy } from "../config/policy.ts";
import { type Effect, laneOf } from "../effect.ts";
import { isRefusal, type Refusal } from "../refusal.ts";
import { type Text, t } from "../text.ts";
import { ticketCommand } from "../ticket/asked.ts";
import { decideTicket, type TicketCommand } from "../ticket/decide.ts";
import { evolveTicket } from "../ticket/evolve.ts";
import type { Ticket, TicketEvent } from "../ticket/ticket.ts";
import type { Conversation, ConversationEvent } from "./conversation.ts";
import { refusedWords } from "./pass-on.ts";
import type { Working } from "./response.ts";

type Doing = {
  readonly deed: Working;
  readonly by: Actor;
  readonly at: number;
  readonly named: Ticket;
  readonly others: readonly Ticket[];
  /** What came with the words. */
  readonly attached: readonly Attachment[];
};

/** What the ticket that is meant makes of what was asked of it. */
export function workOnNamed(doing: Doing, policy: Policy): readonly TicketEvent[] | Refusal {
  const { deed, by, at, named, others, attached } = doing;
  const command = ticketCommand({ ...deed.asked, others }, by, at);
  if (isRefusal(command)) return command;
  if (attached.length === 0) return decideTicket(command, named, policy);
  if (command.verb === "comment" || command.verb === "note")
    return decideTicket({ ...command, attachments: attached }, named, policy);
  return withPictures(command, attached, named, policy);
}

/** What came with the words goes before them, or after them where only that may be, seen by whoever sees the words. */
function withPictures(
  command: TicketCommand,
  attachments: readonly Attachment[],
  named: Ticket,
  policy: Policy,
): readonly TicketEvent[] | Refusal {
  const { by, at } = command;
  const isSeen = command.verb === "resolve" || sameActor(by, named.requester);
  const verb = isSeen ? "comment" : "note";
  const shown = { verb, by, at, text: null, attachments, seen: null } as const;
  const first = decideTicket(shown, named, policy);
  const before = isRefusal(first) ? [] : first;
  const then = decideTicket(command, after(before, named, at), policy);
  if (isRefusal(then) || before.length > 0) return isRefusal(then) ? then : [...before, ...then];
  const last = decideTicket(shown, after(then, named, at), policy);
  return isRefusal(last) ? then : [...then, ...last];
}

function after(events: readonly TicketEvent[], ticket: Ticket, at: number): Ticket {
  return events.reduce(
    (state, event) => evolveTicket(state, event, Math.max(at, state.lastAt), state.id),
    ticket,
  );
}

/** How the conversation is told: in words, unless what follows for the ticket already says something there. */
export function toldOf(
  { deed, named }: Pick<Doing, "deed" | "named">,
  verdict: Refusal | readonly Effect[],
  { account, to }: Conversation,
): ConversationEvent {
  if (isRefusal(verdict)) return { type: "told", text: notDone(verdict, named) };
  const lane = laneOf(account, to);
  const speaks = verdict.some((effect) => effect.type === "message" && effect.lane === lane);
  if (speaks && deed.told === null) return { type: "relayed", ticket: named.id };
  return { type: "told", text: deed.told ?? done(deed, named) };
}

/** Verbs whose words name the ticket by themselves. */
const NAMES_TICKET: ReadonlySet<string> = new Set([
  "claim",
  "assign",
  "return",
  "watch",
  "unwatch",
]);

function done({ asked }: Working, { number }: Ticket): Text {
  const text = t(`done.${asked.verb}`, { number });
  return NAMES_TICKET.has(asked.verb) ? text : t("typed.done", { number, text });
}

function notDone(refusal: Refusal, ticket: Ticket): Text {
  const text =
    refusal.refused === "not_allowed"
      ? t("refusal.not_allowed", refusal.params)
      : refusedWords(refusal, ticket);
  return t("typed.done", { number: ticket.number, text });
}
