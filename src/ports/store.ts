import type { Conversation, StoreFact } from "../core/conversation/conversation.ts";
import type { UpdateToken } from "../core/message.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { AttachmentRow } from "./attachment-row.ts";
import type {
  Batch,
  CommitResult,
  ConfigRow,
  LookupRow,
  NewInboxRow,
  NewOutboxRow,
  NewSurfaceRow,
} from "./batch.ts";

/**
 * Where everything is kept. Async on every engine; the truth is here and nowhere else.
 *
 * What a step changes goes through `commit`: the whole batch or nothing, durable when it resolves. Only `reserve`,
 * `secret` and `replaceStores` write by themselves.
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
  /** The command that a cause was, as JSON. */
  cause(id: string): Promise<string | null>;

  conversation(stream: string): Promise<Conversation | null>;
  /** The newest conversation under a key and its generation; generation 0 when there was none. */
  newestConversation(
    key: string,
  ): Promise<{ readonly generation: number; readonly conversation: Conversation | null }>;
  ticket(id: string): Promise<Ticket | null>;
  ticketNumbered(number: number): Promise<Ticket | null>;
  /** One page of a list of tickets, and how many are on all its pages. Pages are counted from 0. */
  ticketList(query: TicketQuery, page: number): Promise<TicketPage>;
  /** How the work of a team stands. */
  teamWork(team: string, span: WorkSpan): Promise<TeamWork>;
  texts(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  identity(account: string, externalId: string): Promise<string | null>;

  /** Messages whose turn has come: the head of each lane, if it is due and nobody delivers it. `busy` accounts wait. */
  outboxDue(now: number, limit: number, busy?: readonly string[]): Promise<readonly OutboxRow[]>;
  /** Attachments that wait to be fetched and are due, those whose address soon ends first. `busy` accounts wait. */
  attachmentsDue(
    now: number,
    limit: number,
    busy?: readonly string[],
  ): Promise<readonly AttachmentRow[]>;
  attachment(id: string): Promise<AttachmentRow | null>;
  /** What came with a message, by the vendor's id of it. */
  attachmentsOf(account: string, messageId: string): Promise<readonly AttachmentRow[]>;
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
  /** A secret of the hub's own by its name: what is kept, or else `made`, which is kept from then on. */
  secret(name: string, made: string): Promise<string>;
  activeConfig(): Promise<ConfigRow | null>;
  config(hash: string): Promise<ConfigRow | null>;
  /** Everything that the tools' directories said of agents. */
  lookups(): Promise<readonly LookupRow[]>;

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

/** Which tickets a list shows, and in which order. */
export type TicketQuery =
  /** What an agent has under way, oldest first. */
  | { readonly list: "owner"; readonly owner: string }
  /** What nobody of these teams has claimed: the most urgent first, then the oldest. */
  | { readonly list: "queue"; readonly teams: readonly string[] }
  /** What should have been resolved by `now`, the longest overdue first; of these teams or this owner. */
  | {
      readonly list: "overdue";
      readonly teams: readonly string[];
      readonly owner: string | null;
      readonly now: number;
    }
  /** Whatever somebody asked for, over or not, the newest first. `requester` as `actorName` writes it. */
  | { readonly list: "requester"; readonly requester: string };

export const LIST_PAGE = 8;

/** At most `LIST_PAGE` tickets. */
export type TicketPage = { readonly tickets: readonly Ticket[]; readonly total: number };

/** Overdue as of `now`; resolved from `since` to before `until`; ms UTC. */
export type WorkSpan = { readonly now: number; readonly since: number; readonly until: number };

export type TeamWork = {
  readonly waiting: number;
  readonly inProgress: number;
  readonly awaitingCustomer: number;
  readonly awaitingOthers: number;
  readonly overdue: number;
  readonly resolved: number;
  /** The oldest that are not resolved, five at most. */
  readonly oldest: readonly Ticket[];
};

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
  "lookups",
  "causes",
  "events",
  "conversations",
  "tickets",
  "texts",
  "customers",
  "identities",
  "inbox",
  "outbox",
  "attachments",
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
