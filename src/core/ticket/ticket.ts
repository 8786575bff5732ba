import type { Actor } from "../actor.ts";
import type { Priority } from "../config/policy.ts";
import type { Destination } from "../message.ts";
import type { Language, Text } from "../text.ts";

/** Fixed for every type of ticket; what people call them is free. Transfers, urges, reopenings are events, not states. */
export type TicketStatus =
  | "new"
  | "assigned"
  | "in_progress"
  | "waiting_customer"
  | "waiting_external"
  | "resolved"
  | "closed"
  | "cancelled";

export type CloseReason = "confirmed" | "no_answer" | "by_agent";

/** Where the requester is told about the ticket: the conversation that it came from. */
export type Origin = {
  readonly conversation: string;
  readonly account: string;
  readonly to: Destination;
  readonly language: Language;
};

export type TicketField = { readonly name: string; readonly label: string; readonly value: Text };

export type Comment = {
  readonly by: Actor;
  readonly at: number;
  /** The words, as a row of `texts`. */
  readonly text: string;
  /** Does the requester see it? */
  readonly visible: boolean;
};

/** What a ticket is now: the fold of its events. Words of people are held as references to `texts`. */
export type Ticket = {
  readonly id: string;
  /** The number people use for it; it grants nothing. */
  readonly number: number;
  readonly type: string;
  readonly intent: string | null;
  readonly title: Text;
  readonly description: Text;
  readonly priority: Priority;
  readonly status: TicketStatus;
  /** Version at which it came to its present status and owner: a click on an older card means something else. */
  readonly statusVersion: number;
  readonly requester: Actor;
  readonly requesterName: Text;
  readonly origin: Origin;
  readonly store: { readonly id: string; readonly name: string; readonly region: string } | null;
  readonly fields: readonly TicketField[];
  readonly team: string;
  readonly owner: string | null;
  readonly watchers: readonly string[];
  /** How often it was escalated. */
  readonly level: number;
  readonly urges: number;
  readonly lastUrgedAt: number | null;
  readonly reopenings: number;
  /** The newest comments, at most `COMMENTS_KEPT`; all of them are in the log. */
  readonly comments: readonly Comment[];
  readonly resolution: Text | null;
  readonly closeReason: CloseReason | null;
  readonly createdAt: number;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly lastAt: number;
  readonly version: number;
};

export const COMMENTS_KEPT = 5;

/** What happened to a ticket. Past tense, never changed once written; `schema` of the store row is 1 for all of these. */
export type TicketEvent =
  | {
      readonly type: "created";
      readonly by: Actor;
      readonly number: number;
      readonly ticketType: string;
      readonly intent: string | null;
      readonly title: Text;
      readonly description: Text;
      readonly priority: Priority;
      readonly requester: Actor;
      readonly requesterName: Text;
      readonly origin: Origin;
      readonly store: Ticket["store"];
      readonly fields: readonly TicketField[];
    }
  | { readonly type: "queued"; readonly team: string }
  | { readonly type: "claimed"; readonly by: Actor; readonly owner: string }
  | { readonly type: "assigned"; readonly by: Actor; readonly owner: string; readonly team: string }
  | { readonly type: "returned"; readonly by: Actor; readonly team: string }
  | { readonly type: "replied_by_agent"; readonly by: Actor; readonly text: string }
  | { readonly type: "replied_by_customer"; readonly by: Actor; readonly text: string }
  | { readonly type: "noted"; readonly by: Actor; readonly text: string }
  | { readonly type: "paused"; readonly by: Actor; readonly waiting: "customer" | "external" }
  | { readonly type: "resumed"; readonly by: Actor }
  | {
      readonly type: "escalated";
      readonly by: Actor;
      readonly level: number;
      readonly to: string | null;
    }
  | { readonly type: "urged"; readonly by: Actor; readonly count: number }
  | { readonly type: "resolved"; readonly by: Actor; readonly text: string | null }
  | { readonly type: "confirmed"; readonly by: Actor }
  | { readonly type: "rejected_by_customer"; readonly by: Actor }
  | { readonly type: "reopened"; readonly by: Actor }
  | { readonly type: "closed"; readonly by: Actor; readonly reason: CloseReason }
  | { readonly type: "cancelled"; readonly by: Actor };

export function isOver(status: TicketStatus): boolean {
  return status === "closed" || status === "cancelled";
}

/** The ticket while it is under way; null once it is over, or when there is none. */
export function underWay(ticket: Ticket | null): Ticket | null {
  return ticket === null || isOver(ticket.status) ? null : ticket;
}

export function streamOf(ticketId: string): string {
  return `ticket:${ticketId}`;
}
