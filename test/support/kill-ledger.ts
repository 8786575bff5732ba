import { join } from "node:path";
import type Database from "better-sqlite3";
import { rebuild } from "../../src/app/rebuild.ts";
import { replay } from "../../src/app/replay.ts";
import { deriveId } from "../../src/core/id.ts";
import { DATABASE_FILE, visitSqliteStore } from "../../src/store/open-sqlite.ts";
import { openSqlite } from "../../src/store/sqlite.ts";
import { killPolicy } from "./kill-desk.ts";
import type { VendorMessage } from "./recording-vendor.ts";
import type { StreamMessage } from "./signed-stream.ts";

type Inbox = { readonly id: string; readonly dedupe_key: string; readonly status: string };

/** What is still to be done: nothing may be left of it once a hub is idle. */
export function unfinished(folder: string): string[] {
  return looking(folder, (db) => [
    ...ids(db, "select id from inbox where status <> 'done'").map((id) => `inbox ${id} is open`),
    ...ids(db, "select id from outbox where status <> 'sent'").map((id) => `outbox ${id} waits`),
    ...ids(
      db,
      "select id from surfaces where status <> 'live' or shown < wanted or due_at is not null",
    ).map((id) => `surface ${id} is behind`),
  ]);
}

/**
 * Hold the books of a stopped hub against what was delivered to it and what its vendor saw. Everything in `delivered`
 * must have had its one effect; every finding is a sentence.
 */
export async function audit(
  folder: string,
  delivered: readonly StreamMessage[],
  vendor: readonly VendorMessage[],
): Promise<string[]> {
  const findings = looking(folder, (db) => [
    ...integrity(db),
    ...messageFindings(db, delivered),
    ...ticketFindings(db, delivered),
    ...sendingFindings(db, delivered, vendor),
    ...cardFindings(db, vendor),
  ]);
  return [...findings, ...unfinished(folder), ...(await foldFindings(folder))];
}

function integrity(db: Database.Database): string[] {
  const said = db.pragma("integrity_check", { simple: true });
  return said === "ok" ? [] : [`integrity_check says ${String(said)}`];
}

/** One inbox row, one `heard` and one decision for each message, and no cause beside them. */
function messageFindings(db: Database.Database, delivered: readonly StreamMessage[]): string[] {
  const inbox = all<Inbox>(db, "select id, dedupe_key, status from inbox where kind = 'message'");
  const rows = grouped(inbox, (row) => row.dedupe_key);
  const heard = all<{ inbox: string; n: number }>(
    db,
    "select data ->> '$.heard.inbox' as inbox, count(*) as n from events where type = 'heard' group by 1",
  );
  const heardOf = new Map(heard.map(({ inbox: id, n }) => [id, n]));
  const decided = decisions(db);
  const causes = Number(db.prepare("select count(*) from causes").pluck().get());
  const findings = delivered.flatMap((message) => {
    const own = rows.get(`msg:${message.id}`) ?? [];
    const [row] = own;
    if (own.length !== 1 || row === undefined)
      return [`${message.id} has ${own.length} inbox rows`];
    const times = heardOf.get(row.id) ?? 0;
    const decision = decided.get(deriveId(row.id, "respond")) ?? [];
    return [
      ...(times === 1 ? [] : [`${message.id} was heard ${times} times`]),
      ...wrongDecision(message, decision),
    ];
  });
  if (inbox.length !== delivered.length) findings.push(`${inbox.length} inbox rows`);
  if (causes !== 2 * delivered.length) findings.push(`${causes} causes, not two for each message`);
  return findings;
}

const RIGHT = { question: ["answered"], fault: ["ticket_opened", "relayed"] } as const;

function wrongDecision(message: StreamMessage, decision: readonly string[]): string[] {
  const known: readonly string[] = RIGHT[message.kind];
  const right = decision.filter((type) => known.includes(type));
  return right.length === 1 ? [] : [`${message.id} was decided as [${decision.join(", ")}]`];
}

function decisions(db: Database.Database): Map<string, string[]> {
  const events = all<{ cause: string; type: string }>(db, "select cause, type from events");
  const byCause = grouped(events, ({ cause }) => cause);
  return new Map([...byCause].map(([cause, own]) => [cause, own.map(({ type }) => type)]));
}

