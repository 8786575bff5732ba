import type { AttachmentKind } from "./attachment.ts";
import type { Content, Destination, UrgentWay } from "./message.ts";
import type { Language, Text } from "./text.ts";
import type { Audience } from "./ticket/card.ts";

/** The message that one of ours answers. The vendor's handle for it, if any, stays with its inbox row: it is a secret. */
export type ReplyTo = {
  readonly inbox: string;
  readonly messageId: string;
  readonly thread: string | null;
};

/** A picture or file that is passed on once we have it. */
export type AttachmentContent = {
  readonly type: "attachment";
  /** Its row of `attachments`. */
  readonly attachment: string;
  readonly kind: AttachmentKind;
  readonly name: Text;
};

/** The ticket that a message tells its requester of: there it comes back to when it can never be delivered. */
export type About = {
  readonly ticket: string;
  /** The human words in it, as a row of `texts`; null for a notice of ours. */
  readonly text: string | null;
};

/** What must happen outside because of events: planned by the core, written down in the same commit, done later. */
export type Effect =
  | {
      readonly type: "message";
      /** Messages of one lane arrive in order. */
      readonly lane: string;
      readonly account: string;
      readonly to: Destination;
      readonly language: Language;
      readonly inReplyTo: ReplyTo | null;
      readonly content: Content<Text> | AttachmentContent;
      /** How the person shall be reached at once, beside the message itself; absent for a message that can wait. */
      readonly urgent?: UrgentWay;
      /** Absent for a message that is of no ticket, or is not for its requester. */
      readonly about?: About;
    }
  /** A copy of a ticket's card shall stand there from now on. */
  | {
      readonly type: "surface";
      readonly ticket: string;
      readonly account: string;
      readonly to: Destination;
      readonly audience: Audience;
      readonly language: Language;
    }
  /** Every copy of the ticket's card is out of date; one from before `turned` shows another status or owner. */
  | {
      readonly type: "refresh";
      readonly ticket: string;
      readonly version: number;
      readonly turned: number;
    }
  /** From when on the ticket counts as overdue, ms UTC; null while nothing is owed. */
  | { readonly type: "overdue"; readonly ticket: string; readonly at: number | null }
  /** The stream's one timer: when it goes off next, ms UTC; null takes it away. */
  | { readonly type: "timer"; readonly stream: string; readonly dueAt: number | null };

/** The lane of everything that is said to one destination of one account. */
export function laneOf(account: string, to: Destination): string {
  return `${account}|${to.kind}|${to.id}`;
}
