import type { Driver, Statement, Value } from "./statement.ts";

/** Cloudflare D1: each batch is one implicit transaction. Prepared statements are bound anew for each batch. */
export function createD1Driver(db: D1Database): Driver {
  const bind = ({ sql, params }: Statement): D1PreparedStatement => db.prepare(sql).bind(...params);
  return {
    async batch(statements) {
      await db.batch(statements.map(bind));
    },
    async all(statement) {
      const { results } = await bind(statement).all<Record<string, Value>>();
      return results;
    },
    async close() {},
  };
}
