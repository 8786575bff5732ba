import type { Conversation } from "../core/conversation/conversation.ts";
import type { Destination, UpdateToken } from "../core/message.ts";
import type { Language } from "../core/text.ts";
import type { Audience } from "../core/ticket/card.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { AttachmentChange } from "./attachment-row.ts";

export type CommitResult = "ok" | "conflict" | "duplicate";

export type Batch = {
  /** What made it happen; null for bookkeeping that decides nothing (a delivery's result, a mailbox given back). */
  readonly cause: CauseRow | null;
  readonly streams: readonly {
    readonly stream: string;
    readonly expectedVersion: number;
    readonly events: readonly EventRow[];
  }[];
  readonly rows: readonly Row[];
  readonly guards: readonly Guard[];
};

/** A condition that must hold at the moment of the commit, or the whole batch fails with `conflict`. */
export type Guard =
  | { readonly type: "inbox-open"; readonly id: string }
  /** Nobody has written work of this mailbox since its fence was read. */
  | { readonly type: "mailbox-at"; readonly mailbox: string; readonly fence: number }
  | { readonly type: "outbox-held"; readonly id: string; readonly leaseUntil: number }
  | { readonly type: "surface-held"; readonly id: string; readonly leaseUntil: number }
  /** It is still the card that was read, and nobody is changing it at the vendor just now. */
  | {
      readonly type: "surface-free";
      readonly id: string;
      readonly edition: number;
      readonly now: number;
    }
  | { readonly type: "timer-at"; readonly stream: string; readonly dueAt: number }
  /** It still waits to be fetched, and nobody else has taken it up since. */
  | { readonly type: "attachment-held"; readonly id: string; readonly until: number };

export type Row =
  | { readonly type: "inbox"; readonly row: NewInboxRow }
  | {
      readonly type: "inbox-done";
      readonly id: string;
      readonly outcome: string | null;
      readonly at: number;
    }
  | {
      readonly type: "inbox-retry";
      readonly id: string;
      readonly dueAt: number;
      readonly error: string;
    }
  | {
      readonly type: "inbox-dead";
      readonly id: string;
      readonly error: string;
      readonly at: number;
    }
  | { readonly type: "inbox-revive"; readonly id: string; readonly dueAt: number }
  /** A message was taken back: it is not worked any more if it was not yet, and its body goes. */
  | { readonly type: "inbox-recalled"; readonly id: string; readonly at: number }
  /** Move the fence on, and keep the mailbox for this worker until `leaseUntil`; 0 gives it back. */
  | {
      readonly type: "mailbox";
      readonly mailbox: string;
      readonly fence: number;
      readonly leaseUntil: number;
    }
  | { readonly type: "conversation"; readonly value: Conversation }
  | { readonly type: "ticket"; readonly value: Ticket }
  /** From when on it counts as overdue; null while nothing is owed. */
  | { readonly type: "ticket-overdue"; readonly id: string; readonly at: number | null }
  | {
      readonly type: "text";
      readonly id: string;
      readonly subject: string;
      readonly body: string;
      readonly at: number;
    }
  | {
      readonly type: "customer";
      readonly id: string;
      readonly name: string | null;
      readonly at: number;
    }
  | {
      readonly type: "identity";
      readonly account: string;
      readonly externalId: string;
      readonly customer: string;
    }
  | { readonly type: "outbox"; readonly row: NewOutboxRow }
  | {
      readonly type: "outbox-hold";
      readonly id: string;
      readonly now: number;
      readonly until: number;
    }
  | {
      readonly type: "outbox-sent";
      readonly id: string;
      readonly remoteId: string;
      readonly at: number;
    }
  | {
      readonly type: "outbox-retry";
      readonly id: string;
      readonly dueAt: number;
      readonly error: string;
    }
  /** Not yet its turn by our own pacing: no try was made. */
  | { readonly type: "outbox-wait"; readonly id: string; readonly dueAt: number }
  | {
      readonly type: "outbox-parked";
      readonly id: string;
      readonly dueAt: number;
      readonly error: string;
    }
  | {
      readonly type: "outbox-dead";
      readonly id: string;
      readonly error: string;
      readonly at: number;
    }
  | { readonly type: "outbox-revive"; readonly id: string; readonly dueAt: number }
  /** What it is to send has not come yet: no try was made. A parked one lets those behind it pass. */
  | {
      readonly type: "outbox-await";
      readonly id: string;
      readonly dueAt: number;
      readonly parked: boolean;
    }
  | AttachmentChange
  | { readonly type: "surface"; readonly row: NewSurfaceRow }
  /**
   * All live copies of a ticket's card are out of date from `version` on. What waits goes on waiting, except for a fresh
   * card in the place of one from before `turned`. `hold` is a copy that waits until `hold.until`.
   */
  | {
      readonly type: "surfaces-dirty";
      readonly ticket: string;
      readonly version: number;
      readonly turned: number;
      readonly dueAt: number;
      readonly hold: { readonly id: string; readonly until: number } | null;
    }
  /** Take it for one deliverer, if it is still the card that was read. */
  | {
      readonly type: "surface-hold";
      readonly id: string;
      readonly edition: number;
      readonly now: number;
      readonly until: number;
    }
  /** It shows this version now. Tokens that were spent go, fresh ones come; those that came meanwhile stay. */
  | {
      readonly type: "surface-shown";
      readonly id: string;
      readonly version: number;
      readonly remoteId: string | null;
      readonly spent: readonly UpdateToken[];
      readonly fresh: readonly UpdateToken[];
      readonly at: number;
    }
  | { readonly type: "surface-wait"; readonly id: string; readonly dueAt: number }
  | {
      readonly type: "surface-retry";
      readonly id: string;
      readonly dueAt: number;
      readonly error: string;
    }
  /** The card can no longer be changed: the next showing is a fresh card. */
  | {
      readonly type: "surface-lost";
      readonly id: string;
      readonly at: number;
      /** When the fresh card may come that brings only words; one with another status or owner comes at once. */
      readonly dueAt: number;
    }
  | {
      readonly type: "surface-dead";
      readonly id: string;
      readonly error: string;
      readonly at: number;
    }
  | { readonly type: "surface-revive"; readonly id: string; readonly dueAt: number }
  /** If it is still the card that was read and shows less than it should. */
  | {
      readonly type: "surface-due";
      readonly id: string;
      readonly edition: number;
      readonly dueAt: number;
    }
  | { readonly type: "surface-token"; readonly id: string; readonly token: UpdateToken }
  | { readonly type: "timer"; readonly stream: string; readonly dueAt: number | null }
  | { readonly type: "config"; readonly row: ConfigRow }
  | { readonly type: "lookup"; readonly row: LookupRow }
  /** The vendor says that there is nobody by this id any more. */
  | {
      readonly type: "lookup-gone";
      readonly account: string;
      readonly externalId: string;
      readonly at: number;
    }
  | {
      readonly type: "visitor-event";
      readonly account: string;
      readonly visitor: string;
      readonly body: string;
      readonly at: number;
    }
  | { readonly type: "forget-bodies"; readonly before: number };