/** One ticket for each person who reported a fault, and no number twice. */
function ticketFindings(db: Database.Database, delivered: readonly StreamMessage[]): string[] {
  const tickets = all<{ person: string; number: number }>(
    db,
    "select number, external_id as person from tickets join identities on requester = 'customer:' || customer",
  );
  const reported = delivered.filter(({ kind }) => kind === "fault").map(({ sender }) => sender);
  const expected = [...new Set(reported)].toSorted();
  const found = tickets.map(({ person }) => person).toSorted();
  const opened = ids(
    db,
    "select data ->> '$.ticket' as id from events where type = 'ticket_opened'",
  );
  return [
    ...(found.join() === expected.join()
      ? []
      : [`tickets of ${found.length} people, not ${expected.length}`]),
    ...(new Set(tickets.map(({ number }) => number)).size === tickets.length
      ? []
      : ["a number was given twice"]),
    ...(new Set(opened).size === opened.length ? [] : ["a ticket was opened twice"]),
    ...(opened.length === expected.length ? [] : [`${opened.length} tickets were opened`]),
  ];
}

type Sent = {
  readonly id: string;
  readonly remote_id: string | null;
  readonly about: string | null;
};

/** Each message was answered once, under one uuid; what else was said is ours, and each try said the same. */
function sendingFindings(
  db: Database.Database,
  delivered: readonly StreamMessage[],
  vendor: readonly VendorMessage[],
): string[] {
  const outbox = all<Sent>(
    db,
    "select id, remote_id, payload ->> '$.inReplyTo.messageId' as about from outbox",
  );
  const shown = new Map(vendor.map((message) => [message.uuid, message]));
  const replies = grouped(vendor, ({ to }) => to);
  const known = new Set([...outbox.map(({ id }) => id), ...ids(db, "select id from surfaces")]);
  return [
    ...outbox.flatMap(({ id, remote_id, about }) => {
      const message = shown.get(id);
      if (message?.remoteId !== remote_id) return [`outbox ${id} is not what the vendor has`];
      const right = about === null || message.to === `reply to ${about}`;
      if (!right) return [`outbox ${id} was sent to ${message.to}`];
      return new Set(message.tries).size === 1 ? [] : [`outbox ${id} was sent in different words`];
    }),
    ...delivered.flatMap(({ id }) => {
      const count = replies.get(`reply to ${id}`)?.length ?? 0;
      return count === 1 ? [] : [`${id} was answered ${count} times`];
    }),
    ...vendor.flatMap(({ uuid }) => (known.has(uuid) ? [] : [`the vendor has ${uuid}, we do not`])),
  ];
}

type Surface = {
  readonly id: string;
  readonly remote_id: string | null;
  readonly ticket: string;
  readonly version: number;
};

/** Each ticket has its two cards, and each stands at the vendor as the ticket is now. */
function cardFindings(db: Database.Database, vendor: readonly VendorMessage[]): string[] {
  const surfaces = all<Surface>(
    db,
    "select s.id, s.remote_id, s.ticket, t.version from surfaces s join tickets t on t.id = s.ticket",
  );
  const tickets = ids(db, "select id from tickets").length;
  const shown = new Map(vendor.map((message) => [message.uuid, message]));
  const findings = surfaces.flatMap(({ id, remote_id, ticket, version }) => {
    const card = shown.get(id);
    if (card === undefined || card.remoteId !== remote_id)
      return [`surface ${id} is not what the vendor has`];
    const current = card.shown.includes(`|${version}|ticket:${ticket}`);
    return current ? [] : [`the card ${id} does not show version ${version} of its ticket`];
  });
  return surfaces.length === 2 * tickets
    ? findings
    : [...findings, `${surfaces.length} cards for ${tickets} tickets`];
}

/** Decided anew, the log is the same byte for byte, and the live rows are what it says. */
async function foldFindings(folder: string): Promise<string[]> {
  const store = visitSqliteStore(folder);
  try {
    const { divergences } = await replay(store, async () => killPolicy);
    const { mended } = await rebuild(store);
    return [
      ...divergences.map((one) => `decided anew it is another: ${JSON.stringify(one)}`),
      ...mended.map((stream) => `${stream} was not what its events say`),
    ];
  } finally {
    await store.close();
  }
}

function looking<T>(folder: string, look: (db: Database.Database) => T): T {
  const db = openSqlite(join(folder, DATABASE_FILE), { readonly: true });
  try {
    return look(db);
  } finally {
    db.close();
  }
}

function all<T>(db: Database.Database, sql: string): T[] {
  return db.prepare(sql).all() as T[];
}

function ids(db: Database.Database, sql: string): string[] {
  return db.prepare(sql).pluck().all() as string[];
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
