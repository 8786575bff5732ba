import type { Content, Destination, ReplyHandle } from "./message.ts";
import type { Language, Text } from "./text.ts";
import type { Audience } from "./ticket/card.ts";

/** What must happen outside because of events: planned by the core, written down in the same commit, done later. */
export type Effect =
  | {
      readonly type: "message";
      /** Messages of one lane arrive in order. */
      readonly lane: string;
      readonly account: string;
      readonly to: Destination;
      readonly language: Language;
      readonly inReplyTo: { readonly messageId: string; readonly thread: string | null; readonly handle: ReplyHandle | null } | null;
      readonly content: Content<Text>;
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
  /** Every copy of the ticket's card is out of date. */
  | { readonly type: "refresh"; readonly ticket: string; readonly version: number }
  /** The stream's one timer: when it goes off next, ms UTC; null takes it away. */
  | { readonly type: "timer"; readonly stream: string; readonly dueAt: number | null };

/** The lane of everything that is said to one destination of one account. */
export function laneOf(account: string, to: Destination): string {
  return `${account}|${to.kind}|${to.id}`;
}
