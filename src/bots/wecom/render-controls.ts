import type { Control, FormField } from "../../core/card.ts";
import type { CardNode } from "./render.ts";
import { byteLength, clipped, oneLine } from "./shorten.ts";

const BUTTONS = 6;
const MENU_ENTRIES = 3;
const SELECTS = 3;
const OPTIONS = 10;
const TEXT = { button: 10, option: 16, select: 12 } as const;
const KEY_BYTES = 1024;
const OPTION_ID_BYTES = 128;

/**
 * The first option of every list. WeCom preselects one and sends it with any button, so without this one somebody
 * would have chosen before they chose.
 */
export const NO_CHOICE = "-";

/** 1 stands out, 2 does not; the docs show the four styles only as a picture. WeCom docs: 94888. */
const STYLES = { primary: 1, default: 2, danger: 3 } as const;

/** What a card can be operated with: the parts of a button card, of a card of lists, or of none. */
export type Controls =
  | { readonly type: "buttons"; readonly parts: CardNode }
  | { readonly type: "selects"; readonly parts: CardNode }
  | { readonly type: "none" };

type Form = Extract<Control<string>, { readonly type: "form" }>;
type Select = Extract<FormField<string>, { readonly type: "select" }>;
type Button = {
  readonly label: string;
  readonly style: keyof typeof STYLES;
  readonly action: string;
};

/**
 * Choose what fits: a lone form of lists becomes a card of up to 3 lists, everything else up to 6 buttons, 3 menu
 * entries and the first list of the first form. A form whose required fields cannot be shown is left out.
 */
export function readControls(controls: readonly Control<string>[]): Controls {
  const buttons = controls.flatMap((control) => (control.type === "button" ? [control] : []));
  const forms = controls.flatMap((control) => (control.type === "form" ? [control] : []));
  const [form] = forms;
  if (buttons.length === 0 && forms.length === 1 && form !== undefined) {
    const selects = selectsOf(form).slice(0, SELECTS);
    if (selects.length > 0 && canBeFilled(form, selects)) return selectControls(form, selects);
  }
  return buttonControls(buttons, forms);
}

function selectControls(form: Form, selects: readonly Select[]): Controls {
  const { label, action } = form.submit;
  if (!isKey(action)) return { type: "none" };
  return {
    type: "selects",
    parts: {
      select_list: selects.map(renderSelect),
      submit_button: { text: buttonText(label), key: action },
    },
  };
}

function buttonControls(buttons: readonly Button[], forms: readonly Form[]): Controls {
  const selectOf = (form: Form) => selectsOf(form).slice(0, 1);
  const asking = forms.find(
    (form) => selectsOf(form).length > 0 && canBeFilled(form, selectOf(form)),
  );
  const select = asking === undefined ? undefined : selectOf(asking)[0];
  const submits = forms
    .filter((form) => form === asking || canBeFilled(form, []))
    .map((form) => form.submit);
  const all = uniqueKeys([...buttons, ...submits]);
  if (all.length === 0) return { type: "none" };
  const menu = all.slice(BUTTONS, BUTTONS + MENU_ENTRIES);
  return {
    type: "buttons",
    parts: {
      ...(select === undefined ? {} : { button_selection: renderSelect(select) }),
      button_list: all.slice(0, BUTTONS).map((button) => ({
        text: buttonText(button.label),
        style: STYLES[button.style],
        key: button.action,
      })),
      ...(menu.length === 0 ? {} : { action_menu: { action_list: menu.map(menuEntry) } }),
    },
  };
}

function menuEntry(button: Button): CardNode {
  return { text: buttonText(button.label), key: button.action };
}

/** Can everything that is required be filled in with these lists alone? */
function canBeFilled(form: Form, shown: readonly Select[]): boolean {
  return form.fields.every(
    (field) => !field.required || shown.some((select) => select.name === field.name),
  );
}

function selectsOf(form: Form): Select[] {
  const names = new Set<string>();
  return form.fields.flatMap((field) => {
    if (field.type !== "select" || !isKey(field.name) || names.has(field.name)) return [];
    if (optionsOf(field).length === 0) return [];
    names.add(field.name);
    return [field];
  });
}

function renderSelect(select: Select): CardNode {
  return {
    question_key: select.name,
    title: clipped(oneLine(select.label), TEXT.select),
    selected_id: NO_CHOICE,
    option_list: [{ id: NO_CHOICE, text: "—" }, ...optionsOf(select)],
  };
}

function optionsOf(select: Select) {
  const ids = new Set<string>([NO_CHOICE]);
  return select.options
    .filter(({ value }) => {
      const isUsable = value !== "" && byteLength(value) <= OPTION_ID_BYTES && !ids.has(value);
      ids.add(value);
      return isUsable;
    })
    .slice(0, OPTIONS - 1)
    .map(({ value, label }) => ({
      id: value,
      text: clipped(oneLine(label), TEXT.option) || value,
    }));
}

function uniqueKeys(buttons: readonly Button[]): Button[] {
  const keys = new Set<string>();
  return buttons.filter(({ action }) => {
    const isNew = isKey(action) && !keys.has(action);
    keys.add(action);
    return isNew;
  });
}

function buttonText(label: string): string {
  return clipped(oneLine(label), TEXT.button) || "…";
}

function isKey(key: string): boolean {
  return key !== "" && byteLength(key) <= KEY_BYTES;
}
