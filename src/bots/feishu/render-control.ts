import type { Button, Card, Control, Form } from "../../core/card.ts";
import { columns, div, type Native, plain } from "./native-card.ts";
import { renderField } from "./render-field.ts";

type Names = (wanted: string) => string;
type Link = Extract<Control<string>, { readonly type: "link" }>;

/**
 * All controls but the folded buttons: buttons and links that follow each other share a row, a form stands alone at the
 * card's root.
 */
export function renderControls(
  controls: readonly Control<string>[],
  name: Names,
): readonly Native[] {
  const elements: Native[] = [];
  let row: Native[] = [];
  const close = () => {
    const cells = row.map((button) => [button]);
    if (row.length > 0) elements.push(columns("flow", cells));
    row = [];
  };
  for (const control of controls) {
    if (control.type === "button") {
      if (control.folded !== true) row.push(button(control));
    } else if (control.type === "link") row.push(link(control));
    else {
      close();
      if (control.type === "form") elements.push(form(control, name));
    }
  }
  close();
  return elements;
}

/** The folded buttons, in a panel that is closed at first. Feishu docs: collapsible panel of card JSON 2.0. */
export function renderMenu({ controls, more = "⋯" }: Card<string>): readonly Native[] {
  const cells = controls.flatMap((control) =>
    control.type === "button" && control.folded === true ? [[button(control)]] : [],
  );
  if (cells.length === 0) return [];
  const header = { title: plain(more) };
  return [
    { tag: "collapsible_panel", expanded: false, header, elements: [columns("flow", cells)] },
  ];
}

function carry(action: string): Native["behaviors"] {
  return [{ type: "callback", value: { action } }];
}

function button(control: Button<string>): Native {
  const text = plain(control.label);
  const asks = { title: text, text: plain(control.confirm ?? "") };
  return {
    tag: "button",
    text,
    type: control.style,
    ...(control.confirm === null ? {} : { confirm: asks }),
    behaviors: carry(control.action),
  };
}

/** Feishu opens only web addresses, so any other one is shown and not linked. */
function link(control: Link): Native {
  if (!isWebAddress(control.url)) return div(plain(`${control.label} ${control.url}`));
  const behaviors = [{ type: "open_url", default_url: control.url }];
  return { tag: "button", text: plain(control.label), type: "text", behaviors };
}

function isWebAddress(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url).protocol);
  } catch {
    return false;
  }
}

function form(control: Form<string>, name: Names): Native {
  const fields = control.fields.flatMap((field) => renderField(field, name));
  const { submit } = control;
  const send: Native = {
    tag: "button",
    text: plain(submit.label),
    type: submit.style,
    form_action_type: "submit",
    name: name("submit"),
    behaviors: carry(submit.action),
  };
  return { tag: "form", name: name(control.name), elements: [...fields, send] };
}
