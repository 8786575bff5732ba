/**
 * How long to wait before try number `attempts` + 1: doubling from `baseMs` to `capMs`, half of it random, so that
 * what failed together does not come back together. `random` is from 0 to 1.
 */
export function backoffMs(
  attempts: number,
  options: { readonly baseMs: number; readonly capMs: number; readonly random: number },
): number {
  const full = Math.min(options.capMs, options.baseMs * 2 ** Math.min(attempts, 30));
  return Math.round(full / 2 + (full / 2) * options.random);
}
