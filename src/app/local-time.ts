import type { LocalTime } from "../core/ticket/summary.ts";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Making one takes a thousand times as long as asking it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "iso8601",
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(zone, format);
  return format;
}

function partsOf(zone: string, at: number): Readonly<Record<string, string>> {
  return Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
}

/** What the clocks of a zone of the IANA list show at an instant, ms UTC. */
export function localTime(zone: string, at: number): LocalTime {
  const { year, month, day, weekday = "", hour, minute } = partsOf(zone, at);
  return {
    day: `${year}-${month}-${day}`,
    weekday: WEEKDAYS.indexOf(weekday),
    minute: Number(hour) * 60 + Number(minute),
  };
}

/** When the day before the one of `at` began and ended in a zone, ms UTC. */
export function yesterday(
  zone: string,
  at: number,
): { readonly since: number; readonly until: number } {
  const until = startOfDay(zone, at);
  // Twelve hours back is the day before, whether that one has 23 hours or 25.
  return { since: startOfDay(zone, until - DAY / 2), until };
}

function startOfDay(zone: string, at: number): number {
  const { year, month, day } = partsOf(zone, at);
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // The offset at that instant may be another one than now: the second look is right.
  const guess = midnight - offsetAt(zone, midnight);
  return midnight - offsetAt(zone, guess);
}

/** How far the clocks of a zone are ahead of UTC, ms. */
function offsetAt(zone: string, at: number): number {
  const { year, month, day, hour, minute, second } = partsOf(zone, at);
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number);
  const shown = Date.UTC(y ?? 0, (mo ?? 1) - 1, d ?? 1, h ?? 0, mi ?? 0, s ?? 0);
  return Math.round((shown - at) / MINUTE) * MINUTE;
}
