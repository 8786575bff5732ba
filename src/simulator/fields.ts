import { jsonOrNull } from "../wire/json.ts";

/** A JSON object that somebody else wrote, not yet believed. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value as a JSON object; null when it is anything else. */
export function asFields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
}

/** The JSON object in a text; null when there is none. */
export function parseFields(json: string): Fields | null {
  return asFields(jsonOrNull(json));
}

/** A field that is a text; the empty text for every other value and for none. */
export function textOf(fields: Fields | null, name: string): string {
  const value = fields?.[name];
  return typeof value === "string" ? value : "";
}

/** A field that is a list; an empty one for every other value and for none. */
export function listOf(fields: Fields | null, name: string): readonly unknown[] {
  const value = fields?.[name];
  return Array.isArray(value) ? value : [];
}

/** A field that is a list of objects; what is no object in it is left out, what is no list is an empty one. */
export function objectsOf(fields: Fields | null, name: string): readonly Fields[] {
  return listOf(fields, name)
    .map(asFields)
    .filter((entry) => entry !== null);
}
