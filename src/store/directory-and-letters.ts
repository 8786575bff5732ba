import type { StoreFact } from "../core/conversation/conversation.ts";
import type { DeadLetter, DirectoryStore } from "../ports/store.ts";
import { toNumber, toText } from "./row-readers.ts";
import type { Driver, Statement } from "./statement.ts";

const FIND =
  "select distinct s.id, s.name, s.region from store_names as n join stores as s on s.id = n.store " +
  "where n.name in (select value from json_each(?)) order by s.id limit 10";

export async function findStores(
  driver: Driver,
  names: readonly string[],
): Promise<readonly StoreFact[]> {
  if (names.length === 0) return [];
  const rows = await driver.all({ sql: FIND, params: [JSON.stringify(names)] });
  return rows.map((row) => ({
    id: toText(row.id),
    name: toText(row.name),
    region: toText(row.region),
  }));
}

const STORES =
  "insert or replace into stores (id, name, region) select json_extract(value, '$.id'), json_extract(value, '$.name'), json_extract(value, '$.region') from json_each(?)";
const NAMES =
  "insert or ignore into store_names (name, store) select json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?)";
const CHUNK = 400;

/** Replace the whole directory, some hundred stores a batch; the fingerprint is written last, so a half-done load is redone. */
export async function replaceStores(
  driver: Driver,
  stores: readonly DirectoryStore[],
  fingerprint: string,
): Promise<void> {
  await driver.batch([
    { sql: "delete from settings where name = 'directory'", params: [] },
    { sql: "delete from stores", params: [] },
    { sql: "delete from store_names", params: [] },
  ]);
  for (let from = 0; from < stores.length; from += CHUNK) {
    await driver.batch(chunk(stores.slice(from, from + CHUNK)));
  }
  await driver.batch([
    { sql: "insert into settings (name, value) values ('directory', ?)", params: [fingerprint] },
  ]);
}

function chunk(stores: readonly DirectoryStore[]): readonly Statement[] {
  const names = stores.flatMap((store) => store.names.map((name) => [name, store.id]));
  const rows = stores.map(({ id, name, region }) => ({ id, name, region }));
  return [
    { sql: STORES, params: [JSON.stringify(rows)] },
    { sql: NAMES, params: [JSON.stringify(names)] },
  ];
}

const DEAD =
  "select 'inbox' as kind, id, account, attempts, error, done_at from inbox where status = 'dead' " +
  "union all select 'outbox', id, account, attempts, error, done_at from outbox where status = 'dead' " +
  "union all select 'surface', id, account, attempts, error, done_at from surfaces where status = 'dead' " +
  "order by done_at desc limit ?";

export async function deadLetters(driver: Driver, limit: number): Promise<readonly DeadLetter[]> {
  const rows = await driver.all({ sql: DEAD, params: [limit] });
  return rows.map((row) => ({
    kind: toText(row.kind) as DeadLetter["kind"],
    id: toText(row.id),
    account: toText(row.account),
    attempts: toNumber(row.attempts),
    error: toText(row.error),
    at: toNumber(row.done_at),
  }));
}
