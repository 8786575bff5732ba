import type { Actor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { type Refusal, refuse } from "../refusal.ts";
import type { Ticket, TicketEvent } from "./ticket.ts";

/** Decide to give a ticket to an agent, who may be of another team. */
export function assign(
  by: Actor,
  to: string,
  ticket: Ticket,
  policy: Policy,
): TicketEvent | Refusal {
  const agent = policy.agents.get(to);
  if (agent === undefined) return refuse("unknown_agent", { agent: to });
  if (ticket.owner === agent.id) return refuse("already_claimed", { owner: agent.name });
  const team = teamOf(agent.id, ticket.team, policy);
  return { type: "assigned", by, owner: agent.id, team };
}

/** Decide to put a ticket into the queue of another team, where nobody owns it. */
export function transfer(
  by: Actor,
  to: string,
  ticket: Ticket,
  policy: Policy,
): TicketEvent | Refusal {
  const team = policy.teams.get(to);
  if (team === undefined) return refuse("unknown_team");
  if (ticket.team === team.id) return refuse("already_there", { team: team.name });
  return { type: "transferred", by, team: team.id };
}

/** The ticket stays with its team when the new owner is in it, else it moves to a team of the owner's. */
function teamOf(agent: string, present: string, policy: Policy): string {
  const has = (id: string): boolean => {
    const team = policy.teams.get(id);
    return team !== undefined && (team.lead === agent || team.members.includes(agent));
  };
  if (has(present)) return present;
  return [...policy.teams.keys()].find(has) ?? present;
}
