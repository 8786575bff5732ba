import type { Actor } from "../actor.ts";
import type { Attachment } from "../attachment.ts";
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

export type TicketAttachment = Attachment & {
  /** Does the requester see it? */
  readonly visible: boolean;
};

/** A child holds its parent up (`blocks`: until it is over, the parent cannot be resolved), or goes on beside it. */
export const CHILD_KINDS = ["blocks", "follows"] as const;
export type ChildKind = (typeof CHILD_KINDS)[number];

/** Another ticket, as a relation of this one. */
export type Kin = { readonly ticket: string; readonly number: number; readonly kind: ChildKind };

export type Child = Kin & { readonly over: boolean };

export const MOST_CHILDREN = 20;

/** Why something never reached the requester, as far as it helps whoever has to reach them now. */
export type UndeliveredReason =
  /** The tool refuses the words. */
  | "sensitive"
  /** The tool refuses the message as it is, or its receiver. */
  | "content"
  /** The time in which the tool lets us write to them is over. */
  | "window-closed"
  /** Settings or rights are missing. */
  | "config"
  /** There is nobody by that id any more. */
  | "nobody"
  /** The tool did not take it for a whole day. */
  | "gave-up";

/** Something that never reached the requester: its words as a row of `texts`; null for a notice of ours. */
export type Undelivered = { readonly text: string | null; readonly reason: UndeliveredReason };

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
  /** Version at which it came to its present status, owner or team: a click on an older card means something else. */
  readonly statusVersion: number;
  /** Version at which it was last escalated or urged; absent before the first time. */
  readonly raisedVersion?: number;
  readonly requester: Actor;
  readonly requesterName: Text;
  readonly origin: Origin;
  readonly store: { readonly id: string; readonly name: string; readonly region: string } | null;
  readonly fields: readonly TicketField[];
  readonly team: string;
  readonly owner: string | null;
  readonly watchers: readonly string[];
  /** The ticket that this one is a part of; absent while there is none. */
  readonly parent?: Kin;
  /** At most `MOST_CHILDREN`; absent while there are none. */
  readonly children?: readonly Child[];
  /** Why it waits; absent where nobody said so. */
  readonly waitingFor?: Text;
  /** How often it was escalated. */
  readonly level: number;
  readonly urges: number;
  readonly lastUrgedAt: number | null;
  readonly reopenings: number;
  /** The newest comments, at most `COMMENTS_KEPT`; all of them are in the log. */
  readonly comments: readonly Comment[];
  /** The newest pictures and files, at most `ATTACHMENTS_KEPT`; absent while there are none. */
  readonly attachments?: readonly TicketAttachment[];
  /** What did not reach the requester since either side last spoke, at most `UNDELIVERED_KEPT`; absent for nothing. */
  readonly undelivered?: readonly Undelivered[];
  readonly resolution: Text | null;
  readonly closeReason: CloseReason | null;
  readonly createdAt: number;
  readonly resolvedAt: number | null;
  readonly closedAt: number | null;
  readonly lastAt: number;
  readonly version: number;
};

export const COMMENTS_KEPT = 5;
export const UNDELIVERED_KEPT = 3;

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
  | { readonly type: "transferred"; readonly by: Actor; readonly team: string }
  | { readonly type: "returned"; readonly by: Actor; readonly team: string }
  | { readonly type: "replied_by_agent"; readonly by: Actor; readonly text: string }
  | { readonly type: "replied_by_customer"; readonly by: Actor; readonly text: string }
  | { readonly type: "noted"; readonly by: Actor; readonly text: string }
  | {
      readonly type: "attached";
      readonly by: Actor;
      readonly attachments: readonly Attachment[];
      /** Does the other side see them too? */
      readonly visible: boolean;
    }
  /** A message was taken back: its words are blank from now on, and what came with it is gone. */
  | {
      readonly type: "recalled";
      readonly text: string | null;
      readonly attachments: readonly string[];
    }
  /** Words were changed by who wrote them: their row of `texts` holds what they are from now on. */
  | { readonly type: "edited"; readonly text: string }
  /** What we wanted to tell the requester will never reach them. */
  | ({ readonly type: "undelivered" } & Undelivered)
  | {
      readonly type: "paused";
      readonly by: Actor;
      readonly waiting: "customer" | "external";
      /** Why; absent where nobody said so. */
      readonly text?: string;
    }
  | { readonly type: "resumed"; readonly by: Actor }
  | {
      readonly type: "escalated";
      readonly by: Actor;
      readonly level: number;
      readonly to: string | null;
    }
  | { readonly type: "urged"; readonly by: Actor; readonly count: number }
  | FieldSet
  | { readonly type: "watched"; readonly by: Actor; readonly watcher: string }
  | { readonly type: "unwatched"; readonly by: Actor; readonly watcher: string }
  /** This ticket got a child, or lost one. */
  | ({ readonly type: "linked"; readonly by: Actor } & Kin)
  | { readonly type: "unlinked"; readonly by: Actor; readonly ticket: string }
  /** This ticket became a child, or is none any more. */
  | ({ readonly type: "joined"; readonly by: Actor } & Kin)
  | { readonly type: "parted"; readonly by: Actor }
  | { readonly type: "child_over"; readonly by: Actor; readonly ticket: string }
  | { readonly type: "child_back"; readonly by: Actor; readonly ticket: string }
  | { readonly type: "resolved"; readonly by: Actor; readonly text: string | null }
  | { readonly type: "confirmed"; readonly by: Actor }
  | { readonly type: "rejected_by_customer"; readonly by: Actor }
  | { readonly type: "reopened"; readonly by: Actor }
  | { readonly type: "closed"; readonly by: Actor; readonly reason: CloseReason }
  | { readonly type: "cancelled"; readonly by: Actor };

/** One thing about the ticket is something else from now on; `old` is what it was. */
export type FieldSet = { readonly type: "field_set"; readonly by: Actor } & (
  | { readonly target: "priority"; readonly value: Priority; readonly old: Priority }
  | { readonly target: "title"; readonly value: Text; readonly old: Text }
  | {
      readonly target: "store";
      readonly value: NonNullable<Ticket["store"]>;
      readonly old: Ticket["store"];
    }
  | ({ readonly target: "field"; readonly old: Text | null } & TicketField)
);

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
