import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { ToolClock, ToolSimulator } from "./tool.ts";

const HEARTBEAT_MS = 15_000;
const COALESCE_MS = 50;

/** Server-sent events: `change` with `{tool}` after changes of its view, many at once as one; a heartbeat every 15 s. */
export function streamChanges(
  c: Context,
  tools: readonly ToolSimulator[],
  clock: ToolClock,
): Response {
  return streamSSE(c, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const changes = watch(tools);
    try {
      await stream.write(": open\n\n");
      while (!gone.signal.aborted) {
        await pauseUnlessChanged(changes, clock, gone.signal);
        if (gone.signal.aborted) return;
        if (changes.pending.size === 0) {
          await stream.write(": heartbeat\n\n");
          continue;
        }
        await clock.sleep(COALESCE_MS, gone.signal);
        for (const tool of changes.take()) {
          await stream.writeSSE({ event: "change", data: JSON.stringify({ tool }) });
        }
      }
    } finally {
      changes.stop();
    }
  });
}

type Changes = {
  readonly pending: ReadonlySet<string>;
  take(): readonly string[];
  /** Call this once, at the next change. */
  onNext(wake: () => void): void;
  stop(): void;
};

function watch(tools: readonly ToolSimulator[]): Changes {
  const pending = new Set<string>();
  let wake: () => void = () => undefined;
  const stops = tools.map((tool) =>
    tool.onChange(() => {
      pending.add(tool.name);
      wake();
    }),
  );
  return {
    pending,
    take() {
      const names = [...pending];
      pending.clear();
      return names;
    },
    onNext(next) {
      wake = next;
    },
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** Until the next change, the next heartbeat or the end of the stream. */
async function pauseUnlessChanged(
  changes: Changes,
  clock: ToolClock,
  gone: AbortSignal,
): Promise<void> {
  if (changes.pending.size > 0) return;
  const awake = new AbortController();
  changes.onNext(() => awake.abort());
  await clock.sleep(HEARTBEAT_MS, AbortSignal.any([awake.signal, gone]));
}
