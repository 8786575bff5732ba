import { expect, it } from "vitest";
import { KIND_PAGES, kindTable, readKindPage } from "../support/kind-docs.ts";

it.each(KIND_PAGES)("$path says of each kind what each tool's reader does", (page) => {
  expect(readKindPage(page.path)).toContain(kindTable(page.language));
});
