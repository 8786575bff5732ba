import type { Candidate } from "./card.ts";

/** A date and time that somebody chose or typed: an instant in ms UTC, or the wall time of a zone that only the hub knows. */
export type Moment = { readonly at: number } | { readonly wall: string };

const MOMENT =
  /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T|\s+)(\d{1,2})[:：](\d{2})(?:[:：]\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Read the value of a `datetime` field; null when it is none.
 *
 * Tools send ms as digits, a time with its offset ("2026-01-31 09:30 +0800"), or one without, which is as typed by people
 * too. `wall` is "YYYY-MM-DDTHH:mm" without a zone.
 */
export function readMoment(value: string): Moment | null {
  const text = value.trim();
  if (/^\d{12,15}$/.test(text)) return { at: Number(text) };
  const match = MOMENT.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = match.slice(1, 6).map(Number);
  if (hour > 23 || minute > 59 || !isDay(year, month, day)) return null;
  const zone = match[6];
  if (zone !== undefined) {
    const minutes = daysFrom1970(year, month, day) * 1440 + hour * 60 + minute;
    return { at: (minutes - offsetOf(zone)) * 60_000 };
  }
  const two = (number: number) => String(number).padStart(2, "0");
  return {
    wall: `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`,
  };
}

/** The values of a `multi_select` field, each once. */
export function readChoices(value: string): string[] {
  return [...new Set(value.split(",").map((one) => one.trim()))].filter((one) => one !== "");
}

/** Whom the value of a `person` field means: by our id, by the vendor's, or by a typed name that only one of them has. */
export function readPerson(value: string, people: readonly Candidate<string>[]): string | null {
  const text = value.trim();
  const byId = people.find((one) => one.value === text || one.contact === text);
  if (byId !== undefined) return byId.value;
  const [named, ...more] = people.filter(({ label }) => label.trim() === text.replace(/^@/, ""));
  return named === undefined || more.length > 0 ? null : named.value;
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const next = month === 12 ? [year + 1, 1] : [year, month + 1];
  const [nextYear = 0, nextMonth = 0] = next;
  return day <= daysFrom1970(nextYear, nextMonth, 1) - daysFrom1970(year, month, 1);
}

/** Days of the Gregorian calendar; years are counted from March, so that a leap day is the last of its year. */
function daysFrom1970(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  const fromMarch = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  return years * 365 + leaps + fromMarch + day - 1 - 719_468;
}

function offsetOf(zone: string): number {
  if (zone === "Z") return 0;
  const digits = zone.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith("-") ? -minutes : minutes;
}
