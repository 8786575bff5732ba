import { writeFileSync } from "node:fs";
import { CARD_PAGES, readPage, withTables } from "../test/support/card-docs.ts";

/** Writes the tables in docs/cards anew, from what the code says that each surface can do. */
for (const { path, language } of CARD_PAGES) {
  writeFileSync(path, withTables(readPage(path), language));
}
