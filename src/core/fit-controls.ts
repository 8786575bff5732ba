import { askAction, type Button, type Control } from "./card.ts";
import type { CardAbilities } from "./card-abilities.ts";
import { fitForm } from "./fit-form.ts";
import { bytesOf, clip } from "./fit-text.ts";
import type { FitOptions } from "./fit-words.ts";

type Fitted = {
  readonly controls: Control<string>[];
  /** What found no room: the command for it, or its name where there is none. */
  readonly dropped: string[];
};

type Link = Extract<Control<string>, { readonly type: "link" }>;

/** Links that were buttons, and how much each matters: 0 most. What was a link before matters least. */
type Ranks = Map<Control<string>, number>;

/** The controls that a surface can show, in their order, those for its menu last. */
export function fitControls(
  given: readonly Control<string>[],
  can: CardAbilities,
  options: FitOptions,
): Fitted {
  const dropped: string[] = [];
  const ranks: Ranks = new Map();
  const pressable = fitForms(given, can, options, dropped).flatMap((control): Control<string>[] => {
    if (control.type !== "button") return [control];
    const shown = fitButton(control, can, options);
    if (shown === null) dropped.push(named(control, options));
    else if (shown.type === "link") ranks.set(shown, rank(control));
    return shown === null ? [] : [shown];
  });
  const buttons = fitButtons(pressable, can, options, dropped);
  const controls = numbered(fitLinks(buttons, ranks, can, dropped), options);
  return { controls, dropped: missing(controls, dropped, options) };
}

/** A form that cannot be shown is asked for in the chat; one that needs nothing is a button. */
function fitForms(
  given: readonly Control<string>[],
  can: CardAbilities,
  options: FitOptions,
  dropped: string[],
): Control<string>[] {
  let room = can.forms.most;
  return given.flatMap((control): Control<string>[] => {
    if (control.type !== "form") return [control];
    const isInMenu = control.folded === true && can.buttons.menu > 0;
    const fitted =
      room > 0 && !isInMenu ? fitForm(control, given.length === 1, can, options.words) : null;
    if (fitted !== null) {
      room -= 1;
      return [fitted];
    }
    const { label, style, action } = control.submit;
    const isNeeded = control.fields.some(({ required }) => required);
    const asking = isNeeded ? askAction(action) : action;
    const folded = control.folded === true ? { folded: control.folded } : {};
    if (asking !== null)
      return [{ type: "button", label, style, action: asking, confirm: null, ...folded }];
    dropped.push(clip(label, can.limits.button));
    return [];
  });
}

/** A button as this surface has it: pressed, opened or typed; null when it would open nothing. */
function fitButton(
  button: Button<string>,
  can: CardAbilities,
  options: FitOptions,
): Button<string> | Link | null {
  const { limits, buttons } = can;
  const label = clip(button.label, limits.button);
  if (buttons.press === "link") {
    const url = options.link(button.action);
    return url === null ? null : { type: "link", label, url };
  }
  const confirm =
    buttons.confirm && button.confirm !== null ? clip(button.confirm, limits.confirm) : null;
  return { ...button, label, confirm };
}

/** Where not all buttons find room, folded ones stand beside the others only up to so many in all. */
const CALM = 6;

/** As many buttons as there is room for, the primary ones first in; those for the menu are folded and stand last. */
function fitButtons(
  controls: readonly Control<string>[],
  can: CardAbilities,
  options: FitOptions,
  dropped: string[],
): Control<string>[] {
  const { most, menu, press } = can.buttons;
  const forms = controls.filter(({ type }) => type === "form").length;
  const room = can.forms.takesButton ? Math.max(0, most - forms) : most;
  const ranked = controls
    .filter((control) => control.type === "button")
    .sort((a, b) => rank(a) - rank(b));
  const plain = ranked.filter(({ folded }) => folded !== true);
  // A menu beside nothing would be all that there is.
  const open = menu === 0 || plain.length + forms === 0 ? ranked : plain;
  const front = new Set<Control<string>>(open.slice(0, beside(open.length, plain.length, room)));
  const behind = new Set<Control<string>>(
    ranked.filter((button) => !front.has(button)).slice(0, menu),
  );
  const shown: Control<string>[] = [];
  const last: Control<string>[] = [];
  for (const control of controls) {
    if (control.type !== "button") shown.push(control);
    else if (front.has(control)) shown.push(menu === 0 ? control : unfolded(control));
    else if (behind.has(control)) last.push({ ...control, folded: true });
    else dropped.push(named(control, options));
  }
  const all = [...shown, ...last];
  return press === "reply" ? all.map(asReply) : all;
}

/** How many buttons of all that could stand open do. */
function beside(all: number, plain: number, room: number): number {
  return all > room ? Math.min(room, Math.max(CALM, plain)) : room;
}

/** A command is named once, and not where a control does the same. */
function missing(
  controls: readonly Control<string>[],
  dropped: readonly string[],
  { command }: FitOptions,
): string[] {
  const known = new Set(controls.map((control) => command(actionOf(control))));
  return dropped.filter((name) => {
    const isKnown = known.has(name);
    if (name.startsWith("/")) known.add(name);
    return !isKnown;
  });
}

function actionOf(control: Control<string>): string {
  if (control.type === "link") return "";
  return control.type === "form" ? control.submit.action : control.action;
}

function rank({ style, folded }: Button<string>): number {
  if (folded === true) return 2;
  return style === "primary" ? 0 : 1;
}

function unfolded({ folded: _folded, ...button }: Button<string>): Button<string> {
  return button;
}

function asReply(control: Control<string>): Control<string> {
  if (control.type !== "button") return control;
  return { type: "reply", number: 0, label: control.label, action: control.action };
}

/** As many links as there is room for; what was a button is more than what was a link before. */
function fitLinks(
  controls: readonly Control<string>[],
  ranks: Ranks,
  can: CardAbilities,
  dropped: string[],
): Control<string>[] {
  const { links, limits } = can;
  const ranked = controls
    .filter((control) => control.type === "link")
    .filter(({ url }) => bytesOf(url) <= limits.urlBytes)
    .sort((a, b) => (ranks.get(a) ?? 3) - (ranks.get(b) ?? 3));
  const shown = new Set<Control<string>>(ranked.slice(0, links));
  return controls.flatMap((control): Control<string>[] => {
    if (control.type !== "link") return [control];
    const label = clip(control.label, limits.button);
    if (shown.has(control)) return [{ ...control, label }];
    dropped.push(label);
    return [];
  });
}

/** New replies get the numbers that follow those given before. */
function numbered(controls: readonly Control<string>[], { words }: FitOptions): Control<string>[] {
  let number = 0;
  for (const control of controls)
    if (control.type === "reply") number = Math.max(number, control.number);
  return controls.map((control) => {
    if (control.type !== "reply" || control.number > 0) return control;
    number += 1;
    return { ...control, number, label: words.reply(number, control.label) };
  });
}

function named(button: Button<string>, options: FitOptions): string {
  return options.command(button.action) ?? button.label;
}
