import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { storeContract } from "../../test/contracts/store-contract.ts";
import { DATABASE_FILE, openSqliteStore, visitSqliteStore } from "./open-sqlite.ts";

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "loopdesk-store-"));
  folders.push(made);
  return made;
}

afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

storeContract("SQLite", async () => openSqliteStore(folder(), () => 1));

describe("the data folder", () => {
  it("belongs to one process at a time", async () => {
    const place = folder();
    const store = openSqliteStore(place, () => 1);
    expect(() => openSqliteStore(place, () => 1)).toThrow(/Another hub is running/);
    await store.close();
    await openSqliteStore(place, () => 1).close();
  });

  it("can be looked into while a hub runs on it", async () => {
    const place = folder();
    const store = openSqliteStore(place, () => 1);
    await store.reserve("ticket", 5);
    const visitor = visitSqliteStore(place);
    expect(await visitor.deadLetters(5)).toEqual([]);
    await visitor.close();
    await store.close();
  });

  it("says so when there is nothing to look into", () => {
    expect(() => visitSqliteStore(folder())).toThrow(/There is no loopdesk.db/);
  });

  it("is not begun by those who only mend what is there", () => {
    const place = folder();
    expect(() => openSqliteStore(place, () => 1, { create: false })).toThrow(/There is no/);
    expect(readdirSync(place)).toEqual([]);
  });

  it.each(["demo", "real"] as const)(
    "that holds %s data is refused to the other kind",
    async (kind) => {
      const place = folder();
      const other = kind === "demo" ? "real" : "demo";
      const refused = expect.objectContaining({ code: `${kind}-data`, folder: place });
      await openSqliteStore(place, () => 1, { kind }).close();
      expect(() => openSqliteStore(place, () => 1, { kind: other })).toThrow(refused);
      expect(() => visitSqliteStore(place, other)).toThrow(refused);
      for (const visitor of [visitSqliteStore(place), visitSqliteStore(place, kind)]) {
        expect(visitor.kind).toBe(kind);
        await visitor.close();
      }
      await openSqliteStore(place, () => 1, { kind }).close();
      await openSqliteStore(place, () => 1).close();
    },
  );

  it("belongs to the first kind that says so where nobody has", async () => {
    const place = folder();
    await openSqliteStore(place, () => 1).close();
    await openSqliteStore(place, () => 1, { kind: "real" }).close();
    expect(() => openSqliteStore(place, () => 1, { kind: "demo" })).toThrow(/never mixes/);
  });

  it("says so when it is no folder, or its database none", () => {
    const place = folder();
    const unusable = (at: string) => expect.objectContaining({ code: "unusable", folder: at });
    const file = join(place, DATABASE_FILE);
    writeFileSync(file, "This is a letter, and longer than the head of a database.".repeat(3));
    expect(() => openSqliteStore(place, () => 1)).toThrow(unusable(place));
    expect(() => visitSqliteStore(place)).toThrow(unusable(place));
    expect(() => openSqliteStore(file, () => 1)).toThrow(unusable(file));
    expect(() => openSqliteStore(join(file, "below"), () => 1)).toThrow(/cannot be used/);
    writeFileSync(file, "");
    expect(() => visitSqliteStore(place)).toThrow(/There is no loopdesk.db/);
  });

  it("is not begun in a file without data, where none shall be begun", () => {
    const place = folder();
    writeFileSync(join(place, DATABASE_FILE), "");
    expect(() => openSqliteStore(place, () => 1, { create: false })).toThrow(/There is no/);
  });

  it("cannot be used where the file holds somebody else's tables", () => {
    const place = folder();
    const db = new Database(join(place, DATABASE_FILE));
    db.exec("create table inbox (mine text)");
    db.close();
    expect(() => openSqliteStore(place, () => 1)).toThrow(/cannot be used/);
  });

  it("is refused when a newer version wrote it, and is left as it was", async () => {
    const place = folder();
    await openSqliteStore(place, () => 1).close();
    const db = new Database(join(place, DATABASE_FILE));
    db.exec(
      "insert into __drizzle_migrations (hash, created_at) values ('from-the-future', 9999999999999)",
    );
    db.close();
    expect(() => openSqliteStore(place, () => 1)).toThrow(/newer one/);
  });

  it("fetches at once what a process that died was fetching", async () => {
    const place = folder();
    const row = {
      id: "a1",
      account: "feishu/a",
      messageId: "om_1",
      conversation: "conversation:k.1",
      key: "img",
      kind: "image",
      name: null,
      createdAt: 10,
    } as const;
    const before = openSqliteStore(place, () => 1);
    const commit = (...rows: Parameters<typeof before.commit>[0]["rows"]) =>
      before.commit({ cause: null, streams: [], rows, guards: [] });
    await commit({ type: "attachment", row });
    await commit({ type: "attachment-hold", id: "a1", now: 10, until: 9_999 });
    await before.close();
    const after = openSqliteStore(place, () => 11);
    expect(await after.attachmentsDue(11, 10)).toHaveLength(1);
    await after.close();
  });

  it("is backed up before an older schema is changed", async () => {
    const place = folder();
    await openSqliteStore(place, () => 1).close();
    const newer = withOneMoreMigration("alter table stores add column note text");
    await openSqliteStore(place, () => 42, { migrations: newer }).close();
    const backup = readdirSync(place).find((file) => file.endsWith(".before-42"));
    expect(columns(join(place, backup ?? "missing"), "stores")).not.toContain("note");
    expect(columns(join(place, DATABASE_FILE), "stores")).toContain("note");
    await openSqliteStore(place, () => 43, { migrations: newer }).close();
    expect(readdirSync(place).filter((file) => file.includes(".before-"))).toHaveLength(1);
    expect(() => openSqliteStore(place, () => 44)).toThrow(/newer one/);
  });

  it("keeps what came in under the first schema, in its order", async () => {
    const place = folder();
    await openSqliteStore(place, () => 1, { migrations: firstMigration() }).close();
    const db = new Database(join(place, DATABASE_FILE));
    db.exec(`insert into mailboxes (mailbox, position, fence) values ('m', 2, 7);
      insert into inbox (id, account, feed, dedupe_key, mailbox, position, kind, received_at, due_at, body)
      values ('b', 'a', 'f', 'kb', 'm', 1, 'message', 1, 1, 'first'), ('a', 'a', 'f', 'ka', 'm', 2, 'message', 2, 2, 'second')`);
    db.close();
    const store = openSqliteStore(place, () => 42);
    const { rows, fence, leaseUntil } = await store.mail("m", 10);
    expect(rows.map(({ id, body }) => [id, body])).toEqual([
      ["b", "first"],
      ["a", "second"],
    ]);
    expect({ fence, leaseUntil }).toEqual({ fence: 7, leaseUntil: 0 });
    await store.close();
  });

  it("is left as it was when a migration fails", async () => {
    const place = folder();
    await openSqliteStore(place, () => 1).close();
    const broken = withOneMoreMigration("alter table no_such_table add column note text");
    expect(() => openSqliteStore(place, () => 42, { migrations: broken })).toThrow();
    await openSqliteStore(place, () => 43).close();
  });
});

type Migration = { readonly when: number; readonly tag: string };

function withOneMoreMigration(statement: string): string {
  const made = migrationsWith((entries) => {
    const when = (entries.at(-1)?.when ?? 0) + 1;
    return [...entries, { idx: 9999, version: "6", when, tag: "9999_more", breakpoints: true }];
  });
  writeFileSync(join(made, "9999_more.sql"), statement);
  return made;
}

function firstMigration(): string {
  return migrationsWith((entries) => entries.slice(0, 1));
}

function migrationsWith(change: (entries: readonly Migration[]) => readonly Migration[]): string {
  const made = folder();
  cpSync("migrations/sqlite", made, { recursive: true });
  const journal = join(made, "meta", "_journal.json");
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8"));
  writeFileSync(journal, JSON.stringify({ ...rest, entries: change(entries) }));
  return made;
}

function columns(file: string, table: string): string[] {
  const db = new Database(file, { readonly: true });
  const names = db.prepare(`select name from pragma_table_info('${table}')`).all() as {
    name: string;
  }[];
  db.close();
  return names.map(({ name }) => name);
}
