import { jsonOrNull } from "../../../wire/json.ts";

/** A JSON object that somebody else wrote, not yet believed. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as a JSON object; null when it is anything else. */
export function asFields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** The JSON object in a text; null when there is none. */
export function parseFields(json: string | Uint8Array): Fields | null {
  return asFields(jsonOrNull(json));
}

/** A text that is not empty, or a whole number as its digits; null for everything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  return Number.isSafeInteger(value) ? String(value) : null;
}

/** The objects of a list; none where there is no list. */
export function objectsOf(value: unknown): readonly Fields[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.map(asFields).filter((entry) => entry !== null);
}
