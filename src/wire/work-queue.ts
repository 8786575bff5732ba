/** Work that waits its turn. */
export type WorkQueue = {
  /**
   * Have it done, in its turn; waiting, it holds so many bytes. False when too much waits already: then it is not done.
   * `task` must not reject.
   */
  add(task: () => Promise<void>, bytes: number): boolean;
  /** Resolves when nothing is under way and nothing waits. */
  idle(): Promise<void>;
};

export type WorkLimits = {
  readonly atOnce: number;
  readonly waiting: number;
  /** Of all that wait together. */
  readonly waitingBytes: number;
};

/** Begin tasks in the order in which they came, so many at a time, while so many others wait. */
export function createWorkQueue(limits: WorkLimits): WorkQueue {
  const line: { readonly task: () => Promise<void>; readonly bytes: number }[] = [];
  const whenIdle: (() => void)[] = [];
  let underWay = 0;
  let waitingBytes = 0;

  function begin(task: () => Promise<void>): void {
    underWay += 1;
    void task().then(ended, ended);
  }

  function ended(): void {
    underWay -= 1;
    const next = line.shift();
    if (next !== undefined) {
      waitingBytes -= next.bytes;
      begin(next.task);
    }
    if (underWay === 0) for (const tell of whenIdle.splice(0)) tell();
  }

  return {
    add(task, bytes) {
      if (underWay < limits.atOnce) {
        begin(task);
        return true;
      }
      if (line.length >= limits.waiting || waitingBytes + bytes > limits.waitingBytes) return false;
      line.push({ task, bytes });
      waitingBytes += bytes;
      return true;
    },
    idle: () =>
      underWay === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve)),
  };
}
