import type { CommitResult } from "../ports/batch.ts";

/** What came of one try at a row: worked, or something else was written meanwhile and the try must be made anew. */
export type Worked = "done" | "conflict";

/** What a row's last commit says of the try. A known cause means that another worker did this very step: done as well. */
export function workedOf(result: CommitResult): Worked {
  return result === "conflict" ? "conflict" : "done";
}
