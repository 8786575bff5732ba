import type { ExportRow, ExportTable } from "../ports/store.ts";
import { toNumber } from "./row-readers.ts";
import type { Driver } from "./statement.ts";

/** One page of a table in the order of its rows' places, which is the order of their first writing. */
export async function page(
  driver: Driver,
  table: ExportTable,
  after: number,
  limit: number,
): Promise<readonly ExportRow[]> {
  const sql = `select rowid as place, * from ${table} where rowid > ? order by rowid limit ?`;
  const rows = await driver.all({ sql, params: [after, limit] });
  return rows.map(({ place, ...values }) => ({ row: toNumber(place), values }));
}
