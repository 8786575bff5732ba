import { createWorkQueue, type WorkLimits } from "./work-queue.ts";

/** Enough at once for commits to share a disk write. */
const OTHERS: WorkLimits = { atOnce: 128, waiting: 2_048, waitingBytes: 67_108_864 };
/** A click that had to wait for its turn would be answered too late, so none does. */
const CLICKS: WorkLimits = { atOnce: 1_024, waiting: 0, waitingBytes: 0 };

/** The pushes of one connection on their way to the hub. */
export type PushLines = {
  /**
   * Have a push worked that holds so many bytes: a click at once, anything else in its turn. False when there are too
   * many already: then it is not worked. `task` must not reject.
   */
  add(kind: "click" | "other", task: () => Promise<void>, bytes: number): boolean;
  /** Resolves when nothing is under way and nothing waits. */
  idle(): Promise<void>;
};

/** Somebody waits for what comes of a click, so clicks do not stand in line behind a flood of messages. */
export function createPushLines(): PushLines {
  const lines = { click: createWorkQueue(CLICKS), other: createWorkQueue(OTHERS) };
  return {
    add: (kind, task, bytes) => lines[kind].add(task, bytes),
    async idle() {
      await Promise.all([lines.click.idle(), lines.other.idle()]);
    },
  };
}
