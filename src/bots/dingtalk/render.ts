import { type Button, type Card, decodeAction } from "../../core/card.ts";
import { fitCard } from "../../core/fit-card.ts";
import { renderBody } from "./body.ts";
import { DINGTALK_CARD } from "./card-abilities.ts";
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
 * body. A form that one variable cannot hold is asked for in the chat; buttons that find no room are named in the body.
 */
export function renderCard(card: Card<string>, version: number | null): CardVariables {
  const { fitted, buttons } = withButtons(withForm(fitCard(card, DINGTALK_CARD)));
  const form = fitted.controls.find((control) => control.type === "form") ?? null;
  const submit = form?.submit ?? null;
  return {
    title: shortened(fitted.title, VARIABLE_BYTES, oneLine),
    tone: fitted.tone,
    subtitle: shortened(fitted.subtitle ?? "", VARIABLE_BYTES, oneLine),
    body: renderBody(fitted),
    buttons,
    form: renderForm(form?.fields ?? []) ?? NO_FORM,
    form_action: submit?.action ?? "",
    form_label: clipped(oneLine(submit?.label ?? ""), 20),
    form_color: COLORS[submit?.style ?? "default"],
    has_form: String(submit !== null),
    version: String(version ?? shownVersion(card) ?? ""),
  };
}

const NO_FORM = '{"fields":[]}';

/** With its form only if one variable holds it. */
function withForm(card: Card<string>): Card<string> {
  const isTooLong = card.controls.some(
    (control) => control.type === "form" && renderForm(control.fields) === null,
  );
  if (!isTooLong) return card;
  return fitCard(card, { ...DINGTALK_CARD, forms: { ...DINGTALK_CARD.forms, most: 0 } });
}

/** With as many buttons as one variable holds. */
function withButtons(card: Card<string>): { fitted: Card<string>; buttons: string } {
  for (let most = DINGTALK_CARD.buttons.most; most > 0; most--) {
    const can = { ...DINGTALK_CARD, buttons: { ...DINGTALK_CARD.buttons, most } };
    const fitted = fitCard(card, can);
    const buttons = renderButtons(fitted.controls.filter((control) => control.type === "button"));
    if (buttons !== null) return { fitted, buttons };
  }
  return { fitted: card, buttons: "[]" };
}

function renderButtons(buttons: readonly Button<string>[]): string | null {
  for (const size of BUTTON_SIZES) {
    const list = JSON.stringify(buttons.map((button) => entry(button, size)));
    if (byteLength(list) <= VARIABLE_BYTES) return list;
  }
  return null;
}

function entry(button: Button<string>, size: (typeof BUTTON_SIZES)[number]): CardButton {
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
