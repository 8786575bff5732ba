import Database from "better-sqlite3";
import type { Driver, Statement, Value } from "./statement.ts";

type Pending = {
  readonly statements: readonly Statement[];
  resolve(): void;
  reject(error: unknown): void;
};

/** Most batches in one transaction, so that one turn of the event loop stays short. */
const GROUP = 256;
/** Most of the others in one transaction while urgent ones keep coming: somebody waits for those. */
const BESIDE_URGENT = 4;
/** After so many turns without an urgent batch the others have the database to themselves. */
const CALM_AFTER = 16;

/**
 * SQLite in this process, with WAL and synchronous=FULL: a resolved batch survives a power cut.
 *
 * Batches that arrive in one turn of the event loop share one transaction and one fsync. A group is first run as it
 * is; only when a batch in it fails is it run again with a savepoint around each. Urgent batches go first, and while
 * they keep coming only a few others go with them: who waits for a commit does no work meanwhile, so this keeps all of
 * the hub's work from standing in the way of acknowledgements, and never stops it.
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

  let urgent: Pending[] = [];
  let waiting: Pending[] = [];
  let calmTurns = CALM_AFTER;
  let scheduled = false;

  function flush(): void {
    scheduled = false;
    const group = nextGroup();
    if (urgent.length + waiting.length > 0) schedule();
    const failures = runTogether(group) ?? runApart(group);
    for (const pending of group) {
      if (failures.has(pending)) pending.reject(failures.get(pending));
      else pending.resolve();
    }
  }

  function nextGroup(): readonly Pending[] {
    calmTurns = urgent.length > 0 ? 0 : calmTurns + 1;
    const first = urgent.splice(0, GROUP);
    const others = waiting.splice(0, calmTurns < CALM_AFTER ? BESIDE_URGENT : GROUP);
    return [...first, ...others];
  }

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
      for (const pending of group) {
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
      exec("commit");
    } catch (error) {
      if (db.inTransaction) exec("rollback");
      for (const pending of group) failures.set(pending, error);
    }
    return failures;
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  return {
    batch: (statements, hurry = false) =>
      new Promise((resolve, reject) => {
        (hurry ? urgent : waiting).push({ statements, resolve, reject });
        schedule();
      }),
    all: async ({ sql, params }) => prepare(sql).all(...params) as Record<string, Value>[],
    async close() {
      while (urgent.length + waiting.length > 0) flush();
      db.close();
    },
  };
}

/** Open a database file as the hub needs it. */
export function openSqlite(file: string, options: { readonly readonly?: boolean } = {}): Database.Database {
  const db = new Database(file, options);
  db.pragma("busy_timeout = 5000");
  if (options.readonly !== true) {
    db.pragma("journal_mode = WAL");
    db.pragma("synchronous = FULL");
    db.pragma("cache_size = -65536");
    db.pragma("wal_autocheckpoint = 8000");
  }
  return db;
}
