import { sameActor } from "../actor.ts";
import { ATTACHMENTS_KEPT } from "../attachment.ts";
import { withField } from "./field.ts";
import { related } from "./kin.ts";
import {
  COMMENTS_KEPT,
  type Comment,
  type Ticket,
  type TicketEvent,
  type TicketStatus,
  UNDELIVERED_KEPT,
  type Undelivered,
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
  const changed = withoutWait(change(spokenAgain(next, event), event, at));
  const same =
    event.type !== "transferred" &&
    changed.status === ticket.status &&
    changed.owner === ticket.owner;
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
    case "transferred":
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
    case "attached":
      return attached(ticket, event);
    case "recalled":
      return recalled(ticket, event.attachments);
    case "edited":
      return ticket;
    case "undelivered":
      return undelivered(ticket, { text: event.text, reason: event.reason });
    case "paused":
      return waiting(ticket, event);
    case "resumed":
      return { ...ticket, status: "in_progress" };
    case "escalated":
      return {
        ...ticket,
        level: event.level,
        raisedVersion: ticket.version,
        watchers: event.to === null ? ticket.watchers : watched(ticket, event.to),
      };
    case "watched":
      return { ...ticket, watchers: watched(ticket, event.watcher) };
    case "unwatched":
      return { ...ticket, watchers: ticket.watchers.filter((id) => id !== event.watcher) };
    case "field_set":
      return withField(ticket, event);
    case "linked":
    case "unlinked":
    case "joined":
    case "parted":
    case "child_over":
    case "child_back":
      return related(ticket, event);
    case "urged":
      return {
        ...ticket,
        urges: event.count,
        lastUrgedAt: at,
        raisedVersion: ticket.version,
      };
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

function attached(ticket: Ticket, event: Extract<TicketEvent, { type: "attached" }>): Ticket {
  const more = event.attachments.map((each) => ({ ...each, visible: event.visible }));
  const attachments = [...(ticket.attachments ?? []), ...more].slice(-ATTACHMENTS_KEPT);
  const fromRequester = sameActor(event.by, ticket.requester);
  return { ...ticket, attachments, status: fromRequester ? heard(ticket.status) : ticket.status };
}

function recalled({ attachments: before, ...ticket }: Ticket, gone: readonly string[]): Ticket {
  const attachments = (before ?? []).filter(({ id }) => !gone.includes(id));
  return attachments.length === 0 ? ticket : { ...ticket, attachments };
}

function undelivered(ticket: Ticket, one: Undelivered): Ticket {
  return { ...ticket, undelivered: [...(ticket.undelivered ?? []), one].slice(-UNDELIVERED_KEPT) };
}

/** What did not arrive is old news once somebody spoke again. */
function spokenAgain(ticket: Ticket, { type }: TicketEvent): Ticket {
  const spoke = type === "replied_by_agent" || type === "replied_by_customer";
  if (!spoke || ticket.undelivered === undefined) return ticket;
  const { undelivered: _old, ...rest } = ticket;
  return rest;
}

function waiting(
  { waitingFor: _before, ...ticket }: Ticket,
  { waiting: forWhom, text }: Extract<TicketEvent, { type: "paused" }>,
): Ticket {
  const status = forWhom === "customer" ? "waiting_customer" : "waiting_external";
  return { ...ticket, status, ...(text === undefined ? {} : { waitingFor: { ref: text } }) };
}

/** The reason for a wait goes with it. */
function withoutWait(ticket: Ticket): Ticket {
  const waits = ticket.status === "waiting_customer" || ticket.status === "waiting_external";
  if (waits || ticket.waitingFor === undefined) return ticket;
  const { waitingFor: _over, ...rest } = ticket;
  return rest;
}

function watched({ watchers }: Ticket, agent: string): readonly string[] {
  return watchers.includes(agent) ? watchers : [...watchers, agent];
}

/** What we were waiting for has come. */
function heard(status: TicketStatus): TicketStatus {
  return status === "waiting_customer" ? "in_progress" : status;
}
