import { actorName } from "../core/actor.ts";
import { canonicalJson } from "../core/canonical.ts";
import type { Conversation } from "../core/conversation/conversation.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { NewInboxRow, NewOutboxRow, NewSurfaceRow, Row } from "../ports/batch.ts";
import { ATTACHMENT_WRITERS } from "./attachment-statements.ts";
import { guard, type Statement, type Value } from "./statement.ts";

type Of<T extends Row["type"]> = Extract<Row, { type: T }>;

const INBOX =
  "insert into inbox (id, account, feed, dedupe_key, mailbox, kind, received_at, body, due_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";
const CONVERSATION =
  "insert into conversations (stream, key, generation, version, status, account, party, ticket, last_at, state) " +
  "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (stream) do update set version = excluded.version, " +
  "status = excluded.status, ticket = excluded.ticket, last_at = excluded.last_at, state = excluded.state";
const TICKET =
  "insert into tickets (id, number, version, type, status, priority, team, owner, requester, store, created_at, last_at, resolved_at, state) " +
  "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set version = excluded.version, " +
  "status = excluded.status, priority = excluded.priority, team = excluded.team, owner = excluded.owner, " +
  "last_at = excluded.last_at, resolved_at = excluded.resolved_at, state = excluded.state";
const TEXT =
  "insert into texts (id, subject, body, at) values (?, ?, ?, ?) on conflict (id) do update set body = excluded.body";
const OUTBOX =
  "insert into outbox (id, lane, account, language, payload, due_at, created_at) values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing";
const SURFACE =
  "insert into surfaces (id, ticket, account, to_kind, to_id, audience, language, wanted, due_at, created_at) " +
  "values (?, ?, ?, ?, ?, ?, ?, 0, ?, ?) on conflict (id) do nothing";

/** Tries so far: forgotten once a card stands, kept while it is unknown whether the first one arrived. */
const TRIED = "case when remote_id is null then attempts else 0 end";

/** Every row operation as SQL. A hold begins with its own guard: of two workers, the second one's batch fails. */
const PLAIN = {
  "inbox-done": "update inbox set status = 'done', outcome = ?, done_at = ? where id = ?",
  "inbox-retry": "update inbox set attempts = attempts + 1, due_at = ?, error = ? where id = ?",
  "inbox-dead":
    "update inbox set status = 'dead', attempts = attempts + 1, error = ?, done_at = ? where id = ?",
  "inbox-recalled":
    "update inbox set body = null, done_at = coalesce(done_at, ?), status = case when status = 'open' then 'done' else status end where id = ?",
  "inbox-revive":
    "update inbox set status = 'open', attempts = 0, due_at = ? where id = ? and status = 'dead'",
  mailbox:
    "insert into mailboxes (mailbox, fence, lease_until) values (?, ?, ?) on conflict (mailbox) " +
    "do update set fence = excluded.fence, lease_until = excluded.lease_until",
  customer:
    "insert into customers (id, name, created_at) values (?, ?, ?) on conflict (id) do update set name = coalesce(excluded.name, name)",
  identity:
    "insert into identities (account, external_id, customer) values (?, ?, ?) on conflict do nothing",
  "ticket-overdue": "update tickets set overdue_at = ? where id = ?",
  lookup:
    "insert into lookups (account, agent, contact, external_id, at) values (?, ?, ?, ?, ?) on conflict (account, agent) " +
    "do update set contact = excluded.contact, external_id = excluded.external_id, at = excluded.at",
  "lookup-gone":
    "update lookups set external_id = null, at = ? where account = ? and external_id = ?",
  "outbox-sent":
    "update outbox set status = 'sent', remote_id = ?, done_at = ?, attempts = attempts + 1, lease_until = 0, error = null where id = ?",
  "outbox-retry":
    "update outbox set attempts = attempts + 1, due_at = ?, error = ?, lease_until = 0 where id = ?",
  "outbox-wait": "update outbox set due_at = ? where id = ?",
  "outbox-await": "update outbox set status = ?, due_at = ?, lease_until = 0 where id = ?",
  "outbox-parked":
    "update outbox set status = 'parked', attempts = attempts + 1, due_at = ?, error = ?, lease_until = 0 where id = ?",
  "outbox-dead":
    "update outbox set status = 'dead', attempts = attempts + 1, error = ?, done_at = ?, lease_until = 0 where id = ?",
  "outbox-revive":
    "update outbox set status = 'pending', attempts = 0, due_at = ? where id = ? and status = 'dead'",
  // Of a refresh, what was set during its hold stays: a click's answer that may have landed after it, or is on its way.
  "surface-shown":
    "update surfaces set shown = max(shown, ?), remote_id = ?, update_tokens = (select json_group_array(json(value)) from (" +
    "select value from json_each(update_tokens) where json_extract(value, '$.value') not in (select value from json_each(?)) " +
    "union all select value from json_each(?))), attempts = 0, lease_until = 0, error = null, " +
    "due_at = case when lease_until > 0 and due_at <> lease_until then max(due_at, ?) when wanted > max(shown, ?) then ? end where id = ?",
  // A click's answer shows exactly that version, even where a refresh has shown a newer one meanwhile.
  "surface-told":
    "update surfaces set shown = ?, attempts = 0, error = null, due_at = case when wanted > ? then ? end where id = ?",
  "surface-wait": "update surfaces set due_at = ? where id = ?",
  "surface-retry":
    "update surfaces set attempts = attempts + 1, due_at = ?, error = ?, lease_until = 0 where id = ?",
  "surface-lost":
    "update surfaces set remote_id = null, update_tokens = '[]', edition = edition + 1, attempts = 0, lease_until = 0, " +
    "due_at = case when shown < (select json_extract(state, '$.statusVersion') from tickets where id = surfaces.ticket) then ? else ? end where id = ?",
  "surface-dead":
    "update surfaces set status = 'dead', attempts = attempts + 1, error = ?, done_at = ?, due_at = null, lease_until = 0 where id = ?",
  "surface-revive": `update surfaces set status = 'live', attempts = ${TRIED}, due_at = ? where id = ? and status = 'dead'`,
  "surface-due":
    "update surfaces set due_at = ? where id = ? and edition = ? and wanted > shown and status = 'live'",
  "surface-token":
    "update surfaces set update_tokens = json_insert(update_tokens, '$[#]', json(?)) where id = ?",
  "visitor-event": "insert into visitor_events (account, visitor, at, body) values (?, ?, ?, ?)",
  "forget-bodies":
    "update inbox set body = null where seq in (select seq from inbox where done_at < ? and body is not null order by done_at limit 500)",
} as const;

