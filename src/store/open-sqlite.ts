import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import type { Store } from "../ports/store.ts";
import { createSqlStore } from "./sql-store.ts";
import { createSqliteDriver, openSqlite } from "./sqlite.ts";

/** The data folder cannot be used; the message says why and what to do. */
export class StoreError extends Error {
  readonly code: "in-use" | "newer-schema" | "missing" | "demo-data" | "real-data" | "unusable";
  readonly folder: string;
  constructor(
    message: string,
    { code, folder, cause }: Pick<StoreError, "code" | "folder"> & ErrorOptions,
  ) {
    super(message, { cause });
    this.name = "StoreError";
    this.code = code;
    this.folder = folder;
  }
}

/** Of the demo with its simulated tools, or of real accounts. */
export type DataKind = "demo" | "real";

export type OpenOptions = {
  /** What the data is, from the first start that says so; data of the other kind is refused. */
  readonly kind?: DataKind | undefined;
  /** Without data in the folder, begin some (the usual) or refuse. */
  readonly create?: boolean;
  readonly migrations?: string;
};

/** What `visitSqliteStore` opens; `kind` is null where no start has said it. */
export type VisitedStore = Store & { readonly kind: DataKind | null };

const MIGRATIONS = fileURLToPath(new URL("../../migrations/sqlite", import.meta.url));

/** The name of the database file in the data folder. */
export const DATABASE_FILE = "loopdesk.db";

/**
 * Open the embedded store of a hub: take the folder for this process alone, bring the schema up to date (after a
 * backup of the file beside it), and refuse a schema that a newer version made.
 */
export function openSqliteStore(
  folder: string,
  now: () => number,
  { kind, create = true, migrations = MIGRATIONS }: OpenOptions = {},
): Store {
  return explained(folder, () => {
    const file = join(folder, DATABASE_FILE);
    if (!create && !existsSync(file)) throw nothingIn(folder); // before anything is put there
    mkdirSync(folder, { recursive: true });
    const release = takeFolder(folder);
    try {
      const db = openSqlite(file);
      const store = orClose(db, () => {
        refuseOther(db, kind);
        if (!create && refuseNewer(db, migrations) === 0) throw nothingIn(folder);
        bringUpToDate(db, `${file}.before-${now()}`, migrations);
        if (kind !== undefined) markAs(db, kind);
        freeWhatDied(db);
        return createSqlStore(createSqliteDriver(db));
      });
      return {
        ...store,
        async close() {
          await store.close();
          release();
        },
      };
    } catch (error) {
      release();
      throw error;
    }
  });
}

/** Look into a store, or mend single rows of it, while a hub may be running on it. Data of another `kind` is refused. */
export function visitSqliteStore(folder: string, kind?: DataKind): VisitedStore {
  return explained(folder, () => {
    const file = join(folder, DATABASE_FILE);
    if (!existsSync(file)) throw nothingIn(folder);
    const db = openSqlite(file);
    return orClose(db, () => {
      if (refuseNewer(db) === 0) throw nothingIn(folder);
      refuseOther(db, kind);
      return { ...createSqlStore(createSqliteDriver(db)), kind: kindOf(db) };
    });
  });
}

/** What the file system or SQLite says of a data folder, as an error of that folder; any other error as it is. */
export function storeError(error: unknown, folder: string): unknown {
  const told = toldOf(error);
  if (told === null) return error;
  return new StoreError(`${folder} cannot be used: ${told.message}`, {
    code: "unusable",
    folder,
    cause: error,
  });
}

/** What the file system or SQLite said, which Drizzle hands on as a cause. */
function toldOf(error: unknown): Error | null {
  if (!(error instanceof Error) || error instanceof StoreError) return null;
  if (error instanceof Database.SqliteError || ("syscall" in error && "path" in error))
    return error;
  return toldOf(error.cause);
}

function explained<T>(folder: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    throw storeError(error, folder);
  }
}

function orClose<T>(db: Database.Database, work: () => T): T {
  try {
    return work();
  } catch (error) {
    db.close();
    throw error;
  }
}

function nothingIn(folder: string): StoreError {
  return new StoreError(
    `There is no ${DATABASE_FILE} in ${folder}. Start the hub once, or name its data folder with --data.`,
    { code: "missing", folder },
  );
}

function kindOf(db: Database.Database): DataKind | null {
  if (!hasTable(db, "settings")) return null;
  const row = db.prepare("select value from settings where name = 'kind'").get();
  return (row as { value: DataKind } | undefined)?.value ?? null;
}

/** A demo never mixes with real accounts. */
function refuseOther(db: Database.Database, kind: DataKind | undefined): void {
  const found = kindOf(db);
  if (kind === undefined || found === null || found === kind) return;
  const folder = dirname(db.name);
  throw new StoreError(`${folder} holds ${found} data, which never mixes with ${kind} data.`, {
    code: `${found}-data`,
    folder,
  });
}

function markAs(db: Database.Database, kind: DataKind): void {
  const sql = "insert into settings (name, value) values ('kind', ?) on conflict do nothing";
  db.prepare(sql).run(kind);
}

/**
 * Whoever held something died with the process before: this one has the folder to itself. A hold that ended so stays
 * visible (1, not 0), because what was being sent may have arrived.
 */
function freeWhatDied(db: Database.Database): void {
  db.exec("update mailboxes set lease_until = 0 where lease_until > 0");
  db.exec("update outbox set lease_until = 1 where lease_until > 1");
  db.exec("update surfaces set lease_until = 1, due_at = 1 where lease_until > 1");
  // Opened with older migrations, as a test of upgrading does, it has no attachments yet.
  if (hasTable(db, "attachments"))
    db.exec("update attachments set due_at = created_at where status = 'pending'");
}

/** An exclusive lock that the operating system frees however the process ends: an open transaction on a file of its own. */
function takeFolder(folder: string): () => void {
  const lock = new Database(join(folder, "loopdesk.lock"), { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError && error.code.startsWith("SQLITE_BUSY")))
      throw error;
    throw new StoreError(
      `Another hub is running on ${folder}. Stop it, or give this one a folder of its own with --data.`,
      { code: "in-use", folder, cause: error },
    );
  }
  return () => lock.close();
}

function bringUpToDate(db: Database.Database, backup: string, migrations: string): void {
  const known = readMigrationFiles({ migrationsFolder: migrations });
  const applied = refuseNewer(db, migrations);
  if (applied === known.length) return;
  if (applied > 0) db.prepare("vacuum into ?").run(backup);
  migrate(drizzle(db), { migrationsFolder: migrations });
}

/** How many of our migrations the file has; an error when it has one that we do not know. */
function refuseNewer(db: Database.Database, migrations = MIGRATIONS): number {
  const known = new Set(
    readMigrationFiles({ migrationsFolder: migrations }).map((migration) => migration.hash),
  );
  if (!hasTable(db, "__drizzle_migrations")) return 0;
  const applied = db.prepare("select hash from __drizzle_migrations").all() as { hash: string }[];
  if (applied.some(({ hash }) => !known.has(hash))) {
    throw new StoreError(
      `The database has ${applied.length} migrations, of which this version of Loopdesk knows only ${known.size}. Start the version that wrote it, or a newer one.`,
      { code: "newer-schema", folder: dirname(db.name) },
    );
  }
  return applied.length;
}

function hasTable(db: Database.Database, name: string): boolean {
  return db.prepare("select 1 from sqlite_master where name = ?").get(name) !== undefined;
}
