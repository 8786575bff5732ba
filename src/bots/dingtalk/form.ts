import type { FormField, Option } from "../../core/card.ts";
import { oneLine } from "./markdown.ts";
import { byteLength, clipped, VARIABLE_BYTES } from "./shorten.ts";

/** How long labels and how many options a form may have, tried in this order until it fits into one variable. */
const SIZES = [
  { label: 30, options: 100 },
  { label: 12, options: 100 },
  { label: 12, options: 20 },
  { label: 12, options: 10 },
  { label: 8, options: 5 },
] as const;

/**
 * The fields of a form as a DingTalk form variable; null when they do not fit into 1 KB in any way.
 *
 * A long list of options loses its end. DingTalk docs: form-variables.
 */
export function renderForm(fields: readonly FormField<string>[]): string | null {
  for (const size of SIZES) {
    const form = JSON.stringify({ fields: fields.map((field) => renderField(field, size)) });
    if (byteLength(form) <= VARIABLE_BYTES) return form;
  }
  return null;
}

function renderField(field: FormField<string>, size: (typeof SIZES)[number]) {
  const label = clipped(oneLine(field.label), size.label);
  const common = { name: field.name, label, required: field.required };
  switch (field.type) {
    case "text": {
      const hint = clipped(oneLine(field.placeholder ?? ""), size.label);
      const type = field.multiline ? "TEXT_AREA" : "TEXT";
      return { ...common, type, ...(hint === "" ? {} : { placeholder: hint }) };
    }
    case "select":
      return { ...common, type: "SELECT", options: renderOptions(field.options, size) };
    case "multi_select":
      return { ...common, type: "MULTI_SELECT", options: renderOptions(field.options, size) };
    case "person":
      return { ...common, type: "SELECT", options: renderOptions(field.people, size) };
    case "datetime":
      return { ...common, type: "DATETIME" };
  }
}

function renderOptions(options: readonly Option<string>[], size: (typeof SIZES)[number]) {
  return options.slice(0, size.options).map((option) => ({
    value: option.value,
    text: clipped(oneLine(option.label), size.label),
  }));
}
