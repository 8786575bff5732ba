import { type Card, type Control, decodeAction } from "../../core/card.ts";
import { renderBody } from "./body.ts";
import { renderForm } from "./form.ts";
import { oneLine } from "./markdown.ts";
import { byteLength, clipped, shortened, VARIABLE_BYTES } from "./shorten.ts";

/** The variables of our template: all of them in every card, because an update leaves out what it does not name. */
export type CardVariables = Readonly<Record<CardVariable, string>>;
export type CardVariable =
  | "title"
  | "tone"
  | "subtitle"
  | "body"
  | "buttons"
  | "form"
  | "form_action"
  | "form_label"
  | "form_color"
  | "has_form"
  | "version";

/** The variables that only the answer to a click fills, for the clicker alone. */
export type PrivateVariable = "toast" | "toast_tone" | "toast_version";

/** One entry of the variable `buttons`. */
export type CardButton = {
  readonly text: string;
  /** As the template's button component takes it. */
  readonly color: "blue" | "gray" | "red";
  readonly action: string;
  readonly confirm?: string;
};

type Button = Extract<Control<string>, { readonly type: "button" }>;

const COLORS = { default: "gray", primary: "blue", danger: "red" } as const;

/** How long a button's words and question may be, tried in this order until all buttons fit into one variable. */
const BUTTON_SIZES = [
  { text: 20, confirm: 40 },
  { text: 10, confirm: 20 },
  { text: 6, confirm: 10 },
] as const;

/**
 * A card as the variables of `card-template.json`; long words end in an ellipsis.
 *
 * `version` is the ticket version that the card shows; null takes it from the card's own actions. Links stand in the
 * body, and of several forms only the first is shown.
 */
export function renderCard(card: Card<string>, version: number | null): CardVariables {
  const form = card.controls.find((control) => control.type === "form") ?? null;
  const rendered = form === null ? null : renderForm(form.fields);
  const submit = rendered === null ? null : (form?.submit ?? null);
  return {
    title: shortened(card.title, VARIABLE_BYTES, oneLine),
    tone: card.tone,
    subtitle: shortened(card.subtitle ?? "", VARIABLE_BYTES, oneLine),
    body: renderBody(card),
    buttons: renderButtons(card.controls.filter((control) => control.type === "button")),
    form: rendered ?? '{"fields":[]}',
    form_action: submit?.action ?? "",
    form_label: clipped(oneLine(submit?.label ?? ""), 20),
    form_color: COLORS[submit?.style ?? "default"],
    has_form: String(submit !== null),
    version: String(version ?? shownVersion(card) ?? ""),
  };
}

function renderButtons(buttons: readonly Button[]): string {
  for (const size of BUTTON_SIZES) {
    const list = JSON.stringify(buttons.map((button) => entry(button, size)));
    if (byteLength(list) <= VARIABLE_BYTES) return list;
  }
  return renderButtons(buttons.slice(0, -1));
}

function entry(button: Button, size: (typeof BUTTON_SIZES)[number]): CardButton {
  const { label, style, action, confirm } = button;
  return {
    text: clipped(oneLine(label), size.text),
    color: COLORS[style],
    action,
    ...(confirm === null ? {} : { confirm: clipped(oneLine(confirm), size.confirm) }),
  };
}

function shownVersion(card: Card<string>): number | null {
  for (const control of card.controls) {
    if (control.type === "link") continue;
    const action = control.type === "form" ? control.submit.action : control.action;
    const version = decodeAction(action)?.version;
    if (version !== undefined) return version;
  }
  return null;
}
