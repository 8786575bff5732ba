import { getTableName, is, Table } from "drizzle-orm";
import { expect, it } from "vitest";
import { EXPORT_TABLES } from "../ports/store.ts";
import * as found from "./lookups-schema.ts";
import * as schema from "./schema.ts";

it("knows every table that holds data: all but the one that stays empty, and what the hub signs with", () => {
  const tables = Object.values({ ...schema, ...found }).filter((one) => is(one, Table));
  expect(tables.length).toBeGreaterThan(10);
  const names = tables.map(getTableName).filter((name) => !["guards", "secrets"].includes(name));
  expect([...EXPORT_TABLES].sort()).toEqual(names.sort());
});
