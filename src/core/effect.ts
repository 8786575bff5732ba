import type { Content, Destination } from "./message.ts";
import type { Language, Text } from "./text.ts";
import type { Audience } from "./ticket/card.ts";

/** The message that one of ours answers. The vendor's handle for it, if any, stays with its inbox row: it is a secret. */
export type ReplyTo = {
  readonly inbox: string;
  readonly messageId: string;
  readonly thread: string | null;
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
  /** Every copy of the ticket's card is out of date; one from before `turned` shows another status or owner. */
  | {
      readonly type: "refresh";
      readonly ticket: string;
      readonly version: number;
      readonly turned: number;
    }
  /** The stream's one timer: when it goes off next, ms UTC; null takes it away. */
  | { readonly type: "timer"; readonly stream: string; readonly dueAt: number | null };

/** The lane of everything that is said to one destination of one account. */
export function laneOf(account: string, to: Destination): string {
  return `${account}|${to.kind}|${to.id}`;
}
