/** A gateway's wish is followed for so long at most: one that asks for days is mistaken, or not meant well. */
const LONGEST_S = 3_600;

/** How long whoever answered wants to be left alone, ms; null when it does not say so in seconds. RFC 9110, 10.2.3. */
export function retryAfterMs(headers: Headers): number | null {
  const seconds = headers.get("retry-after")?.trim() ?? "";
  return /^\d{1,9}$/.test(seconds) ? Math.min(LONGEST_S, Number(seconds)) * 1000 : null;
}
