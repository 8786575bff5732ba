import { type FSWatcher, promises, watch } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Clock } from "../ports/clock.ts";

export type WatchOptions = {
  readonly file: string;
  /** Other files to watch from the beginning. */
  readonly related?: readonly string[];
  /** When the files were read at first, ms UTC: what changed since then is taken up too. Default: nothing did. */
  readonly readAt?: number;
  /**
   * Take the change up. Resolves with the related files to watch from now on, missing ones too; none keeps the present
   * ones. When it rejects, the change counts as not taken and is offered again with the next look.
   */
  apply(): Promise<readonly string[]>;
  onError?(error: unknown): void;
  /** Between two looks where the system announces no changes, ms. Default 2000. */
  readonly pollMs?: number;
  /** How long files must have been still before they are read, ms. Default 150. */
  readonly settleMs?: number;
  readonly clock: Clock;
};

/** A file's times may lag behind the clock by a tick of the system. */
const TICK_MS = 20;

/**
 * Call `apply` after each change of the files, never twice at a time. Returns the way to stop.
 *
 * The system's announcements only shorten the wait for the next look at the files' stamps, so that what it does not
 * announce (network drives, a swapped link as Kubernetes makes it) is seen too. A missing file is a state like others.
 */
export function watchConfig(options: WatchOptions): () => void {
  const stopping = new AbortController();
  void follow(options, stopping.signal);
  return () => stopping.abort();
}

async function follow(options: WatchOptions, stopped: AbortSignal): Promise<void> {
  let related = options.related ?? [];
  let seen = await stampOf([options.file, ...related], options.readAt);
  while (!stopped.aborted) {
    const files = [options.file, ...related];
    await untilHint(files, options, stopped);
    const now = await whenStill(files, options, stopped);
    if (stopped.aborted || now === seen) continue;
    const begun = options.clock.now();
    try {
      const next = await options.apply();
      if (next.length > 0) related = next;
      seen = sameFiles(files, related) ? now : await stampOf([options.file, ...related], begun);
    } catch (error) {
      options.onError?.(error);
    }
  }
}

/** Wait until something may have changed: an announcement, or the time for a look. */
async function untilHint(
  files: readonly string[],
  options: WatchOptions,
  stopped: AbortSignal,
): Promise<void> {
  const { clock, pollMs = 2000 } = options;
  const hint = new AbortController();
  const wake = () => hint.abort();
  const watchers = announcers(files, wake);
  stopped.addEventListener("abort", wake, { once: true });
  await clock.sleep(pollMs, hint.signal);
  stopped.removeEventListener("abort", wake);
  for (const watcher of watchers) watcher.close();
}

/** Editors write in several strokes: wait until two looks are alike. */
async function whenStill(
  files: readonly string[],
  options: WatchOptions,
  stopped: AbortSignal,
): Promise<string> {
  const { clock, settleMs = 150 } = options;
  for (let before = await stampOf(files); ; ) {
    await clock.sleep(settleMs, stopped);
    const now = await stampOf(files);
    if (now === before || stopped.aborted) return now;
    before = now;
  }
}

/** Folders, not files: an editor that saves puts a new file in the place of the old one. */
function announcers(files: readonly string[], tell: () => void): FSWatcher[] {
  const folders = new Set(files.map((file) => dirname(resolve(file))));
  return [...folders].flatMap((folder) => {
    try {
      const watcher = watch(folder, { persistent: false }, tell);
      watcher.on("error", () => watcher.close());
      return [watcher];
    } catch {
      return [];
    }
  });
}

/** How the files stand. One that changed after it was read, at `readAt`, is like none that was seen. */
async function stampOf(
  files: readonly string[],
  readAt = Number.POSITIVE_INFINITY,
): Promise<string> {
  const stamps = files.map(async (file) => {
    const stats = await promises.stat(file, { bigint: true }).catch(() => null);
    if (stats === null) return "-";
    if (Number(stats.ctimeMs) >= readAt - TICK_MS) return "?";
    return `${stats.ino}:${stats.size}:${stats.mtimeNs}`;
  });
  return (await Promise.all(stamps)).join("|");
}

function sameFiles(files: readonly string[], related: readonly string[]): boolean {
  return files.length === related.length + 1 && related.every((file, at) => file === files[at + 1]);
}
