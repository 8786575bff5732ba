import type { Conversation, StoreFact } from "../core/conversation/conversation.ts";
import type { Destination, UpdateToken } from "../core/message.ts";
import type { Language } from "../core/text.ts";
import type { Audience } from "../core/ticket/card.ts";
import type { Ticket } from "../core/ticket/ticket.ts";

/**
 * Where everything is kept. Async on every engine; the truth is here and nowhere else.
 *
 * All writes go through `commit`: the whole batch or nothing, durable when it resolves.
 */
export interface Store {
  /**
   * Write one batch. `conflict`: a stream had moved on, or a guard was false: read again and decide again.
   * `duplicate`: the inbox row, or the cause, is already there: the work is already ours or already done.
   * Rejects only when the database itself fails.
   */
  commit(batch: Batch): Promise<CommitResult>;

  /** Take the mailbox for one worker until `until`; null while another holds it. */
  lease(mailbox: string, now: number, until: number): Promise<Lease | null>;
  /** Undone rows of a mailbox, in order of their positions. */
  mail(mailbox: string, limit: number): Promise<readonly InboxRow[]>;
  /** Is the lease still this worker's? */
  holds(lease: Lease): Promise<boolean>;
  /** Mailboxes whose first open row is due and which nobody works, oldest due first: what a sweep wakes. */
  mailboxesDue(now: number, limit: number): Promise<readonly string[]>;
  /** Rows not yet worked, over all mailboxes. */
  backlog(): Promise<number>;
  inboxRow(id: string): Promise<InboxRow | null>;

  conversation(stream: string): Promise<Conversation | null>;
  /** The newest conversation under a key and its generation; generation 0 when there was none. */
  newestConversation(key: string): Promise<{ readonly generation: number; readonly conversation: Conversation | null }>;
  ticket(id: string): Promise<Ticket | null>;
  texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  identity(account: string, externalId: string): Promise<string | null>;

  /** Messages whose turn has come: the head of each lane, if it is due and nobody delivers it. `busy` accounts wait. */
  outboxDue(now: number, limit: number, busy?: readonly string[]): Promise<readonly OutboxRow[]>;
  /** Surfaces that show less than they should, due and held by nobody. `busy` accounts wait. */
  surfacesDue(now: number, limit: number, busy?: readonly string[]): Promise<readonly SurfaceRow[]>;
  surfaceByRemote(account: string, remoteId: string): Promise<SurfaceRow | null>;
  surfaces(ticket: string): Promise<readonly SurfaceRow[]>;
  timersDue(now: number, limit: number): Promise<readonly TimerRow[]>;
  /** The earliest instant after `now` at which anything becomes due; null when nothing waits. */
  nextDue(now: number): Promise<number | null>;
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;

  /** Reserve `count` numbers of a counter; resolves with the first. */
  reserve(counter: string, count: number): Promise<number>;
  activeConfig(): Promise<ConfigRow | null>;
  config(hash: string): Promise<ConfigRow | null>;

  /** Stores whose id, name or alias is one of `names`, each normalised as the directory's index is. */
  findStores(names: readonly string[]): Promise<readonly StoreFact[]>;
  /** Fingerprint of the directory file that is loaded; null before the first. */
  directoryFingerprint(): Promise<string | null>;
  /** Put the directory in the place of the one before. Not atomic over all rows; the fingerprint comes last. */
  replaceStores(stores: readonly DirectoryStore[], fingerprint: string): Promise<void>;

  visitorEvents(account: string, visitor: string, after: number, limit: number): Promise<readonly VisitorEvent[]>;

  /** Every row of one table in a fixed order, a page at a time, for export, replay and rebuild. */
  page(table: ExportTable, after: number, limit: number): Promise<readonly ExportRow[]>;
  close(): Promise<void>;
}

export type CommitResult = "ok" | "conflict" | "duplicate";

