import type { Actor } from "./actor.ts";
import { sameActor } from "./actor.ts";
import type { Policy } from "./config/policy.ts";
import type { Ticket } from "./ticket/ticket.ts";

/** What somebody is to one ticket; a person may be several things at once. */
export type Relation =
  | "system"
  | "requester"
  | "watcher"
  | "owner"
  | "member"
  | "lead"
  | "supervisor"
  | "admin"
  | "vendor"
  | "api";

export type TicketVerb =
  | "claim"
  | "assign"
  | "transfer"
  | "return"
  | "comment"
  | "note"
  | "set_field"
  | "pause"
  | "resume"
  | "escalate"
  | "urge"
  | "watch"
  | "unwatch"
  | "link"
  | "unlink"
  | "resolve"
  | "confirm"
  | "reject"
  | "reopen"
  | "close"
  | "cancel";

const STAFF: readonly Relation[] = ["owner", "lead", "supervisor", "admin", "api"];

/**
 * Who may do what, in one table. A vendor's person has rights only as the owner or as a member of the ticket's team,
 * so the column `vendor` opens nothing by itself.
 */
export const PERMISSIONS: Readonly<Record<TicketVerb, readonly Relation[]>> = {
  claim: ["owner", "member", "lead", "supervisor", "admin"],
  assign: STAFF,
  transfer: STAFF,
  return: STAFF,
  comment: ["requester", "watcher", "member", ...STAFF],
  note: ["watcher", "member", ...STAFF],
  set_field: STAFF,
  pause: STAFF,
  resume: ["system", ...STAFF],
  escalate: ["requester", "member", ...STAFF],
  urge: ["requester", "watcher", "lead", "supervisor", "admin", "api"],
  watch: ["owner", "member", "lead", "supervisor", "admin"],
  unwatch: ["watcher"],
  link: STAFF,
  unlink: STAFF,
  resolve: STAFF,
  confirm: ["requester"],
  reject: ["requester"],
  reopen: ["requester", ...STAFF],
  close: ["system", "lead", "supervisor", "admin", "api"],
  cancel: ["requester", "lead", "supervisor", "admin", "api"],
};

/** What each relation sees of the person who asked. */
const SEES_REQUESTER: Readonly<Record<Relation, "whole" | "masked">> = {
  system: "whole",
  requester: "whole",
  watcher: "whole",
  owner: "whole",
  member: "whole",
  lead: "whole",
  supervisor: "whole",
  admin: "whole",
  vendor: "masked",
  api: "whole",
};

/** What an actor is to a ticket. Empty for a stranger. */
export function relationsOf(actor: Actor, ticket: Ticket, policy: Policy): readonly Relation[] {
  if (actor.kind === "system") return ["system"];
  if (actor.kind === "api") return ["api"];
  const relations: Relation[] = [];
  if (sameActor(actor, ticket.requester)) relations.push("requester");
  if (actor.kind === "agent") relations.push(...staffRelations(actor.id, ticket, policy));
  return relations;
}

function staffRelations(id: string, ticket: Ticket, policy: Policy): Relation[] {
  const agent = policy.agents.get(id);
  if (agent === undefined) return [];
  const team = policy.teams.get(ticket.team);
  const relations: Relation[] = [];
  if (ticket.owner === id) relations.push("owner");
  if (ticket.watchers.includes(id)) relations.push("watcher");
  if (team?.members.includes(id) === true) relations.push("member");
  if (team?.lead === id) relations.push("lead");
  if (agent.role !== "agent") relations.push(agent.role);
  return relations;
}

export function may(relations: readonly Relation[], verb: TicketVerb): boolean {
  return relations.some((relation) => PERMISSIONS[verb].includes(relation));
}

/** Does somebody with these relations see who asked? One that masks it outweighs all that do not. */
export function seesRequester(relations: readonly Relation[]): boolean {
  return relations.every((relation) => SEES_REQUESTER[relation] === "whole");
}
