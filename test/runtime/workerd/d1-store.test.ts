import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createD1Driver } from "../../../src/store/d1.ts";
import { createSqlStore } from "../../../src/store/sql-store.ts";
import { storeContract } from "../../contracts/store-contract.ts";

storeContract("D1", async () => {
  await applyD1Migrations(env.DB, env.MIGRATIONS);
  const { results } = await env.DB.prepare(
    "select name from sqlite_master where type = 'table' and name not like '%\\_%' escape '\\' or name in ('store_names', 'visitor_events')",
  ).all<{ name: string }>();
  await env.DB.batch(results.map(({ name }) => env.DB.prepare(`delete from ${name}`)));
  return createSqlStore(createD1Driver(env.DB));
});
