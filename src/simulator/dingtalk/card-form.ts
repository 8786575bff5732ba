import { asFields, type Fields, listOf, parseFields, textOf } from "../fields.ts";

/** What a form field sends when the card is submitted. DingTalk docs: form-variables. */
export type FormValue = string | Chosen | readonly Chosen[];

type Chosen = { readonly index: number; readonly value: string };

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
  const name = textOf(field, "name");
  switch (type) {
    case "SELECT":
      return chosen(field, value);
    case "MULTI_SELECT":
      return value.split(",").map((one) => chosen(field, one));
    case "DATETIME":
      // Without a `format` of its own a field shows and sends minutes. DingTalk docs: form-variables.
      if (/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/.test(value)) return value.replace("T", " ");
      throw new Error(`${name} takes YYYY-MM-DD HH:mm, found ${value}`);
    case "TEXT":
    case "TEXT_AREA":
    case "NUMBER":
      return value;
    default:
      throw new Error(`the simulator cannot fill in a field of type ${type}`);
  }
}

function chosen(field: Fields, value: string): Chosen {
  const options = listOf(field, "options").map((option) => textOf(asFields(option), "value"));
  const index = options.indexOf(value);
  if (index < 0) throw new Error(`${textOf(field, "name")} has only the options ${options}`);
  return { index, value };
}
