const UNITS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** How a length of time is written: a whole number and one unit, such as `90s`, `15m`, `4h` or `3d`. */
export const DURATION = /^(\d{1,6})([smhd])$/;

/** A written length of time in ms; null when it is not written as `DURATION` says. A day is 24 hours. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [, count = "", unit = ""] = match;
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}
