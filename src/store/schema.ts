import { sql } from "drizzle-orm";
import {
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";

/*
 * The tables, for SQLite and D1 alike. Migrations are generated from this file (`npx drizzle-kit generate`).
 * Times are ms UTC. JSON is kept as text exactly as it was written.
 */

/** A guard is an insert here that breaks the check when its condition is false, and inserts nothing when it is true. */
export const guards = sqliteTable("guards", { holds: integer().notNull() }, (t) => [
  check("guard_holds", sql`${t.holds} = 1`),
]);

/** Everything that came in, worked in the order of `seq`. The id follows from the dedupe key and stays for ever; the body goes after some days. */
export const inbox = sqliteTable(
  "inbox",
  {
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    account: text().notNull(),
    feed: text().notNull(),
    dedupeKey: text("dedupe_key").notNull(),
    mailbox: text().notNull(),
    kind: text().notNull(),
    receivedAt: integer("received_at").notNull(),
    body: text(),
    status: text().notNull().default("open"),
    attempts: integer().notNull().default(0),
    dueAt: integer("due_at").notNull(),
    outcome: text(),
    error: text(),
    doneAt: integer("done_at"),
  },
  (t) => [
    index("inbox_open").on(t.mailbox, t.seq).where(sql`${t.status} = 'open'`),
    index("inbox_bodies")
      .on(t.doneAt)
      .where(sql`${t.doneAt} is not null and ${t.body} is not null`),
    index("inbox_dead").on(t.seq).where(sql`${t.status} = 'dead'`),
  ],
);

/** One row per mailbox that was ever worked: how often its work was written, and until when one worker has it. */
export const mailboxes = sqliteTable("mailboxes", {
  mailbox: text().primaryKey(),
  fence: integer().notNull(),
  leaseUntil: integer("lease_until").notNull(),
});

export const causes = sqliteTable("causes", {
  seq: integer().primaryKey({ autoIncrement: true }),
  id: text().notNull().unique(),
  kind: text().notNull(),
  at: integer().notNull(),
  actor: text().notNull(),
  configHash: text("config_hash").notNull(),
  input: text().notNull(),
});

export const configs = sqliteTable(
  "configs",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    hash: text().notNull().unique(),
    yaml: text().notNull(),
    at: integer().notNull(),
    active: integer().notNull().default(0),
    /** JSON: the ids that were found for agents. With the YAML it is what the hash covers. */
    found: text(),
  },
  (t) => [uniqueIndex("configs_active").on(t.active).where(sql`${t.active} = 1`)],
);

export const events = sqliteTable(
  "events",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    stream: text().notNull(),
    version: integer().notNull(),
    type: text().notNull(),
    schema: integer().notNull(),
    at: integer().notNull(),
    data: text().notNull(),
    cause: text().notNull(),
  },
  (t) => [uniqueIndex("events_stream_version").on(t.stream, t.version)],
);

export const conversations = sqliteTable(
  "conversations",
  {
    stream: text().primaryKey(),
    key: text().notNull(),
    generation: integer().notNull(),
    version: integer().notNull(),
    status: text().notNull(),
    account: text().notNull(),
    party: text().notNull(),
    ticket: text(),
    lastAt: integer("last_at").notNull(),
    state: text().notNull(),
  },
  (t) => [uniqueIndex("conversations_key").on(t.key, t.generation)],
);

export const tickets = sqliteTable(
  "tickets",
  {
    id: text().primaryKey(),
    number: integer().notNull().unique(),
    version: integer().notNull(),
    type: text().notNull(),
    status: text().notNull(),
    priority: text().notNull(),
    team: text().notNull(),
    owner: text(),
    requester: text().notNull(),
    store: text(),
    createdAt: integer("created_at").notNull(),
    lastAt: integer("last_at").notNull(),
    resolvedAt: integer("resolved_at"),
    overdueAt: integer("overdue_at"),
    state: text().notNull(),
  },
  (t) => [
    index("tickets_overdue").on(t.overdueAt).where(sql`${t.overdueAt} is not null`),
    index("tickets_team").on(t.team, t.status, t.createdAt),
    index("tickets_owner").on(t.owner, t.status),
    index("tickets_requester").on(t.requester, t.status),
  ],
);

/** All human words and personal values; everything else holds references, so erasing a person blanks rows here. */
export const texts = sqliteTable("texts", {
  id: text().primaryKey(),
  subject: text().notNull(),
  body: text(),
  at: integer().notNull(),
});

export const customers = sqliteTable("customers", {
  id: text().primaryKey(),
  name: text(),
  createdAt: integer("created_at").notNull(),
});

