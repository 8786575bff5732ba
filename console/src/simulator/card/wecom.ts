import { type Fields, fieldsOf, listOf, textOf, webAddress } from "./payload.ts";
import {
  type ButtonLook,
  type ButtonView,
  type CardPart,
  type CardView,
  type Hue,
  UNREADABLE,
} from "./view.ts";

const LOOKS: readonly ButtonLook[] = ["primary", "default", "danger", "quiet"]; // styles 1 to 4

const SOURCE_HUES: readonly Hue[] = ["grey", "grey", "red", "green"]; // desc_color 0 to 3; 1 is black

/** Read a WeCom template card (WeCom docs 90236): buttons, lists of choices, and notices that only open a page. */
export function wecomCard(native: unknown): CardView {
  const outer = fieldsOf(native);
  const card = fieldsOf(outer.template_card ?? native);
  const source = fieldsOf(card.source);
  const main = fieldsOf(card.main_title);
  const emphasis = fieldsOf(card.emphasis_content);
  const title = textOf(main.title) ?? textOf(emphasis.title) ?? textOf(card.sub_title_text);
  if (title === null) return UNREADABLE;
  return {
    hue: SOURCE_HUES[Number(source.desc_color)] ?? "grey",
    source: textOf(source.desc),
    title,
    href: webAddress(fieldsOf(card.card_action).url),
    subtitle: textOf(main.desc),
    parts: [...texts(card, title), ...controls(card), ...links(card)],
  };
}

function texts(card: Fields, title: string): CardPart[] {
  const sub = textOf(card.sub_title_text);
  const fields = listOf(card.horizontal_content_list).map((one) => ({
    label: textOf(one.keyname) ?? "",
    value: textOf(one.value) ?? "",
    href: one.type === 1 ? webAddress(one.url) : null,
    ...personOf(one),
  }));
  const quote = textOf(fieldsOf(card.quote_area).quote_text);
  return [
    ...(quote === null ? [] : [{ type: "quote", text: quote } as const]),
    ...(sub === null || sub === title ? [] : [{ type: "plain", text: sub, small: false } as const]),
    ...(fields.length === 0 ? [] : [{ type: "fields", fields } as const]),
  ];
}

/** A member, whom the row shows as one. */
function personOf(one: Fields): { person?: string } {
  const userid = textOf(one.userid);
  return one.type === 3 && userid !== null ? { person: userid } : {};
}

/** The entries of the menu behind the card's three dots. */
function menu(card: Fields): ButtonView[] {
  return listOf(fieldsOf(card.action_menu).action_list).map((one) => ({
    label: textOf(one.text) ?? "",
    look: "quiet",
    wide: false,
    does: doing(one, false),
    confirm: null,
  }));
}

/** Choices are sent along with whichever button is pressed, so all of them share one form. */
function controls(card: Fields): CardPart[] {
  const asked = [card.button_selection, card.checkbox];
  const choices = [...listOf(asked), ...listOf(card.select_list)].map(choice);
  const replaced = textOf(card.replace_text);
  const buttons = replaced === null ? pressable(card, choices.length > 0) : [dead(replaced)];
  if (buttons.length === 0 && choices.length === 0) return [];
  const row: CardPart = { type: "buttons", buttons };
  const shown: CardPart =
    choices.length === 0 ? row : { type: "form", name: "choices", parts: [...choices, row] };
  const more = menu(card);
  return more.length === 0 ? [shown] : [shown, { type: "menu", buttons: more }];
}

function pressable(card: Fields, submits: boolean): ButtonView[] {
  return listOf([...listOf(card.button_list), card.submit_button]).map((one, index) => ({
    label: textOf(one.text) ?? "",
    look: lookOf(one.style, index),
    wide: false,
    does: doing(one, submits),
    confirm: null,
  }));
}

function doing(one: Fields, submits: boolean): ButtonView["does"] {
  const url = webAddress(one.url);
  if (one.type === 1 && url !== null) return { type: "open", url };
  const key = textOf(one.key);
  return key === null ? { type: "nothing" } : { type: "press", button: key, submits };
}

function dead(label: string): ButtonView {
  return { label, look: "quiet", wide: false, does: { type: "nothing" }, confirm: null };
}

/** WeCom preselects the first option of a list when none is named; of check boxes (mode 1) none is. */
function choice(one: Fields): CardPart {
  const options = listOf(one.option_list).map((option) => ({
    value: textOf(option.id) ?? "",
    label: textOf(option.text) ?? "",
  }));
  const isMulti = one.mode === 1;
  const first = isMulti ? null : (options[0]?.value ?? null);
  return {
    type: "field",
    field: {
      name: textOf(one.question_key) ?? "",
      label: textOf(one.title),
      placeholder: null,
      required: false,
      initial: textOf(one.selected_id) ?? first,
      input: { type: isMulti ? "multi" : "select", options },
    },
  };
}

function links(card: Fields): CardPart[] {
  const jumps = listOf(card.jump_list).flatMap((one): ButtonView[] => {
    const url = webAddress(one.url);
    return url === null ? [] : [link(textOf(one.title) ?? url, url)];
  });
  return jumps.length === 0 ? [] : [{ type: "rule" }, { type: "buttons", buttons: jumps }];
}

function link(label: string, url: string): ButtonView {
  return { label, look: "quiet", wide: false, does: { type: "open", url }, confirm: null };
}

function lookOf(style: unknown, index: number): ButtonLook {
  const chosen = typeof style === "number" ? LOOKS[style - 1] : undefined;
  return chosen ?? (index === 0 ? "primary" : "default");
}
