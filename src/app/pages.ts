import type { ExportTable, Store } from "../ports/store.ts";

const PAGE = 500;

/** Every row of a table, in the order of their first writing, a page at a time. */
export async function* rowsOf(
  store: Store,
  table: ExportTable,
): AsyncGenerator<Readonly<Record<string, string | number | null>>> {
  for (let after = 0; ; ) {
    const page = await store.page(table, after, PAGE);
    for (const { values } of page) yield values;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.row;
  }
}
