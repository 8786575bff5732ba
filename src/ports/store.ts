import type { Conversation, StoreFact } from "../core/conversation/conversation.ts";
import type { UpdateToken } from "../core/message.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type {
  Batch,
  CommitResult,
  ConfigRow,
  NewInboxRow,
  NewOutboxRow,
  NewSurfaceRow,
} from "./batch.ts";

/**
 * Where everything is kept. Async on every engine; the truth is here and nowhere else.
 *
 * What a step changes goes through `commit`: the whole batch or nothing, durable when it resolves. Only `reserve` and
 * `replaceStores` write by themselves.
 */
export interface Store {
  /**
   * Write one batch. `conflict`: a stream had moved on, or a guard was false: read again and decide again.
   * `duplicate`: the inbox row, or the cause, is already there: the work is already ours or already done.
   * Rejects only when the database itself fails.
   */
  commit(batch: Batch): Promise<CommitResult>;

  /** Open rows of a mailbox in the order in which they came, and how the mailbox stands, read at one instant. */
  mail(mailbox: string, limit: number): Promise<Mail>;
  /** Mailboxes whose first open row is due and which nobody works, oldest due first: what a sweep wakes. */
  mailboxesDue(now: number, limit: number): Promise<readonly string[]>;
  /** Rows not yet worked, over all mailboxes. */
  backlog(): Promise<number>;
  inboxRow(id: string): Promise<InboxRow | null>;

  conversation(stream: string): Promise<Conversation | null>;
  /** The newest conversation under a key and its generation; generation 0 when there was none. */
  newestConversation(
    key: string,
  ): Promise<{ readonly generation: number; readonly conversation: Conversation | null }>;
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

  visitorEvents(
    account: string,
    visitor: string,
    after: number,
    limit: number,
  ): Promise<readonly VisitorEvent[]>;

  /** Every row of one table in a fixed order, a page at a time, for export, replay and rebuild. */
  page(table: ExportTable, after: number, limit: number): Promise<readonly ExportRow[]>;
  close(): Promise<void>;
}

/** Of a mailbox without open rows nothing more is told. */
export type Mail = {
  readonly rows: readonly InboxRow[];
  /** Moves with every commit of a worker; 0 before the first. */
  readonly fence: number;
  /** Some worker has the mailbox until then; 0 when it was given back. */
  readonly leaseUntil: number;
};

export type InboxRow = Omit<NewInboxRow, "body"> & {
  /** Null once it was forgotten. */
  readonly body: string | null;
  readonly status: "open" | "done" | "dead";
  readonly attempts: number;
  readonly dueAt: number;
  readonly outcome: string | null;
};

export type OutboxRow = NewOutboxRow & {
  readonly seq: number;
  readonly attempts: number;
  readonly dueAt: number;
  readonly leaseUntil: number;
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
  "store_names",
  "mailboxes",
  "visitor_events",
  "counters",
  "settings",
] as const;
export type ExportTable = (typeof EXPORT_TABLES)[number];

/** One row as the database has it; `row` is its place in the fixed order. */
export type ExportRow = {
  readonly row: number;
  readonly values: Readonly<Record<string, string | number | null>>;
};
