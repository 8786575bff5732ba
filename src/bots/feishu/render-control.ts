import type { Control, FormField } from "../../core/card.ts";
import { columns, div, type Native, plain, small } from "./native-card.ts";
import { shorten } from "./plain-text.ts";

const LONGEST_LABEL = 100; // Feishu docs: input, label and placeholder
const LONGEST_INPUT = 1000; // Feishu docs: input, max_length
const MOST_OPTIONS = 50; // of the 200 elements that a card may have, so that a long list leaves room for the rest

type Names = (wanted: string) => string;

/** All controls: buttons and links that follow each other share a row, a form stands alone at the card's root. */
export function renderControls(
  controls: readonly Control<string>[],
  name: Names,
  longest: number,
): readonly Native[] {
  const elements: Native[] = [];
  let row: Native[] = [];
  const close = () => {
    if (row.length > 0)
      elements.push(
        columns(
          "flow",
          row.map((button) => [button]),
        ),
      );
    row = [];
  };
  for (const control of controls) {
    if (control.type !== "form") {
      row.push(control.type === "button" ? button(control, longest) : link(control, longest));
      continue;
    }
    close();
    elements.push(form(control, name, longest));
  }
  close();
  return elements;
}

function label(words: string, longest: number): Native {
  return plain(shorten(words, Math.min(longest, LONGEST_LABEL)));
}

function carry(action: string): Native["behaviors"] {
  return [{ type: "callback", value: { action } }];
}

function button(control: Extract<Control<string>, { type: "button" }>, longest: number): Native {
  const text = label(control.label, longest);
  const asks = { title: text, text: plain(shorten(control.confirm ?? "", longest)) };
  return {
    tag: "button",
    text,
    type: control.style,
    ...(control.confirm === null ? {} : { confirm: asks }),
    behaviors: carry(control.action),
  };
}

/** Feishu opens only web addresses, so any other one is shown and not linked. */
function link(control: Extract<Control<string>, { type: "link" }>, longest: number): Native {
  if (!isWebAddress(control.url)) {
    return div(plain(shorten(`${control.label} ${control.url}`, longest)));
  }
  const behaviors = [{ type: "open_url", default_url: control.url }];
  return { tag: "button", text: label(control.label, longest), type: "text", behaviors };
}

function isWebAddress(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}

function form(
  control: Extract<Control<string>, { type: "form" }>,
  name: Names,
  longest: number,
): Native {
  const fields = control.fields.flatMap((field) => formField(field, name, longest));
  const { submit } = control;
  const send: Native = {
    tag: "button",
    text: label(submit.label, longest),
    type: submit.style,
    form_action_type: "submit",
    name: name("submit"),
    behaviors: carry(submit.action),
  };
  return { tag: "form", name: name(control.name), elements: [...fields, send] };
}

function formField(field: FormField<string>, name: Names, longest: number): readonly Native[] {
  const words = label(field.label, longest);
  const common = { name: name(field.name), required: field.required };
  if (field.type === "text") {
    const lines = field.multiline ? { input_type: "multiline_text", rows: 3 } : {};
    const input = { tag: "input", ...common, label: words, label_position: "top", width: "fill" };
    return [{ ...input, ...lines, max_length: LONGEST_INPUT }];
  }
  const options = distinct(field.options)
    .slice(0, MOST_OPTIONS)
    .map((option) => ({ text: label(option.label, longest), value: option.value }));
  if (options.length === 0) return []; // Feishu refuses a choice of nothing
  const select = { tag: "select_static", ...common, placeholder: words, width: "fill", options };
  return [small(shorten(field.label, Math.min(longest, LONGEST_LABEL))), select];
}

/** Feishu refuses two options of one value, and an empty one. */
function distinct<O extends { readonly value: string }>(options: readonly O[]): readonly O[] {
  const seen = new Set([""]);
  return options.filter(({ value }) => !seen.has(value) && seen.add(value));
}
