import { fieldsOf } from "./card-controls.ts";
import { isObject, type JsonObject } from "./shape.ts";

export type Filled =
  | { readonly type: "filled"; readonly values: JsonObject }
  /** The app does not send it: something required is empty. */
  | { readonly type: "incomplete"; readonly missing: readonly string[] };

/** Fill in a form as the app lets one. Throws when a value is given that nobody could enter. */
export function fillForm(form: JsonObject, given: Readonly<Record<string, string>>): Filled {
  const fields = fieldsOf(form);
  const names = fields.map((field) => String(field.name));
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) {
      throw new Error(`the form has no field ${name}; it has ${names.join(", ")}`);
    }
  }
  const values: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const field of fields) {
    const name = String(field.name);
    const value = given[name] ?? presetOf(field);
    if (value === "" && field.required === true) missing.push(name);
    values[name] = enter(field, name, value);
  }
  return missing.length > 0 ? { type: "incomplete", missing } : { type: "filled", values };
}

function presetOf(field: JsonObject): string {
  const preset = field.default_value ?? field.initial_option ?? "";
  return typeof preset === "string" ? preset : "";
}

function enter(field: JsonObject, name: string, value: string): unknown {
  if (field.tag === "input") {
    const longest = typeof field.max_length === "number" ? field.max_length : 1000;
    if ([...value].length > longest) throw new Error(`${name} takes at most ${longest} characters`);
    return value;
  }
  if (field.tag === "select_static") return choose(field, name, value);
  if (field.tag === "multi_select_static") {
    return value === "" ? [] : value.split(",").map((each) => choose(field, name, each));
  }
  if (value === "") return value;
  if (field.tag === "select_person") return choose(field, name, value);
  if (field.tag === "picker_datetime") return moment(name, value);
  return value;
}

/** The app sends a time with the offset of the person's own zone; the simulator's people live in Shanghai. */
function moment(name: string, value: string): string {
  if (/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/.test(value)) return `${value.replace("T", " ")} +0800`;
  throw new Error(`${name} takes YYYY-MM-DD HH:mm, found ${value}`);
}

function choose(field: JsonObject, name: string, value: string): string {
  const options = Array.isArray(field.options) ? field.options : [];
  const choices = options.filter(isObject).map((option) => String(option.value));
  if (value === "" || choices.includes(value)) return value;
  throw new Error(`${name} has no option ${value}; it has ${choices.join(", ")}`);
}
