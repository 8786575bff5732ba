import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What the tools' directories said of agents, so that each is asked for once a day at most. No phone and no e-mail stands here. */
export const lookups = sqliteTable(
  "lookups",
  {
    account: text().notNull(),
    agent: text().notNull(),
    contact: text().notNull(),
    externalId: text("external_id"),
    at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.account, t.agent] })],
);
