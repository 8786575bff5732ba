import type { Candidate, Form, FormField, Option } from "./card.ts";
import type { CardAbilities, CardLimits, FormShape } from "./card-abilities.ts";
import { bytesOf, clip } from "./fit-text.ts";
import type { FitWords } from "./fit-words.ts";

/**
 * A form in the shape that shows the most of it; null when none shows all that is required, or nothing at all.
 *
 * What is not required and cannot be shown is left out.
 */
export function fitForm(
  form: Form<string>,
  isAlone: boolean,
  can: CardAbilities,
  words: FitWords,
): Form<string> | null {
  let best: readonly FormField<string>[] = [];
  for (const shape of can.forms.shapes) {
    if (shape.stands === "alone" && !isAlone) continue;
    const fields = fieldsIn(form, shape, can.limits, words);
    if (fields.length > best.length) best = fields;
  }
  if (best.length === 0) return null;
  const { submit } = form;
  return {
    ...form,
    fields: best,
    submit: { ...submit, label: clip(submit.label, can.limits.button) },
  };
}

/** The fields that this shape shows; none when one that is required is not among them. */
function fieldsIn(
  form: Form<string>,
  shape: FormShape,
  limits: CardLimits,
  words: FitWords,
): readonly FormField<string>[] {
  const shown: FormField<string>[] = [];
  for (const field of form.fields) {
    const lowered = fitField(field, shape, limits, words);
    if (lowered !== null && hasRoom(shown, lowered, shape)) shown.push(lowered);
    else if (field.required) return [];
  }
  return shown;
}

function hasRoom(
  shown: readonly FormField<string>[],
  { type }: FormField<string>,
  shape: FormShape,
): boolean {
  const same = shown.filter((field) => field.type === type).length;
  return shown.length < shape.most && same < (shape.fields[type] ?? 0);
}

/** A field as this shape has it: itself, else something simpler that asks the same; null when there is nothing. */
function fitField(
  field: FormField<string>,
  shape: FormShape,
  limits: CardLimits,
  words: FitWords,
): FormField<string> | null {
  const { fields } = shape;
  const label = clip(field.label, limits.question);
  switch (field.type) {
    case "text": {
      const { placeholder, ...rest } = field;
      if (fields.text === undefined) return null;
      if (placeholder === undefined) return { ...rest, label };
      return { ...rest, label, placeholder: clip(placeholder, limits.question) };
    }
    case "select":
    case "multi_select": {
      const options = usable(field.options, limits, field.type === "multi_select");
      if (fields[field.type] === undefined || options.length === 0) return null;
      return { ...field, label, options: options.slice(0, shape.options) };
    }
    case "person":
      return fitPerson({ ...field, label }, shape, limits);
    case "datetime": {
      if (fields.datetime !== undefined) return { ...field, label };
      if (fields.text === undefined) return null;
      const placeholder = clip(words.moment, limits.question);
      return { ...field, type: "text", label, multiline: false, placeholder };
    }
  }
}

type PersonField = Extract<FormField<string>, { readonly type: "person" }>;

/** People whom the tool knows are chosen as people, few ones from a list, and the name of one among many is typed. */
function fitPerson(
  field: PersonField,
  { fields, options }: FormShape,
  limits: CardLimits,
): FormField<string> | null {
  const { people, ...common } = field;
  const known = usable(people, limits, false);
  if (known.length === 0) return null;
  if (known.length <= options) {
    if (fields.person !== undefined && isKnown(known)) return { ...common, people: known };
    const listed = known.map(({ value, label }) => ({ value, label }));
    if (fields.select !== undefined) return { ...common, type: "select", options: listed };
  }
  return fields.text === undefined ? null : { ...common, type: "text", multiline: false };
}

function isKnown(people: readonly Candidate<string>[]): boolean {
  const contacts = people.flatMap(({ contact }) => contact ?? []);
  return contacts.length === people.length && new Set(contacts).size === contacts.length;
}

/** Every option once, with a value that travels; no comma where several values are written with commas between. */
function usable<O extends Option<string>>(
  options: readonly O[],
  limits: CardLimits,
  isMultiple: boolean,
): O[] {
  const seen = new Set([""]);
  return options
    .filter(({ value }) => {
      const isNew = !seen.has(value) && bytesOf(value) <= limits.optionBytes;
      seen.add(value);
      return isNew && !(isMultiple && value.includes(","));
    })
    .map((option) => ({ ...option, label: clip(option.label, limits.option) }));
}