export type Batch = {
  /** What made it happen; null for bookkeeping that decides nothing (a delivery's result, a lease given back). */
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
  | { readonly type: "lease"; readonly mailbox: string; readonly fence: number }
  | { readonly type: "outbox-held"; readonly id: string; readonly leaseUntil: number }
  | { readonly type: "surface-held"; readonly id: string; readonly leaseUntil: number }
  /** Nobody is changing this copy at the vendor just now. */
  | { readonly type: "surface-free"; readonly id: string; readonly now: number }
  | { readonly type: "timer-at"; readonly stream: string; readonly dueAt: number };

export type Row =
  | { readonly type: "inbox"; readonly row: NewInboxRow }
  | { readonly type: "inbox-done"; readonly id: string; readonly outcome: string | null; readonly at: number }
  | { readonly type: "inbox-retry"; readonly id: string; readonly dueAt: number; readonly error: string }
  | { readonly type: "inbox-dead"; readonly id: string; readonly error: string; readonly at: number }
  | { readonly type: "inbox-revive"; readonly id: string; readonly dueAt: number }
  | { readonly type: "give-back"; readonly mailbox: string; readonly fence: number }
  | { readonly type: "conversation"; readonly value: Conversation }
  | { readonly type: "ticket"; readonly value: Ticket }
  | { readonly type: "text"; readonly id: string; readonly subject: string; readonly body: string; readonly at: number }
  | { readonly type: "customer"; readonly id: string; readonly name: string | null; readonly at: number }
  | { readonly type: "identity"; readonly account: string; readonly externalId: string; readonly customer: string }
  | { readonly type: "outbox"; readonly row: NewOutboxRow }
  | { readonly type: "outbox-hold"; readonly id: string; readonly now: number; readonly until: number }
  | { readonly type: "outbox-sent"; readonly id: string; readonly remoteId: string; readonly at: number }
  | { readonly type: "outbox-retry"; readonly id: string; readonly dueAt: number; readonly error: string }
  /** Not yet its turn by our own pacing: no try was made. */
  | { readonly type: "outbox-wait"; readonly id: string; readonly dueAt: number }
  | { readonly type: "outbox-parked"; readonly id: string; readonly dueAt: number; readonly error: string }
  | { readonly type: "outbox-dead"; readonly id: string; readonly error: string; readonly at: number }
  | { readonly type: "outbox-revive"; readonly id: string; readonly dueAt: number }
  | { readonly type: "surface"; readonly row: NewSurfaceRow }
  /** All live copies of a ticket's card are out of date from `version` on; `hold` is one that waits until `holdUntil`. */
  | {
      readonly type: "surfaces-dirty";
      readonly ticket: string;
      readonly version: number;
      readonly dueAt: number;
      readonly hold: { readonly id: string; readonly until: number } | null;
    }
  /** Take it for one deliverer, if it is still the card that was read. */
  | { readonly type: "surface-hold"; readonly id: string; readonly edition: number; readonly now: number; readonly until: number }
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
  | { readonly type: "surface-retry"; readonly id: string; readonly dueAt: number; readonly error: string }
  /** The card can no longer be changed: the next showing is a fresh card. */
  | { readonly type: "surface-lost"; readonly id: string; readonly dueAt: number }
  | { readonly type: "surface-dead"; readonly id: string; readonly error: string; readonly at: number }
  | { readonly type: "surface-revive"; readonly id: string; readonly dueAt: number }
  | { readonly type: "surface-due"; readonly id: string; readonly dueAt: number }
  | { readonly type: "surface-token"; readonly id: string; readonly token: UpdateToken }
  | { readonly type: "timer"; readonly stream: string; readonly dueAt: number | null }
  | { readonly type: "config"; readonly row: ConfigRow }
  | { readonly type: "visitor-event"; readonly account: string; readonly visitor: string; readonly body: string; readonly at: number }
  | { readonly type: "forget-bodies"; readonly before: number };

export type Lease = { readonly mailbox: string; readonly fence: number; readonly until: number };

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
  readonly kind: "message" | "action" | "timer";
  readonly receivedAt: number;
  /** JSON of what came in, in our own words. */
  readonly body: string;
};

export type InboxRow = Omit<NewInboxRow, "body"> & {
  /** Null once it was forgotten. */
  readonly body: string | null;
  readonly position: number;
  readonly status: "open" | "done" | "dead";
  readonly attempts: number;
  readonly dueAt: number;
  readonly outcome: string | null;
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

export type OutboxRow = NewOutboxRow & {
  readonly seq: number;
  readonly attempts: number;
  readonly dueAt: number;
  readonly leaseUntil: number;
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

export type SurfaceRow = Omit<NewSurfaceRow, "at"> & {
  /** Version that it shall show. */
  readonly wanted: number;
  /** Version that it shows; 0 before the first. */
  readonly shown: number;
  readonly remoteId: string | null;
  readonly updateTokens: readonly UpdateToken[];
  /** How many cards were sent for it: 1 and one more for each that could no longer be changed. */
  readonly edition: number;
  readonly status: "live" | "dead";
  readonly attempts: number;
  readonly dueAt: number | null;
  readonly leaseUntil: number;
};

export type TimerRow = { readonly stream: string; readonly dueAt: number };

export type ConfigRow = { readonly hash: string; readonly yaml: string; readonly at: number };

export type DeadLetter = {
  readonly kind: "inbox" | "outbox" | "surface";
  readonly id: string;
  readonly account: string;
  readonly attempts: number;
  readonly error: string;
  readonly at: number;
};

export type DirectoryStore = StoreFact & { readonly names: readonly string[] };

export type VisitorEvent = { readonly seq: number; readonly at: number; readonly body: string };

export const EXPORT_TABLES = [
  "configs",
  "causes",
  "events",
  "conversations",
  "tickets",
  "texts",
  "customers",
  "identities",
  "inbox",
  "outbox",
  "surfaces",
  "timers",
  "stores",
] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];

/** One row as the database has it; `row` is its place in the fixed order. */
export type ExportRow = { readonly row: number; readonly values: Readonly<Record<string, string | number | null>> };
