import type { CommitResult } from "../ports/batch.ts";

export type Value = string | number | null;

/** One SQL statement with its bound values. `sql` is one of a fixed set of strings, so that each is prepared once. */
export type Statement = { readonly sql: string; readonly params: readonly Value[] };

/** Make a guard of a query: it inserts nothing where the query finds a row, and breaks `guard_holds` where it does not. */
export function guard(query: string): string {
  return `insert into guards (holds) select 0 where not exists (${query})`;
}

/** A database as the store needs it: atomic batches and plain reads. The drivers of SQLite and D1 have this shape. */
export interface Driver {
  /**
   * Run all statements in one transaction. Resolves once they are durable; rejects, changing nothing, when one fails.
   * A driver that chooses an order may let those in a hurry go first.
   */
  batch(statements: readonly Statement[], hurry?: boolean): Promise<void>;
  all(statement: Statement): Promise<readonly Readonly<Record<string, Value>>[]>;
  close(): Promise<void>;
}

/**
 * What a broken constraint means, by its name in the engine's message (SQLite and D1 write the same one); null for
 * any other failure.
 */
export function constraintResult(error: unknown): CommitResult | null {
  const message = error instanceof Error ? error.message : String(error);
  const broken = /(?:UNIQUE|CHECK) constraint failed: ([\w.]+)/.exec(message)?.[1];
  if (broken === undefined) return null;
  if (/^(inbox|causes)\.id$/.test(broken)) return "duplicate";
  return /^(guard_holds|holds|events\.stream|conversations\.(stream|key)|tickets\.id)$/.test(broken)
    ? "conflict"
    : null;
}
