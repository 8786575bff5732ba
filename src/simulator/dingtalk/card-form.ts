import { asFields, type Fields, listOf, parseFields, textOf } from "../fields.ts";

/** What a form field sends when the card is submitted. DingTalk docs: form-variables. */
export type FormValue = string | { readonly index: number; readonly value: string };

/**
 * Fill in the form of a card as its client does and read what it sends, by field name.
 *
 * Throws when there is no such field or option, or a required one is empty: the client would not let it through.
 */
export function fillForm(
  variable: string,
  values: Readonly<Record<string, string>>,
): Record<string, FormValue> {
  const fields = listOf(parseFields(variable), "fields").map(asFields);
  const names = fields.map((field) => textOf(field, "name"));
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`the form has no field ${unknown}`);
  const filled: Record<string, FormValue> = {};
  for (const field of fields) {
    if (field === null) continue;
    const name = textOf(field, "name");
    const value = values[name] ?? textOf(field, "defaultValue");
    if (value !== "") filled[name] = fieldValue(field, value);
    else if (field.required === true) throw new Error(`the field ${name} must be filled in`);
  }
  return filled;
}

function fieldValue(field: Fields, value: string): FormValue {
  const type = textOf(field, "type");
  if (type.startsWith("MULTI_") || type.endsWith("_GROUP") || type === "TEXT_ARRAY") {
    throw new Error(`the simulator cannot fill in a field of type ${type}`);
  }
  if (type !== "SELECT") return value;
  const options = listOf(field, "options").map((option) => textOf(asFields(option), "value"));
  const index = options.indexOf(value);
  if (index < 0) throw new Error(`${textOf(field, "name")} has only the options ${options}`);
  return { index, value };
}