const HOLD = {
  outboxFree: guard(
    "select 1 from outbox where id = ? and lease_until <= ? and status in ('pending', 'parked')",
  ),
  outbox: "update outbox set lease_until = ? where id = ?",
  surfaceFree: guard(
    "select 1 from surfaces where id = ? and lease_until <= ? and edition = ? and status = 'live'",
  ),
  surface: "update surfaces set lease_until = ?, due_at = ? where id = ?",
} as const;

/** A copy that was given up because of the vendor's state, not because of itself, gets another chance with every change. */
const HOPEFUL =
  "(status = 'live' or error like 'transient:%' or error like 'rate:%' or error like 'token:%' or error like 'unknown:%')";
/** A fresh card of which no try was made, in the place of one that shows another status or owner. */
const LAGGING = "remote_id is null and attempts = 0 and lease_until = 0 and shown < ?";
/** What already waits, for its slot, its next try or a click's answer, goes on waiting. */
const DIRTY = `update surfaces set status = 'live', wanted = max(wanted, ?), due_at = case when ${LAGGING} then ? else max(coalesce(due_at, 0), ?) end, attempts = ${TRIED} where ticket = ? and id <> ? and ${HOPEFUL}`;
const DIRTY_HELD = `update surfaces set status = 'live', wanted = max(wanted, ?), due_at = ?, attempts = ${TRIED} where ticket = ? and id = ? and ${HOPEFUL}`;
const TIMER =
  "insert into timers (stream, due_at) values (?, ?) on conflict (stream) do update set due_at = excluded.due_at";
const NO_TIMER = "delete from timers where stream = ?";
const CONFIG_OFF = "update configs set active = 0 where active = 1";
const CONFIG_ON =
  "insert into configs (hash, yaml, found, at, active) values (?, ?, ?, ?, 1) on conflict (hash) do update set active = 1, at = excluded.at";

type Writers = { readonly [type in Row["type"]]: (row: Of<type>) => readonly Statement[] };

