import { isObject, type JsonObject, parseOrUndefined, sameJson } from "./shape.ts";

/** A button of a shown card, with the form that it stands in. */
export type FoundButton = {
  readonly button: JsonObject;
  readonly value: unknown;
  readonly form: JsonObject | null;
};

/**
 * The button whose callback value is `wanted`, or says so in its `action`, or equals it as JSON; null when none does.
 *
 * Buttons of card JSON 1.0 carry their `value` directly.
 */
export function findButton(card: JsonObject, wanted: string): FoundButton | null {
  for (const found of buttonsOf(card, null)) {
    if (isWanted(found.value, wanted)) return found;
  }
  return null;
}

function* buttonsOf(node: unknown, form: JsonObject | null): Generator<FoundButton> {
  if (Array.isArray(node)) {
    for (const each of node) yield* buttonsOf(each, form);
  } else if (isObject(node)) {
    if (node.tag === "button") {
      yield { button: node, value: callbackValue(node), form };
      return;
    }
    const inside = node.tag === "form" ? node : form;
    for (const child of Object.values(node)) yield* buttonsOf(child, inside);
  }
}

function callbackValue(button: JsonObject): unknown {
  const behaviors = Array.isArray(button.behaviors) ? button.behaviors : [];
  const callback: unknown = behaviors.find((each) => isObject(each) && each.type === "callback");
  return isObject(callback) ? callback.value : button.value;
}

function isWanted(value: unknown, wanted: string): boolean {
  if (value === undefined) return false;
  if (value === wanted || (isObject(value) && value.action === wanted)) return true;
  const parsed = parseOrUndefined(wanted);
  return isObject(parsed) && sameJson(value, parsed);
}

/** The fields of a form that are filled in, at any depth. */
export function fieldsOf(form: JsonObject): readonly JsonObject[] {
  const fields: JsonObject[] = [];
  collectFields(form.elements, fields);
  return fields;
}

function collectFields(node: unknown, into: JsonObject[]): void {
  if (Array.isArray(node)) {
    for (const each of node) collectFields(each, into);
  } else if (isObject(node)) {
    if (typeof node.name === "string" && node.tag !== "button") into.push(node);
    else for (const child of Object.values(node)) collectFields(child, into);
  }
}
