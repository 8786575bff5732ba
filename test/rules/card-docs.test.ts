import { expect, it } from "vitest";
import { CARD_PAGES, readPage, withTables } from "../support/card-docs.ts";

it.each(CARD_PAGES)("$path says what the code says (npx tsx scripts/card-docs.ts)", (page) => {
  const written = readPage(page.path);
  expect(written.match(/<!-- card-table: /g)).toHaveLength(5);
  expect(written).toBe(withTables(written, page.language));
});