const WRITERS: Writers = {
  inbox: ({ row }) => [inbox(row)],
  "inbox-done": (row) => one("inbox-done", row.outcome, row.at, row.id),
  "inbox-retry": (row) => one("inbox-retry", row.dueAt, row.error, row.id),
  "inbox-dead": (row) => one("inbox-dead", row.error, row.at, row.id),
  "inbox-revive": (row) => one("inbox-revive", row.dueAt, row.id),
  "inbox-recalled": (row) => one("inbox-recalled", row.at, row.id),
  mailbox: (row) => one("mailbox", row.mailbox, row.fence, row.leaseUntil),
  conversation: ({ value }) => [conversation(value)],
  ticket: ({ value }) => [ticket(value)],
  "ticket-overdue": (row) => one("ticket-overdue", row.at, row.id),
  text: (row) => [{ sql: TEXT, params: [row.id, row.subject, row.body, row.at] }],
  customer: (row) => one("customer", row.id, row.name, row.at),
  identity: (row) => one("identity", row.account, row.externalId, row.customer),
  outbox: ({ row }) => [outbox(row)],
  "outbox-hold": ({ id, now, until }) => [
    { sql: HOLD.outboxFree, params: [id, now] },
    { sql: HOLD.outbox, params: [until, id] },
  ],
  "outbox-sent": (row) => one("outbox-sent", row.remoteId, row.at, row.id),
  "outbox-retry": (row) => one("outbox-retry", row.dueAt, row.error, row.id),
  "outbox-wait": (row) => one("outbox-wait", row.dueAt, row.id),
  "outbox-await": (row) =>
    one("outbox-await", row.parked ? "parked" : "pending", row.dueAt, row.id),
  ...ATTACHMENT_WRITERS,
  "outbox-parked": (row) => one("outbox-parked", row.dueAt, row.error, row.id),
  "outbox-dead": (row) => one("outbox-dead", row.error, row.at, row.id),
  "outbox-revive": (row) => one("outbox-revive", row.dueAt, row.id),
  surface: ({ row }) => [surface(row)],
  "surfaces-dirty": (row) => dirty(row),
  "surface-hold": ({ id, now, edition, until }) => [
    { sql: HOLD.surfaceFree, params: [id, now, edition] },
    { sql: HOLD.surface, params: [until, until, id] },
  ],
  "surface-shown": (row) => {
    const { id, version, remoteId, at } = row;
    if (remoteId === null) return one("surface-told", version, version, at, id);
    const spent = JSON.stringify(row.spent.map(({ value }) => value));
    return one(
      "surface-shown",
      version,
      remoteId,
      spent,
      JSON.stringify(row.fresh),
      at,
      version,
      at,
      id,
    );
  },
  "surface-wait": (row) => one("surface-wait", row.dueAt, row.id),
  "surface-retry": (row) => one("surface-retry", row.dueAt, row.error, row.id),
  "surface-lost": (row) => one("surface-lost", row.at, row.dueAt, row.id),
  "surface-dead": (row) => one("surface-dead", row.error, row.at, row.id),
  "surface-revive": (row) => one("surface-revive", row.dueAt, row.id),
  "surface-due": (row) => one("surface-due", row.dueAt, row.id, row.edition),
  "surface-token": (row) => one("surface-token", JSON.stringify(row.token), row.id),
  timer: (row) => [
    row.dueAt === null
      ? { sql: NO_TIMER, params: [row.stream] }
      : { sql: TIMER, params: [row.stream, row.dueAt] },
  ],
  config: ({ row }) => [
    { sql: CONFIG_OFF, params: [] },
    { sql: CONFIG_ON, params: [row.hash, row.yaml, row.found ?? null, row.at] },
  ],
  lookup: ({ row }) => one("lookup", row.account, row.agent, row.contact, row.externalId, row.at),
  "lookup-gone": (row) => one("lookup-gone", row.at, row.account, row.externalId),
  "visitor-event": (row) => one("visitor-event", row.account, row.visitor, row.at, row.body),
  "forget-bodies": (row) => one("forget-bodies", row.before),
};

export function rowStatements(row: Row): readonly Statement[] {
  const write: (row: never) => readonly Statement[] = WRITERS[row.type];
  return write(row as never);
}

function one(type: keyof typeof PLAIN, ...params: Value[]): readonly Statement[] {
  return [{ sql: PLAIN[type], params }];
}

function inbox(row: NewInboxRow): Statement {
  const { id, account, feed, dedupeKey, mailbox, kind, receivedAt, body } = row;
  return {
    sql: INBOX,
    params: [id, account, feed, dedupeKey, mailbox, kind, receivedAt, body, receivedAt],
  };
}

function conversation(value: Conversation): Statement {
  const generation = Number(value.id.slice(value.id.lastIndexOf(".") + 1));
  const { key, version, status, account, ticket: about, lastAt } = value;
  const party = actorName(value.party);
  const params = [
    `conversation:${value.id}`,
    key,
    generation,
    version,
    status,
    account,
    party,
    about,
    lastAt,
    canonicalJson(value),
  ];
  return { sql: CONVERSATION, params };
}

function ticket(value: Ticket): Statement {
  const { id, number, version, type, status, priority, team, owner, createdAt, lastAt } = value;
  const requester = actorName(value.requester);
  const store = value.store?.id ?? null;
  const params = [
    id,
    number,
    version,
    type,
    status,
    priority,
    team,
    owner,
    requester,
    store,
    createdAt,
    lastAt,
    value.resolvedAt,
    canonicalJson(value),
  ];
  return { sql: TICKET, params };
}

function outbox(row: NewOutboxRow): Statement {
  const { id, lane, account, language, payload, createdAt } = row;
  return { sql: OUTBOX, params: [id, lane, account, language, payload, createdAt, createdAt] };
}

function surface(row: NewSurfaceRow): Statement {
  const { id, ticket: about, account, to, audience, language, at } = row;
  return { sql: SURFACE, params: [id, about, account, to.kind, to.id, audience, language, at, at] };
}

function dirty(row: Of<"surfaces-dirty">): readonly Statement[] {
  const { version, turned, dueAt } = row;
  const all = {
    sql: DIRTY,
    params: [version, turned, dueAt, dueAt, row.ticket, row.hold?.id ?? ""],
  };
  return row.hold === null
    ? [all]
    : [all, { sql: DIRTY_HELD, params: [row.version, row.hold.until, row.ticket, row.hold.id] }];
}
