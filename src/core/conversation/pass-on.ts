import { type Actor, sameActor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { isRefusal, type Refusal, refuse } from "../refusal.ts";
import { type Text, t } from "../text.ts";
import { decideTicket } from "../ticket/decide.ts";
import { evolveTicket } from "../ticket/evolve.ts";
import type { Ticket, TicketEvent } from "../ticket/ticket.ts";
import type { Ask, Passing } from "./response.ts";

/** What a ticket took of what it was handed. */
export type Passed = {
  readonly events: readonly TicketEvent[];
  /** What to say of it; null for nothing. */
  readonly words: Text | null;
};

/** Hand a ticket one thing after another. What it does not let happen is left out; a refusal only when nothing is left. */
export function passOn(
  { asks }: Passing,
  by: Actor,
  at: number,
  ticket: Ticket,
  policy: Policy,
): Passed | Refusal {
  const events: TicketEvent[] = [];
  const verbs: Ask["verb"][] = [];
  let refusal: Refusal = refuse("empty_text");
  let now = ticket;
  for (const ask of asks) {
    const verdict = decideTicket({ ...ask, by, at, seen: null }, now, policy);
    if (isRefusal(verdict)) {
      refusal = verdict;
      continue;
    }
    verbs.push(ask.verb);
    events.push(...verdict);
    now = verdict.reduce(
      (state, event) => evolveTicket(state, event, Math.max(at, state.lastAt), state.id),
      now,
    );
  }
  return verbs.length === 0 ? refusal : { events, words: wordsFor(verbs, by, at, ticket) };
}

/** What is worth saying of what was done, the weightiest first. A ticket that was confirmed says so itself. */
const WORTH_SAYING = ["escalate", "reopen", "reject", "urge", "comment"] as const;

/** Lines that follow each other within this time are one message to whoever writes them, and get one receipt. */
const ONE_RECEIPT_MS = 30_000;

function wordsFor(
  verbs: readonly Ask["verb"][],
  by: Actor,
  at: number,
  { number, comments }: Ticket,
): Text | null {
  const verb = WORTH_SAYING.find((candidate) => verbs.includes(candidate));
  if (verb === undefined) return null;
  const last = comments.findLast((comment) => sameActor(comment.by, by));
  const goesOn = verb === "comment" && last !== undefined && at - last.at < ONE_RECEIPT_MS;
  return goesOn ? null : t(`say.passed.${verb}`, { number });
}

/** Why a ticket did not take it. Somebody else in its thread hears who may write there. */
export function refusedWords({ refused, params }: Refusal, { number }: Ticket): Text {
  return refused === "not_allowed"
    ? t("say.not_yours", { number })
    : t(`refusal.${refused}`, params);
}
