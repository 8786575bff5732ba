import Database from "better-sqlite3";
import { createGroupCommit, type Pending } from "./group-commit.ts";
import type { Driver, Statement, Value } from "./statement.ts";

/**
 * SQLite in this process, with WAL and synchronous=FULL: a resolved batch survives a power cut.
 *
 * Batches that arrive in the same few turns of the event loop share one transaction and one fsync. A group is first
 * run as it is; only when a batch in it fails is it run again with a savepoint around each.
 */
export function createSqliteDriver(db: Database.Database): Driver {
  const prepared = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = db.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  const exec = (sql: string): void => {
    prepare(sql).run();
  };
  const run = (statements: readonly Statement[]): void => {
    for (const { sql, params } of statements) prepare(sql).run(...params);
  };

  const groups = createGroupCommit((group) => runTogether(group) ?? runApart(group));

  /** All in one transaction; null when something failed and nothing was written. */
  function runTogether(group: readonly Pending[]): Map<Pending, unknown> | null {
    try {
      exec("begin immediate");
      for (const pending of group) run(pending.statements);
      exec("commit");
      return new Map();
    } catch (error) {
      if (db.inTransaction) exec("rollback");
      return group.length === 1 && group[0] !== undefined ? new Map([[group[0], error]]) : null;
    }
  }

  /** One transaction, a savepoint for each batch: the failing ones alone are undone. */
  function runApart(group: readonly Pending[]): Map<Pending, unknown> {
    const failures = new Map<Pending, unknown>();
    try {
      exec("begin immediate");
      for (const pending of group) runOne(pending, failures);
      exec("commit");
    } catch (error) {
      if (db.inTransaction) exec("rollback");
      for (const pending of group) failures.set(pending, error);
    }
    return failures;
  }

  /** Run one batch of a transaction; when it fails it alone is undone, unless the transaction is gone with it. */
  function runOne(pending: Pending, failures: Map<Pending, unknown>): void {
    exec("savepoint one");
    try {
      run(pending.statements);
    } catch (error) {
      if (!db.inTransaction) throw error;
      failures.set(pending, error);
      exec("rollback to one");
    }
    exec("release one");
  }

  return {
    batch: (statements, hurry = false) => groups.add(statements, hurry),
    all: async ({ sql, params }) => prepare(sql).all(...params) as Record<string, Value>[],
    async close() {
      groups.drain();
      db.close();
    },
  };
}

/** Open a database file as the hub needs it. */
export function openSqlite(
  file: string,
  options: { readonly readonly?: boolean } = {},
): Database.Database {
  const db = new Database(file, options);
  db.pragma("busy_timeout = 5000");
  if (options.readonly !== true) {
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("cache_size = -65536"); // 64 MiB: the upper levels of all indexes
    db.pragma("wal_autocheckpoint = 16000"); // 64 MiB: the ids are scattered, so that most pages change again before that
  }
  return db;
}
