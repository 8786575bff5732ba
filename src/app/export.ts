import { EXPORT_TABLES, type Store } from "../ports/store.ts";
import { rowsOf } from "./pages.ts";

/** All data as JSON lines, `{"table": …, "row": {…}}`, table by table, each in the order of writing. */
export async function* exportLines(store: Store): AsyncGenerator<string> {
  for (const table of EXPORT_TABLES) {
    for await (const row of rowsOf(store, table)) yield JSON.stringify({ table, row });
  }
}
