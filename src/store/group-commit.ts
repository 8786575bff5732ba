import type { Statement } from "./statement.ts";

/** A batch that waits for its commit. */
export type Pending = {
  readonly statements: readonly Statement[];
  resolve(): void;
  reject(error: unknown): void;
};

export type GroupCommit = {
  /** Commit a batch together with others; one in a hurry goes before those that are not. */
  add(statements: readonly Statement[], hurry: boolean): Promise<void>;
  /** Commit at once what waits, until nothing does. */
  drain(): void;
};

/** Most batches in one transaction, so that one turn of the event loop stays short. */
const GROUP = 256;
/** A commit waits for so many turns at most, as long as each brings more to share its fsync. */
const MOST_TURNS = 4;
/** So many batches in a hurry at once mean that many senders wait out there. */
const CROWD = 8;
/** Beside a crowd one of the others goes along with every so many groups: work goes on, at a crawl. */
const CRAWL = 16;
/** Beside a crowd the others wait so long for its next batches to share their fsync. */
const PATIENCE_MS = 3;

/**
 * Gather batches, so that many share one transaction and one fsync.
 *
 * Batches in a hurry go first, and while many of them keep coming hardly any others go along. Whoever waits for a
 * commit does no work meanwhile, so this keeps all of the hub's work from standing in the way of acknowledgements. It
 * never stops it, a crowd is over a few ms after its last batch, and one that stays fills the backlog, beyond which
 * mail is turned away.
 */
export function createGroupCommit(
  commit: (group: readonly Pending[]) => ReadonlyMap<Pending, unknown>,
): GroupCommit {
  const hurried: Pending[] = [];
  const others: Pending[] = [];
  /** How many in a hurry came at once lately. */
  let crowd = 0;
  let gathering = false;
  let groups = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  function schedule(): void {
    if (gathering || hurried.length + others.length === 0) return;
    if (hurried.length > 0 || crowd < CROWD) begin();
    else pause ??= setTimeout(begin, PATIENCE_MS);
  }

  function begin(): void {
    clearTimeout(pause);
    pause = undefined;
    gathering = true;
    gather(MOST_TURNS, 0);
  }

  function gather(turns: number, before: number): void {
    setImmediate(() => {
      const now = hurried.length + others.length;
      if (turns > 1 && now > before && now < GROUP) gather(turns - 1, now);
      else flush();
    });
  }

  function flush(): void {
    gathering = false;
    if (hurried.length + others.length === 0) return;
    crowd = Math.max(hurried.length, crowd >> 1);
    const group = [...hurried.splice(0, GROUP)];
    group.push(...others.splice(0, roomBeside(group.length)));
    const failures = commit(group);
    for (const pending of group) {
      if (failures.has(pending)) pending.reject(failures.get(pending));
      else pending.resolve();
    }
    schedule();
  }

  /** How many of the others may go along with so many in a hurry. */
  function roomBeside(hurrying: number): number {
    if (crowd < CROWD) return GROUP;
    groups += 1;
    return hurrying === 0 || groups % CRAWL === 0 ? 1 : 0;
  }

  return {
    add: (statements, hurry) =>
      new Promise((resolve, reject) => {
        (hurry ? hurried : others).push({ statements, resolve, reject });
        schedule();
      }),
    drain() {
      clearTimeout(pause);
      while (hurried.length + others.length > 0) flush();
    },
  };
}
