import type { Row } from "../ports/batch.ts";
import type { Hub } from "./hub.ts";

/**
 * Take what is to be delivered, all in one commit; if somebody else has one of them, each by itself. Resolves with
 * those that are ours until `holdOf` says.
 */
export async function holdAll<T>(
  hub: Hub,
  rows: readonly T[],
  holdOf: (row: T) => Row,
): Promise<readonly T[]> {
  if (rows.length === 0) return [];
  const hold = (some: readonly T[]) =>
    hub.store.commit({ cause: null, streams: [], rows: some.map(holdOf), guards: [] });
  if ((await hold(rows)) === "ok") return rows;
  const results = await Promise.all(rows.map((row) => hold([row])));
  return rows.filter((_row, index) => results[index] === "ok");
}
