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
  readonly code: "in-use" | "newer-schema" | "missing";
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

const MIGRATIONS = fileURLToPath(new URL("../../migrations/sqlite", import.meta.url));

/** The name of the database file in the data folder. */
export const DATABASE_FILE = "loopdesk.db";

/**
 * Open the embedded store of a hub: take the folder for this process alone, bring the schema up to date (after a
 * backup of the file beside it), and refuse a schema that a newer version made.
 */
export function openSqliteStore(folder: string, now: () => number, migrations = MIGRATIONS): Store {
  mkdirSync(folder, { recursive: true });
  const release = takeFolder(folder);
  try {
    const file = join(folder, DATABASE_FILE);
    const existed = existsSync(file);
    const db = openSqlite(file);
    try {
      bringUpToDate(db, existed ? `${file}.before-${now()}` : null, migrations);
      freeWhatDied(db);
    } catch (error) {
      db.close();
      throw error;
    }
    const store = createSqlStore(createSqliteDriver(db));
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
}

/** Look into a store, or mend single rows of it, while a hub may be running on it. */
export function visitSqliteStore(folder: string): Store {
  const file = join(folder, DATABASE_FILE);
  if (!existsSync(file))
    throw new StoreError(
      `There is no ${DATABASE_FILE} in ${folder}. Start the hub once, or name its data folder with --data.`,
      { code: "missing", folder },
    );
  const db = openSqlite(file);
  try {
    refuseNewer(db);
  } catch (error) {
    db.close();
    throw error;
  }
  return createSqlStore(createSqliteDriver(db));
}

/**
 * Whoever held something died with the process before: this one has the folder to itself. A hold that ended so stays
 * visible (1, not 0), because what was being sent may have arrived.
 */
function freeWhatDied(db: Database.Database): void {
  db.exec("update mailboxes set lease_until = 0 where lease_until > 0");
  db.exec("update outbox set lease_until = 1 where lease_until > 1");
  db.exec("update surfaces set lease_until = 1, due_at = 1 where lease_until > 1");
}

/** An exclusive lock that the operating system frees however the process ends: an open transaction on a file of its own. */
function takeFolder(folder: string): () => void {
  const lock = new Database(join(folder, "loopdesk.lock"), { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (error) {
    lock.close();
    throw new StoreError(
      `Another hub is running on ${folder}. Stop it, or give this one a folder of its own with --data.`,
      { code: "in-use", folder, cause: error },
    );
  }
  return () => lock.close();
}

function bringUpToDate(db: Database.Database, backup: string | null, migrations: string): void {
  const known = readMigrationFiles({ migrationsFolder: migrations });
  const applied = refuseNewer(db, migrations);
  if (applied === known.length) return;
  if (backup !== null && applied > 0) db.prepare("vacuum into ?").run(backup);
  migrate(drizzle(db), { migrationsFolder: migrations });
}

/** How many of our migrations the file has; an error when it has one that we do not know. */
function refuseNewer(db: Database.Database, migrations = MIGRATIONS): number {
  const known = new Set(
    readMigrationFiles({ migrationsFolder: migrations }).map((migration) => migration.hash),
  );
  const table = db.prepare("select 1 from sqlite_master where name = '__drizzle_migrations'").get();
  if (table === undefined) return 0;
  const applied = db.prepare("select hash from __drizzle_migrations").all() as { hash: string }[];
  if (applied.some(({ hash }) => !known.has(hash))) {
    throw new StoreError(
      `The database has ${applied.length} migrations, of which this version of Loopdesk knows only ${known.size}. Start the version that wrote it, or a newer one.`,
      { code: "newer-schema", folder: dirname(db.name) },
    );
  }
  return applied.length;
}
