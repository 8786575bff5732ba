import {
  COMMENTS_KEPT,
  type Comment,
  type Ticket,
  type TicketEvent,
  type TicketStatus,
} from "./ticket.ts";

/**
 * Fold one event into a ticket. No rules and no checks: whatever `decideTicket` once let happen is history.
 * `at` is the event's time, `id` names the stream.
 */
export function evolveTicket(
  ticket: Ticket | null,
  event: TicketEvent,
  at: number,
  id: string,
): Ticket {
  if (event.type === "created") return created(event, at, id);
  if (ticket === null)
    throw new Error(`The log of ticket ${id} begins with "${event.type}" instead of "created".`);
  const next = { ...ticket, lastAt: at, version: ticket.version + 1 };
  const changed = change(next, event, at);
  const same = changed.status === ticket.status && changed.owner === ticket.owner;
  return same ? changed : { ...changed, statusVersion: changed.version };
}

function created(event: Extract<TicketEvent, { type: "created" }>, at: number, id: string): Ticket {
  return {
    id,
    number: event.number,
    type: event.ticketType,
    intent: event.intent,
    title: event.title,
    description: event.description,
    priority: event.priority,
    status: "new",
    statusVersion: 1,
    requester: event.requester,
    requesterName: event.requesterName,
    origin: event.origin,
    store: event.store,
    fields: event.fields,
    team: "",
    owner: null,
    watchers: [],
    level: 0,
    urges: 0,
    lastUrgedAt: null,
    reopenings: 0,
    comments: [],
    resolution: null,
    closeReason: null,
    createdAt: at,
    resolvedAt: null,
    closedAt: null,
    lastAt: at,
    version: 1,
  };
}

function change(
  ticket: Ticket,
  event: Exclude<TicketEvent, { type: "created" }>,
  at: number,
): Ticket {
  switch (event.type) {
    case "queued":
      return { ...ticket, team: event.team };
    case "claimed":
      return { ...ticket, owner: event.owner, status: "in_progress" };
    case "assigned":
      return { ...ticket, owner: event.owner, team: event.team, status: "assigned" };
    case "returned":
      return { ...ticket, owner: null, team: event.team, status: "new" };
    case "replied_by_agent":
      return commented(ticket, { by: event.by, at, text: event.text, visible: true });
    case "replied_by_customer":
      return {
        ...commented(ticket, { by: event.by, at, text: event.text, visible: true }),
        status: heard(ticket.status),
      };
    case "noted":
      return commented(ticket, { by: event.by, at, text: event.text, visible: false });
    case "paused":
      return {
        ...ticket,
        status: event.waiting === "customer" ? "waiting_customer" : "waiting_external",
      };
    case "resumed":
      return { ...ticket, status: "in_progress" };
    case "escalated":
      return {
        ...ticket,
        level: event.level,
        watchers:
          event.to === null || ticket.watchers.includes(event.to)
            ? ticket.watchers
            : [...ticket.watchers, event.to],
      };
    case "urged":
      return { ...ticket, urges: event.count, lastUrgedAt: at };
    case "resolved":
      return {
        ...ticket,
        status: "resolved",
        resolvedAt: at,
        resolution: event.text === null ? null : { ref: event.text },
      };
    case "confirmed":
    case "rejected_by_customer":
      return ticket;
    case "reopened":
      return {
        ...ticket,
        status: ticket.owner === null ? "new" : "in_progress",
        reopenings: ticket.reopenings + 1,
        resolution: null,
        resolvedAt: null,
        closedAt: null,
        closeReason: null,
      };
    case "closed":
      return { ...ticket, status: "closed", closedAt: at, closeReason: event.reason };
    case "cancelled":
      return { ...ticket, status: "cancelled", closedAt: at };
  }
}

function commented(ticket: Ticket, comment: Comment): Ticket {
  return { ...ticket, comments: [...ticket.comments, comment].slice(-COMMENTS_KEPT) };
}

/** What we were waiting for has come. */
function heard(status: TicketStatus): TicketStatus {
  return status === "waiting_customer" ? "in_progress" : status;
}
