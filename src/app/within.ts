import type { Clock } from "../ports/clock.ts";

/** What comes of `work`, or null when it takes longer than `ms` or `signal` fires first. Then `work` goes on unheard. */
export async function within<T>(
  clock: Clock,
  ms: number,
  work: Promise<T>,
  signal?: AbortSignal,
): Promise<T | null> {
  const over = new AbortController();
  const end = (): void => over.abort();
  if (signal?.aborted === true) end();
  signal?.addEventListener("abort", end, { once: true });
  const late = over.signal.aborted ? Promise.resolve() : clock.sleep(ms, over.signal);
  try {
    return await Promise.race([work, late.then(() => null)]);
  } finally {
    signal?.removeEventListener("abort", end);
    end();
  }
}
