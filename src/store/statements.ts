import type { Batch, CauseRow, EventRow, Guard } from "../ports/batch.ts";
import { rowStatements } from "./row-statements.ts";
import { guard, type Statement } from "./statement.ts";

const CAUSE =
  "insert into causes (id, kind, at, actor, config_hash, input) values (?, ?, ?, ?, ?, ?)";
const EVENT =
  "insert into events (stream, version, type, schema, at, data, cause) values (?, ?, ?, ?, ?, ?, ?)";
const AT_VERSION = guard(
  "select 1 where coalesce((select max(version) from events where stream = ?), 0) = ?",
);

const GUARDS: { readonly [type in Guard["type"]]: string } = {
  "inbox-open": guard("select 1 from inbox where id = ? and status = 'open'"),
  "mailbox-at": guard(
    "select 1 where coalesce((select fence from mailboxes where mailbox = ?), 0) = ?",
  ),
  "outbox-held": guard(
    "select 1 from outbox where id = ? and lease_until = ? and status in ('pending', 'parked')",
  ),
  "surface-held": guard("select 1 from surfaces where id = ? and lease_until = ?"),
  "surface-free": guard("select 1 from surfaces where id = ? and edition = ? and lease_until <= ?"),
  "timer-at": guard("select 1 from timers where stream = ? and due_at = ?"),
  "attachment-held": guard(
    "select 1 from attachments where id = ? and status = 'pending' and due_at = ?",
  ),
};

/**
 * Turn a batch into the statements that carry it out, in order, one row each: far below D1's 100 bound values.
 *
 * All engines run the same statements in one transaction. What must fail fails by a constraint: a taken
 * (stream, version), a known inbox id or cause, a guard's check.
 */
export function batchStatements(batch: Batch): readonly Statement[] {
  const statements: Statement[] = batch.guards.map(guardStatement);
  if (batch.cause !== null) statements.push(causeStatement(batch.cause));
  for (const { stream, expectedVersion, events } of batch.streams) {
    statements.push({ sql: AT_VERSION, params: [stream, expectedVersion] });
    events.forEach((event, index) => {
      statements.push(
        eventStatement(event, stream, expectedVersion + 1 + index, batch.cause?.id ?? ""),
      );
    });
  }
  for (const row of batch.rows) statements.push(...rowStatements(row));
  return statements;
}

function guardStatement(wanted: Guard): Statement {
  const sql = GUARDS[wanted.type];
  switch (wanted.type) {
    case "inbox-open":
      return { sql, params: [wanted.id] };
    case "mailbox-at":
      return { sql, params: [wanted.mailbox, wanted.fence] };
    case "outbox-held":
    case "surface-held":
      return { sql, params: [wanted.id, wanted.leaseUntil] };
    case "surface-free":
      return { sql, params: [wanted.id, wanted.edition, wanted.now] };
    case "timer-at":
      return { sql, params: [wanted.stream, wanted.dueAt] };
    case "attachment-held":
      return { sql, params: [wanted.id, wanted.until] };
  }
}

function causeStatement(cause: CauseRow): Statement {
  return {
    sql: CAUSE,
    params: [cause.id, cause.kind, cause.at, cause.actor, cause.configHash, cause.input],
  };
}

function eventStatement(
  event: EventRow,
  stream: string,
  version: number,
  cause: string,
): Statement {
  return {
    sql: EVENT,
    params: [stream, version, event.type, event.schema, event.at, event.data, cause],
  };
}
