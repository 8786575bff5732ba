import {
  askAction,
  type Button,
  type Control,
  type Form,
  type FormField,
  type Option,
} from "../../core/card.ts";
import { WECOM_CARD } from "./card-abilities.ts";
import type { CardNode } from "./render.ts";
import { byteLength, clipped, oneLine } from "./shorten.ts";

const KEY_BYTES = 1024;

/**
 * The first option of every list. WeCom preselects one and sends it with any button, so without this one somebody
 * would have chosen before they chose.
 */
export const NO_CHOICE = "-";

/** 1 stands out, 2 does not; the docs show the four styles only as a picture. WeCom docs: 94888. */
const STYLES = { primary: 1, default: 2, danger: 3 } as const;

/** What a card can be operated with: the parts of a button card, of a card of lists or check boxes, or of none. */
export type Controls =
  | { readonly type: "buttons"; readonly parts: CardNode }
  | {
      readonly type: "choices";
      readonly card: "multiple_interaction" | "vote_interaction";
      readonly parts: CardNode;
    }
  | { readonly type: "none" };

type Choice = Extract<FormField<string>, { readonly type: "select" | "multi_select" }>;
type Pressed = Pick<Button<string>, "label" | "style" | "action" | "folded">;

/**
 * The controls of a fitted card: a form alone is a card of lists or check boxes, and everything else up to 6 buttons, 3
 * menu entries and a list. A form with a name or options that WeCom would refuse is asked for in the chat.
 */
export function readControls(controls: readonly Control<string>[]): Controls {
  const usable = controls.map(asked);
  const [only] = usable;
  if (only?.type === "form" && usable.length === 1 && isKey(only.submit.action)) {
    return choiceControls(only);
  }
  const form = usable.find((control) => control.type === "form");
  const buttons = uniqueKeys(usable.filter((control) => control.type === "button"));
  return buttonControls(buttons, form ?? null);
}

/** The form itself where all that is required can be chosen; else the button that asks for it. */
function asked(control: Control<string>): Control<string> {
  if (control.type !== "form") return control;
  const fields = choicesOf(control);
  const names = new Set(fields.map(({ name }) => name));
  const isNeeded = control.fields.some(({ name, required }) => required && !names.has(name));
  if (!isNeeded && fields.length > 0) return { ...control, fields };
  const { label, style, action } = control.submit;
  const press = isNeeded ? (askAction(action) ?? action) : action;
  const folded = control.folded === true ? { folded: control.folded } : {};
  return { type: "button", label, style, action: press, confirm: null, ...folded };
}

function choiceControls(form: Form<string>): Controls {
  const choices = choicesOf(form);
  const { label, action } = form.submit;
  const submit = { submit_button: { text: buttonText(label), key: action } };
  const [boxes] = choices;
  if (boxes?.type === "multi_select") {
    return {
      type: "choices",
      card: "vote_interaction",
      parts: { checkbox: renderBoxes(boxes), ...submit },
    };
  }
  return {
    type: "choices",
    card: "multiple_interaction",
    parts: { select_list: choices.map(renderSelect), ...submit },
  };
}

function buttonControls(buttons: readonly Pressed[], form: Form<string> | null): Controls {
  const submits = form === null ? [] : [form.submit];
  const room = WECOM_CARD.buttons.most - submits.length;
  const open = buttons.filter(({ folded }) => folded !== true);
  const front = uniqueKeys([...open.slice(0, room), ...submits]);
  if (front.length === 0) return { type: "none" };
  const menu = buttons.filter(({ folded }) => folded).slice(0, WECOM_CARD.buttons.menu);
  const [select] = form === null ? [] : choicesOf(form);
  return {
    type: "buttons",
    parts: {
      ...(select === undefined ? {} : { button_selection: renderSelect(select) }),
      button_list: front.map((button) => ({
        text: buttonText(button.label),
        style: STYLES[button.style],
        key: button.action,
      })),
      ...(menu.length === 0 ? {} : { action_menu: { action_list: menu.map(menuEntry) } }),
    },
  };
}

function menuEntry(button: Pressed): CardNode {
  return { text: buttonText(button.label), key: button.action };
}

function choicesOf(form: Form<string>): Choice[] {
  const names = new Set<string>();
  return form.fields.flatMap((field) => {
    if (field.type !== "select" && field.type !== "multi_select") return [];
    if (!isKey(field.name) || names.has(field.name) || optionsOf(field).length === 0) return [];
    names.add(field.name);
    return [field];
  });
}

function renderSelect(select: Choice): CardNode {
  return {
    question_key: select.name,
    title: titleOf(select),
    selected_id: NO_CHOICE,
    option_list: [{ id: NO_CHOICE, text: "—" }, ...optionsOf(select)],
  };
}

/** Mode 1 lets several be checked. WeCom docs: 90236. */
function renderBoxes(boxes: Choice): CardNode {
  return {
    question_key: boxes.name,
    option_list: optionsOf(boxes),
    mode: 1,
  };
}

function titleOf({ label }: Choice): string {
  return clipped(oneLine(label), WECOM_CARD.limits.question);
}

function optionsOf(choice: Choice): { id: string; text: string }[] {
  return choice.options
    .filter(({ value }: Option<string>) => value !== NO_CHOICE)
    .map(({ value, label }) => ({
      id: value,
      text: clipped(oneLine(label), WECOM_CARD.limits.option) || clipped(value, 16),
    }));
}

function uniqueKeys<B extends Pressed>(buttons: readonly B[]): B[] {
  const keys = new Set<string>();
  return buttons.filter(({ action }) => {
    const isNew = isKey(action) && !keys.has(action);
    keys.add(action);
    return isNew;
  });
}

function buttonText(label: string): string {
  return clipped(oneLine(label), WECOM_CARD.limits.button) || "…";
}

function isKey(key: string): boolean {
  return key !== "" && byteLength(key) <= KEY_BYTES;
}