export const identities = sqliteTable(
  "identities",
  {
    account: text().notNull(),
    externalId: text("external_id").notNull(),
    customer: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.externalId] })],
);

export const surfaces = sqliteTable(
  "surfaces",
  {
    id: text().primaryKey(),
    ticket: text().notNull(),
    account: text().notNull(),
    toKind: text("to_kind").notNull(),
    toId: text("to_id").notNull(),
    audience: text().notNull(),
    language: text().notNull(),
    wanted: integer().notNull(),
    shown: integer().notNull().default(0),
    remoteId: text("remote_id"),
    updateTokens: text("update_tokens").notNull().default("[]"),
    edition: integer().notNull().default(1),
    status: text().notNull().default("live"),
    attempts: integer().notNull().default(0),
    dueAt: integer("due_at"),
    leaseUntil: integer("lease_until").notNull().default(0),
    error: text(),
    createdAt: integer("created_at").notNull(),
    doneAt: integer("done_at"),
  },
  (t) => [
    index("surfaces_ticket").on(t.ticket),
    index("surfaces_remote").on(t.account, t.remoteId),
    index("surfaces_due").on(t.dueAt).where(sql`${t.dueAt} is not null`),
    index("surfaces_dead").on(t.doneAt).where(sql`${t.status} = 'dead'`),
  ],
);

export const timers = sqliteTable(
  "timers",
  { stream: text().primaryKey(), dueAt: integer("due_at").notNull() },
  (t) => [index("timers_due").on(t.dueAt)],
);

export const outbox = sqliteTable(
  "outbox",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    lane: text().notNull(),
    account: text().notNull(),
    language: text().notNull(),
    payload: text().notNull(),
    status: text().notNull().default("pending"),
    attempts: integer().notNull().default(0),
    dueAt: integer("due_at").notNull(),
    leaseUntil: integer("lease_until").notNull().default(0),
    remoteId: text("remote_id"),
    error: text(),
    createdAt: integer("created_at").notNull(),
    doneAt: integer("done_at"),
  },
  (t) => [
    index("outbox_lane").on(t.lane, t.seq).where(sql`${t.status} = 'pending'`),
    index("outbox_due").on(t.dueAt).where(sql`${t.status} in ('pending', 'parked')`),
    index("outbox_dead").on(t.seq).where(sql`${t.status} = 'dead'`),
  ],
);

/** Blocks of numbers are reserved here; what a crash leaves unused is a gap. */
export const counters = sqliteTable("counters", {
  name: text().primaryKey(),
  next: integer().notNull(),
});

export const stores = sqliteTable("stores", {
  id: text().primaryKey(),
  name: text().notNull(),
  region: text().notNull(),
});

export const storeNames = sqliteTable(
  "store_names",
  { name: text().notNull(), store: text().notNull() },
  (t) => [primaryKey({ columns: [t.name, t.store] })],
);

export const settings = sqliteTable("settings", {
  name: text().primaryKey(),
  value: text().notNull(),
});

/** What each visitor of a web channel was sent, in order, so that a page that reconnects misses nothing. */
export const visitorEvents = sqliteTable(
  "visitor_events",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    account: text().notNull(),
    visitor: text().notNull(),
    at: integer().notNull(),
    body: text().notNull(),
  },
  (t) => [index("visitor_events_visitor").on(t.account, t.visitor, t.seq)],
);

/** What came with messages and is fetched from its vendor: the bytes stand in the blob store under `blob`. */
export const attachments = sqliteTable(
  "attachments",
  {
    id: text().primaryKey(),
    account: text().notNull(),
    messageId: text("message_id").notNull(),
    conversation: text().notNull(),
    /** How the vendor names it; blank once it is fetched, because it may hold a key. */
    key: text().notNull(),
    kind: text().notNull(),
    name: text(),
    mime: text(),
    bytes: integer(),
    sha256: text(),
    status: text().notNull().default("pending"),
    reason: text(),
    blob: text(),
    /** JSON: what the accounts call the copies that we uploaded to them. */
    uploads: text().notNull().default("{}"),
    attempts: integer().notNull().default(0),
    dueAt: integer("due_at"),
    createdAt: integer("created_at").notNull(),
    fetchedAt: integer("fetched_at"),
  },
  (t) => [
    index("attachments_due").on(t.dueAt).where(sql`${t.dueAt} is not null`),
    index("attachments_message").on(t.account, t.messageId),
  ],
);

/** What the hub signs its own links with. In no export: whoever reads one must not be able to sign. */
export const secrets = sqliteTable("secrets", {
  name: text().primaryKey(),
  value: text().notNull(),
});
