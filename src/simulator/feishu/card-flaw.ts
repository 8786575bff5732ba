import { isObject, type JsonObject } from "./shape.ts";

/** What Feishu finds wrong with a card: the sub-code inside 230099, where, and why. */
export class CardFlaw extends Error {
  readonly code: number;
  readonly path: string;

  constructor(code: number, path: string, message: string) {
    super(message);
    this.name = "CardFlaw";
    this.code = code;
    this.path = path;
  }
}

/** A wrong shape: 200621. Feishu docs: im-v1/message/create, sub-codes of 230099. */
export function badShape(path: string, found: string): CardFlaw {
  return new CardFlaw(200621, path, `parse card json err, ${found}`);
}

export function expectObject(value: unknown, path: string): JsonObject {
  if (!isObject(value)) throw badShape(path, `expected an object, found ${describe(value)}`);
  return value;
}

export function expectList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw badShape(path, `expected a list, found ${describe(value)}`);
  return value;
}

export function expectText(value: unknown, path: string): string {
  if (typeof value !== "string")
    throw badShape(path, `expected a string, found ${describe(value)}`);
  return value;
}

export function expectOneOf(value: unknown, allowed: ReadonlySet<string>, path: string): void {
  if (value === undefined) return;
  if (typeof value === "string" && allowed.has(value)) return;
  throw badShape(path, `expected one of ${[...allowed].join(", ")}, found ${describe(value)}`);
}

/** In JSON 2.0 an attribute that is not supported is an error. */
export function expectKnown(value: JsonObject, allowed: ReadonlySet<string>, path: string): void {
  for (const key of Object.keys(value)) {
    if (!allowed.has(key)) throw badShape(path, `unknown property ${key}`);
  }
}

function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return isObject(value) ? "an object" : JSON.stringify(value);
}
