/** How a time of day is written: "09:00", from 00:00 to 23:59. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):([0-5]\d)$/;

const DAYS: readonly string[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const NAMES = DAYS.join("|");

/** How days of the week are written: one day, or from one to another, such as `mon-fri` or `sun-thu`. */
export const WEEKDAYS = new RegExp(`^(${NAMES})(?:-(${NAMES}))?$`);

/** A written time of day in minutes after midnight; null when it is not written as `TIME_OF_DAY` says. */
export function parseTimeOfDay(text: string): number | null {
  const match = TIME_OF_DAY.exec(text);
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

/** Written days of the week, 0 for Sunday to 6, in their order; null when they are not written as `WEEKDAYS` says. */
export function parseWeekdays(text: string): readonly number[] | null {
  const match = WEEKDAYS.exec(text);
  if (match === null) return null;
  const first = dayOf(match[1]);
  const last = match[2] === undefined ? first : dayOf(match[2]);
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, after) => (first + after) % 7);
}

function dayOf(name = ""): number {
  return DAYS.indexOf(name);
}
