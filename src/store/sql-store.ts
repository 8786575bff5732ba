import type { Batch, CommitResult } from "../ports/batch.ts";
import type { Store } from "../ports/store.ts";
import { deadLetters, findStores, replaceStores } from "./directory-and-letters.ts";
import { page } from "./export-page.ts";
import {
  toAttachment,
  toConfig,
  toConversation,
  toInbox,
  toLookup,
  toNumber,
  toOutbox,
  toSurface,
  toText,
  toTicket,
} from "./row-readers.ts";
import { constraintResult, type Driver, type Value } from "./statement.ts";
import { batchStatements } from "./statements.ts";
import { teamWork, ticketList } from "./ticket-lists.ts";

const MAIL =
  "select i.*, m.fence, m.lease_until from inbox as i left join mailboxes as m on m.mailbox = i.mailbox " +
  "where i.mailbox = ? and i.status = 'open' order by i.seq limit ?";
/** The first open row of each mailbox, and when a worker may take it: not before it is due, nor while another has it. */
const HEADS =
  "(select i.mailbox, max(i.due_at, coalesce(m.lease_until, 0)) as due from " +
  "(select min(seq) as seq from inbox where status = 'open' group by mailbox) as h " +
  "join inbox as i on i.seq = h.seq left join mailboxes as m on m.mailbox = i.mailbox)";
const MAILBOXES_DUE = `select mailbox from ${HEADS} where due <= ? order by due limit ?`;
const NEWEST =
  "select generation, state from conversations where key = ? order by generation desc limit 1";
/** Names of accounts hold no space. A scalar function, because a list of values would be built anew for each query. */
const NOT_AMONG = "instr(?, ' ' || account || ' ') = 0";
/** The first pending row of each lane, and every parked one: a parked row holds up nobody. */
const OUTBOX_DUE =
  "select * from outbox as o where status in ('pending', 'parked') and due_at <= ? and lease_until <= ? and (status = 'parked' or " +
  "seq = (select seq from outbox where lane = o.lane and status = 'pending' order by seq limit 1)) " +
  `and ${NOT_AMONG} order by due_at, seq limit ?`;
const SURFACES_DUE =
  "select * from surfaces where due_at <= ? and lease_until <= ? and status = 'live' " +
  `and ${NOT_AMONG} order by due_at limit ?`;
/** A key that is JSON holds an address of its own, which lives for minutes. */
const ATTACHMENTS_DUE =
  "select * from attachments where due_at <= ? and status = 'pending' " +
  `and ${NOT_AMONG} order by key not like '{%', due_at limit ?`;
const NEXT_DUE =
  `select min(due) as due from (select min(due) as due from ${HEADS} where due > ? ` +
  "union all select min(due_at) from outbox where status in ('pending', 'parked') and due_at > ? " +
  "union all select min(due_at) from surfaces where due_at is not null and due_at > ? " +
  "union all select min(due_at) from attachments where due_at is not null and due_at > ? " +
  "union all select min(due_at) from timers where due_at > ?)";
const RESERVE =
  "insert into counters (name, next) values (?, 1 + ?) on conflict (name) do update set next = next + ? returning next";

