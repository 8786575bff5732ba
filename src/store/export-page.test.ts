import { getTableName, is, Table } from "drizzle-orm";
import { expect, it } from "vitest";
import { EXPORT_TABLES } from "../ports/store.ts";
import * as schema from "./schema.ts";

it("knows every table that holds data: all but the one that stays empty", () => {
  const tables = Object.values(schema).filter((one) => is(one, Table));
  expect(tables.length).toBeGreaterThan(10);
  const names = tables.map(getTableName).filter((name) => name !== "guards");
  expect([...EXPORT_TABLES].sort()).toEqual(names.sort());
});