export type CauseRow = {
  readonly id: string;
  readonly kind: "inbound" | "command" | "timer" | "result";
  readonly at: number;
  readonly actor: string;
  readonly configHash: string;
  /** The command with its facts, as canonical JSON. */
  readonly input: string;
};

export type EventRow = {
  readonly type: string;
  readonly schema: number;
  readonly at: number;
  /** Canonical JSON of the event without its type. */
  readonly data: string;
};

export type NewInboxRow = {
  readonly id: string;
  readonly account: string;
  readonly feed: string;
  readonly dedupeKey: string;
  readonly mailbox: string;
  readonly kind: "message" | "action" | "recall" | "edit" | "timer" | "result";
  readonly receivedAt: number;
  /** JSON of what came in, in our own words. */
  readonly body: string;
};

export type NewOutboxRow = {
  readonly id: string;
  readonly lane: string;
  readonly account: string;
  readonly language: Language;
  /** JSON of the message, its words still texts. */
  readonly payload: string;
  readonly createdAt: number;
};

export type NewSurfaceRow = {
  readonly id: string;
  readonly ticket: string;
  readonly account: string;
  readonly to: Destination;
  readonly audience: Audience;
  readonly language: Language;
  readonly at: number;
};

export type ConfigRow = {
  readonly hash: string;
  readonly yaml: string;
  /** JSON of the ids that were found for its agents in the tools' directories; absent for none. */
  readonly found?: string;
  readonly at: number;
};

/** What a tool's directory said of an agent. */
export type LookupRow = {
  readonly account: string;
  readonly agent: string;
  /** A keyed hash of the phone and e-mail that were asked for. */
  readonly contact: string;
  /** Null: nobody there. */
  readonly externalId: string | null;
  readonly at: number;
};
