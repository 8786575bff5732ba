import { expect } from "vitest";
import type { Inbound } from "../../src/core/message.ts";
import type { Receipt } from "../../src/ports/channel.ts";

export function expectNothing(receipt: Receipt): void {
  if (receipt.type === "inbound") expect(receipt.items).toEqual([]);
  else expect(receipt.type).toBe("refused");
}

export function itemsOf(receipt: Receipt): readonly Inbound[] {
  if (receipt.type === "inbound") return receipt.items;
  const why = receipt.type === "refused" ? `${receipt.reason}, ${receipt.detail}` : receipt.type;
  throw new Error(`expected an inbound receipt, got ${why}`);
}

export function refusal(receipt: Receipt): string | null {
  return receipt.type === "refused" ? receipt.reason : null;
}

export function expectWellFormed(item: Inbound): void {
  expect(item.dedupeKey).toMatch(/^\S{3,}/);
  expect(Number.isSafeInteger(item.at)).toBe(true);
  if (item.type === "recall") {
    expect(item.recalls).toMatch(/^\S{3,}/);
    return;
  }
  if (item.type === "edit") {
    expect(item.edits).toMatch(/^\S{3,}/);
    return;
  }
  const person = item.type === "message" ? item.sender : item.operator;
  for (const id of [person.id, item.type === "message" ? item.messageId : item.cardId]) {
    expect(typeof id).toBe("string");
    expect(id).not.toBe("");
  }
  if (item.place !== null) expect(item.place.chat).toMatch(/./);
  if (item.type === "action") {
    for (const value of Object.values(item.values)) expect(typeof value).toBe("string");
  }
}

/** At most 60 places, evenly spread over a length. */
export function positions(length: number): number[] {
  const step = Math.max(1, Math.ceil(length / 60));
  return Array.from({ length: Math.ceil(length / step) }, (_, index) => index * step);
}

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

export function replaced(value: unknown, path: readonly string[], put: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return put;
  if (Array.isArray(value)) {
    return value.map((inner, index) =>
      String(index) === key ? replaced(inner, rest, put) : inner,
    );
  }
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, put) };
}
