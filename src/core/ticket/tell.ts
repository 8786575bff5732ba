import { sameActor } from "../actor.ts";
import { agentName, type Policy } from "../config/policy.ts";
import { type Text, t } from "../text.ts";
import { isOver, type Ticket, type TicketEvent } from "./ticket.ts";

/** What the requester hears in words, because a card that changes in place rings no bell. Null: this time nothing. */
export const TELL_REQUESTER: Partial<
  Record<TicketEvent["type"], (event: TicketEvent, ticket: Ticket, policy: Policy) => Text | null>
> = {
  claimed: (_event, ticket, policy) =>
    t("tell.claimed", { number: ticket.number, owner: nameOf(ticket.owner, policy) }),
  replied_by_agent: (event, ticket, policy) =>
    t("tell.replied", {
      number: ticket.number,
      who:
        "by" in event && event.by.kind === "agent" ? nameOf(event.by.id, policy) : t("card.desk"),
      text: "text" in event && event.text !== null ? { ref: event.text } : "",
    }),
  paused: (_event, ticket) => (ticket.status === "waiting_customer" ? awaited(ticket) : null),
  // Who reopens their own ticket knows it.
  reopened: (event, ticket) =>
    "by" in event && sameActor(event.by, ticket.requester)
      ? null
      : t("tell.taken_up_again", { number: ticket.number }),
  resolved: (_event, ticket) =>
    ticket.resolution === null
      ? t("tell.resolved", { number: ticket.number })
      : t("tell.resolved_with", { number: ticket.number, text: ticket.resolution }),
  closed: (_event, ticket) =>
    t(`tell.closed.${ticket.closeReason ?? "by_agent"}`, { number: ticket.number }),
  cancelled: (_event, ticket) => t("tell.cancelled", { number: ticket.number }),
};

/** What those who work on it hear in words. Null: this time nothing. */
export const TELL_STAFF: Partial<
  Record<TicketEvent["type"], (ticket: Ticket, policy: Policy, event: TicketEvent) => Text | null>
> = {
  assigned: (ticket, policy) =>
    t("tell.assigned", {
      number: ticket.number,
      title: ticket.title,
      owner: nameOf(ticket.owner, policy),
    }),
  transferred: (ticket, policy) =>
    t("tell.transferred", {
      number: ticket.number,
      title: ticket.title,
      team: teamName(ticket.team, policy),
    }),
  child_over: (ticket, _policy, event) => childNews("tell.child_over", event, ticket),
  child_back: (ticket, _policy, event) => childNews("tell.child_back", event, ticket),
  // Without the words: a tool that refused them would refuse them here as well.
  undelivered: ({ number }, _policy, event) =>
    event.type === "undelivered"
      ? t("tell.undelivered", { number, why: t(`undelivered.${event.reason}`) })
      : null,
  replied_by_customer: (ticket) =>
    t("tell.customer_replied", { number: ticket.number, text: lastWords(ticket) }),
  escalated: (ticket) => t("tell.escalated", { number: ticket.number, level: ticket.level }),
  urged: (ticket) => t("tell.urged", { number: ticket.number, count: ticket.urges }),
  reopened: (ticket) => t("tell.reopened", { number: ticket.number }),
};

function awaited({ number, waitingFor }: Ticket): Text {
  return waitingFor === undefined
    ? t("tell.awaited", { number })
    : t("tell.awaited_for", { number, text: waitingFor });
}

/** Nobody needs to hear of the children of what is over. */
function childNews(
  key: "tell.child_over" | "tell.child_back",
  event: TicketEvent,
  { number, status, children = [] }: Ticket,
): Text | null {
  const child = children.find(({ ticket }) => "ticket" in event && ticket === event.ticket);
  return child === undefined || isOver(status) ? null : t(key, { number, child: child.number });
}

function teamName(team: string, policy: Policy): string {
  return policy.teams.get(team)?.name ?? team;
}

function lastWords(ticket: Ticket): Text | string {
  const last = ticket.comments.at(-1);
  return last === undefined ? "" : { ref: last.text };
}

function nameOf(agent: string | null, policy: Policy): Text | string {
  return agent === null ? t("card.desk") : agentName(policy, agent);
}