/** The store over one SQL database. All engines share it, and differ only in their driver. */
export function createSqlStore(driver: Driver): Store {
  const all = (sql: string, ...params: readonly Value[]) => driver.all({ sql, params });
  const first = async (sql: string, ...params: readonly Value[]) =>
    (await all(sql, ...params))[0] ?? null;

  return {
    commit: (batch) => commit(driver, batch),

    async mail(mailbox, limit) {
      const rows = await all(MAIL, mailbox, limit);
      return {
        rows: rows.map(toInbox),
        fence: toNumber(rows[0]?.fence ?? 0),
        leaseUntil: toNumber(rows[0]?.lease_until ?? 0),
      };
    },
    mailboxesDue: async (now, limit) =>
      (await all(MAILBOXES_DUE, now, limit)).map((row) => toText(row.mailbox)),
    backlog: async () =>
      toNumber((await first("select count(*) as n from inbox where status = 'open'"))?.n ?? 0),
    inboxRow: async (id) => read(await first("select * from inbox where id = ?", id), toInbox),
    cause: async (id) =>
      read(await first("select input from causes where id = ?", id), ({ input }) => toText(input)),

    conversation: async (stream) =>
      read(await first("select state from conversations where stream = ?", stream), toConversation),
    async newestConversation(key) {
      const row = await first(NEWEST, key);
      return row === null
        ? { generation: 0, conversation: null }
        : { generation: toNumber(row.generation), conversation: toConversation(row) };
    },
    ticket: async (id) => read(await first("select state from tickets where id = ?", id), toTicket),
    ticketNumbered: async (number) =>
      read(await first("select state from tickets where number = ?", number), toTicket),
    ticketList: (query, page) => ticketList(driver, query, page),
    teamWork: (team, span) => teamWork(driver, team, span),
    async texts(ids) {
      if (ids.length === 0) return new Map();
      const rows = await all(
        "select id, body from texts where id in (select value from json_each(?))",
        JSON.stringify(ids),
      );
      return new Map(
        rows.flatMap((row) =>
          row.body === null ? [] : [[toText(row.id), toText(row.body)] as const],
        ),
      );
    },
    async identity(account, externalId) {
      const row = await first(
        "select customer from identities where account = ? and external_id = ?",
        account,
        externalId,
      );
      return row === null ? null : toText(row.customer);
    },

    async outboxDue(now, limit, busy = []) {
      return (await all(OUTBOX_DUE, now, now, spaced(busy), limit)).map(toOutbox);
    },
    async attachmentsDue(now, limit, busy = []) {
      return (await all(ATTACHMENTS_DUE, now, spaced(busy), limit)).map(toAttachment);
    },
    attachment: async (id) =>
      read(await first("select * from attachments where id = ?", id), toAttachment),
    async attachmentsOf(account, messageId) {
      const sql = "select * from attachments where account = ? and message_id = ? order by id";
      return (await all(sql, account, messageId)).map(toAttachment);
    },
    async surfacesDue(now, limit, busy = []) {
      return (await all(SURFACES_DUE, now, now, spaced(busy), limit)).map(toSurface);
    },
    surfaceByRemote: async (account, remoteId) =>
      read(
        await first(
          "select * from surfaces where account = ? and remote_id = ?",
          account,
          remoteId,
        ),
        toSurface,
      ),
    surfaces: async (ticket) =>
      (await all("select * from surfaces where ticket = ? order by created_at, id", ticket)).map(
        toSurface,
      ),
    async timersDue(now, limit) {
      const rows = await all(
        "select stream, due_at from timers where due_at <= ? order by due_at limit ?",
        now,
        limit,
      );
      return rows.map((row) => ({ stream: toText(row.stream), dueAt: toNumber(row.due_at) }));
    },
    async nextDue(now) {
      const due = (await first(NEXT_DUE, now, now, now, now, now))?.due ?? null;
      return due === null ? null : toNumber(due);
    },
    deadLetters: (limit) => deadLetters(driver, limit),

    async reserve(counter, count) {
      const row = await first(RESERVE, counter, count, count);
      return toNumber(row?.next ?? 0) - count;
    },
    async secret(name, made) {
      const sql = "insert into secrets (name, value) values (?, ?) on conflict do nothing";
      await driver.batch([{ sql, params: [name, made] }]);
      return toText((await first("select value from secrets where name = ?", name))?.value);
    },
    activeConfig: async () => read(await first("select * from configs where active = 1"), toConfig),
    config: async (hash) =>
      read(await first("select * from configs where hash = ?", hash), toConfig),
    async lookups() {
      const sql = "select * from lookups order by account, agent";
      return (await driver.all({ sql, params: [] })).map(toLookup);
    },

    findStores: (names) => findStores(driver, names),
    async directoryFingerprint() {
      const row = await first("select value from settings where name = 'directory'");
      return row === null ? null : toText(row.value);
    },
    replaceStores: (stores, fingerprint) => replaceStores(driver, stores, fingerprint),

    async visitorEvents(account, visitor, after, limit) {
      const sql =
        "select seq, at, body from visitor_events where account = ? and visitor = ? and seq > ? order by seq limit ?";
      const rows = await all(sql, account, visitor, after, limit);
      return rows.map((row) => ({
        seq: toNumber(row.seq),
        at: toNumber(row.at),
        body: toText(row.body),
      }));
    },

    page: (table, after, limit) => page(driver, table, after, limit),
    close: () => driver.close(),
  };
}

async function commit(driver: Driver, batch: Batch): Promise<CommitResult> {
  try {
    await driver.batch(batchStatements(batch), isAwaited(batch));
    return "ok";
  } catch (error) {
    const result = constraintResult(error);
    if (result === null) throw error;
    return result;
  }
}

/** A sender waits to hear that we have it, or somebody who pressed a button what came of it. */
function isAwaited({ rows }: Batch): boolean {
  return rows.some(
    (row) =>
      (row.type === "inbox" && row.row.kind !== "timer") ||
      (row.type === "inbox-done" && row.outcome !== null),
  );
}

function spaced(names: readonly string[]): string {
  return ` ${names.join(" ")} `;
}

function read<T>(
  row: Readonly<Record<string, Value>> | null,
  to: (row: Readonly<Record<string, Value>>) => T,
): T | null {
  return row === null ? null : to(row);
}
