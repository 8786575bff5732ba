import type { Card, CardField, Control, FormField, Tone } from "../../../../src/core/card.ts";
import { webAddress } from "./payload.ts";
import type { ButtonView, CardPart, CardView, FieldPair, FieldView, Hue } from "./view.ts";

const HUE_OF_TONE: Readonly<Record<Tone, Hue>> = {
  neutral: "grey",
  info: "blue",
  success: "green",
  warning: "orange",
  danger: "red",
};

/** The head's colour for one of the house's own tones; grey for a word that is none. */
export function hueOfTone(tone: unknown): Hue {
  return typeof tone === "string" && Object.hasOwn(HUE_OF_TONE, tone)
    ? HUE_OF_TONE[tone as Tone]
    : "grey";
}

/** Draw the house's own card, which the web chat gets as it is. */
export function houseCard(card: Card<string>): CardView {
  return {
    hue: hueOfTone(card.tone),
    source: null,
    title: card.title,
    href: null,
    subtitle: card.subtitle,
    parts: [...card.blocks.map(block), ...controls(card.controls)],
  };
}

function block(one: Card<string>["blocks"][number]): CardPart {
  switch (one.type) {
    case "markdown":
      return { type: "rich", text: one.text, small: false };
    case "image":
      return { type: "image", url: webAddress(one.url), alt: one.alt };
    case "paragraph":
      return { type: "plain", text: one.text, small: false };
    case "note":
      return { type: "plain", text: one.text, small: true };
    case "fields":
      return { type: "fields", fields: one.fields.map(pair) };
    case "divider":
      return { type: "rule" };
  }
}

function pair({ label, value }: CardField<string>): FieldPair {
  return { label, value, href: null };
}

/** Buttons that follow each other stand in one row. */
function controls(all: readonly Control<string>[]): CardPart[] {
  const found: CardPart[] = [];
  let row: ButtonView[] = [];
  const endRow = () => {
    if (row.length > 0) found.push({ type: "buttons", buttons: row });
    row = [];
  };
  for (const control of all) {
    if (control.type === "form") {
      endRow();
      found.push(form(control));
    } else if (control.type === "reply") {
      endRow();
      found.push({ type: "plain", text: control.label, small: false });
    } else {
      row.push(button(control));
    }
  }
  endRow();
  return found;
}

function button(control: Exclude<Control<string>, { type: "form" | "reply" }>): ButtonView {
  if (control.type === "link") {
    const url = webAddress(control.url);
    return {
      label: control.label,
      look: "default",
      wide: false,
      does: url === null ? { type: "nothing" } : { type: "open", url },
      confirm: null,
    };
  }
  return {
    label: control.label,
    look: control.style,
    wide: false,
    does: { type: "press", button: control.action, submits: false },
    confirm: control.confirm === null ? null : { title: null, text: control.confirm },
  };
}

function form(control: Extract<Control<string>, { type: "form" }>): CardPart {
  const submit: ButtonView = {
    label: control.submit.label,
    look: control.submit.style,
    wide: false,
    does: { type: "press", button: control.submit.action, submits: true },
    confirm: null,
  };
  return {
    type: "form",
    name: control.name,
    parts: [
      ...control.fields.map((one): CardPart => ({ type: "field", field: field(one) })),
      { type: "buttons", buttons: [submit] },
    ],
  };
}

function field(one: FormField<string>): FieldView {
  return {
    name: one.name,
    label: one.label,
    placeholder: one.type === "text" ? (one.placeholder ?? null) : null,
    required: one.required,
    initial: null,
    input: input(one),
  };
}

function input(one: FormField<string>): FieldView["input"] {
  switch (one.type) {
    case "text":
      return { type: "text", multiline: one.multiline };
    case "select":
      return { type: "select", options: one.options };
    case "multi_select":
      return { type: "multi", options: one.options };
    case "person":
      return { type: "select", options: one.people };
    case "datetime":
      return { type: "datetime" };
  }
}
