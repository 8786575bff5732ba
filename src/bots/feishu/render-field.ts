import type { FormField } from "../../core/card.ts";
import { type Native, plain, small } from "./native-card.ts";

const LONGEST_INPUT = 1000; // Feishu docs: input, max_length

/** One field of a form. All but a text field have no label of their own: it stands above them in small print. */
export function renderField(
  field: FormField<string>,
  name: (wanted: string) => string,
): readonly Native[] {
  const common = { name: name(field.name), required: field.required, width: "fill" };
  const choosing = { ...common, placeholder: plain(field.label) };
  switch (field.type) {
    case "text": {
      const lines = field.multiline ? { input_type: "multiline_text", rows: 3 } : {};
      const { placeholder } = field;
      const hint = placeholder === undefined ? {} : { placeholder: plain(placeholder) };
      const labelled = { label: plain(field.label), label_position: "top" };
      return [
        { tag: "input", ...common, ...labelled, ...hint, ...lines, max_length: LONGEST_INPUT },
      ];
    }
    case "select":
    case "multi_select": {
      const tag = field.type === "select" ? "select_static" : "multi_select_static";
      const options = field.options.map(({ label, value }) => ({ text: plain(label), value }));
      return [small(field.label), { tag, ...choosing, options }];
    }
    case "person": {
      const options = field.people.flatMap(({ contact }) =>
        contact === null ? [] : [{ value: contact }],
      );
      return [small(field.label), { tag: "select_person", ...choosing, options }];
    }
    case "datetime":
      return [small(field.label), { tag: "picker_datetime", ...choosing }];
  }
}
