/** An object of JSON that somebody else wrote. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object that a value is; an empty one when it is something else. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text that is not empty, or a whole number as its digits; null for everything else. */
export function textOf(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" && Number.isSafeInteger(value) ? String(value) : null;
}

/** A time in ms, which DingTalk writes as a number or as digits; null for everything else. */
export function timeOf(value: unknown): number | null {
  const digits = textOf(value);
  return digits !== null && /^\d{12,14}$/.test(digits) ? Number(digits) : null;
}
