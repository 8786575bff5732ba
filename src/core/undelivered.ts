import type { Command } from "./command.ts";
import type { Policy } from "./config/policy.ts";
import type { Step, World } from "./step.ts";
import { workOn } from "./streams.ts";
import { ticketEffects } from "./ticket/effects.ts";
import type { Ticket, Undelivered } from "./ticket/ticket.ts";

/** Note with its ticket that something never reached the requester, and tell those who work on it. */
export function undelivered(
  command: Extract<Command, { type: "undelivered" }>,
  { ticket }: World,
  policy: Policy,
): Step {
  const { text, reason } = command;
  if (ticket === null || isKnown(ticket, { text, reason }))
    return { streams: [], effects: [], outcome: null };
  const events = [{ type: "undelivered", text, reason }] as const;
  const worked = workOn(command, ticket, events);
  const effects = ticketEffects(events, worked.state.value, policy);
  return { streams: [worked], effects, outcome: null };
}

/** A second notice that fails for the same reason tells nobody anything new; each word of a person counts. */
function isKnown({ undelivered: known = [] }: Ticket, { text, reason }: Undelivered): boolean {
  return known.some((one) => one.reason === reason && (text === null || one.text === text));
}
