import type { Row } from "../ports/batch.ts";
import type { DeadLetter, Store } from "../ports/store.ts";

/** Give a dead letter another life: it is due now, with all its tries before it. */
export async function reviveDeadLetter(
  store: Store,
  letter: DeadLetter,
  now: number,
): Promise<boolean> {
  const row: Row = { type: `${letter.kind}-revive`, id: letter.id, dueAt: now };
  return (await store.commit({ cause: null, streams: [], rows: [row], guards: [] })) === "ok";
}
