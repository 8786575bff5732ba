import { utf8 } from "../../wire/bytes.ts";
import { asFields, type Fields, objectsOf, textOf } from "../fields.ts";
import { WecomError } from "./wecom-error.ts";

const KEY_BYTES = 1024;
const OPTION_ID_BYTES = 128;

/** The 1 to 6 buttons of a button card, and its drop-down list. WeCom docs: 90236, 94888. */
export function checkButtons(card: Fields): void {
  const buttons = objectsOf(card, "button_list");
  if (buttons.length < 1 || buttons.length > 6) {
    throw new WecomError(40016, "button_list needs 1 to 6 entries");
  }
  const keys = new Set<string>();
  for (const button of buttons) {
    if (textOf(button, "text") === "") throw new WecomError(42038, "button_list.text is missing");
    if (button.type === 1) {
      if (textOf(button, "url") === "") throw new WecomError(42028, "button_list.url is missing");
      continue;
    }
    const key = textOf(button, "key");
    if (!isKey(key) || keys.has(key)) {
      throw new WecomError(42039, "button_list.key must be unique, 1 to 1024 bytes");
    }
    keys.add(key);
  }
  if (card.button_selection !== undefined) {
    checkChoice(asFields(card.button_selection), "button_selection", 10);
  }
}

/** A question with options of which one or more are chosen. */
export function checkChoice(choice: Fields | null, where: string, mostOptions: number): void {
  if (!isKey(textOf(choice, "question_key"))) {
    throw new WecomError(42043, `${where}.question_key must have 1 to 1024 bytes`);
  }
  const options = objectsOf(choice, "option_list");
  if (options.length < 1 || options.length > mostOptions) {
    throw new WecomError(42037, `${where}.option_list needs 1 to ${mostOptions} entries`);
  }
  const ids = new Set<string>();
  for (const option of options) {
    const id = textOf(option, "id");
    if (id === "" || utf8(id).length > OPTION_ID_BYTES || ids.has(id)) {
      throw new WecomError(42040, `${where}.option_list.id must be unique, 1 to 128 bytes`);
    }
    ids.add(id);
    if (textOf(option, "text") === "") {
      throw new WecomError(42041, `${where}.option_list.text is missing`);
    }
  }
}

/** The one button of a vote or multiple card; an update may leave it out. */
export function checkSubmitButton(card: Fields, required: boolean): void {
  if (!required && card.submit_button === undefined) return;
  const button = asFields(card.submit_button);
  if (textOf(button, "text") === "") throw new WecomError(42049, "submit_button.text is missing");
  if (!isKey(textOf(button, "key"))) {
    throw new WecomError(42046, "submit_button.key must have 1 to 1024 bytes");
  }
}

/** The menu in a card's corner: 1 to 3 entries. */
export function checkActionMenu(menu: Fields | null): void {
  const actions = objectsOf(menu, "action_list");
  if (actions.length < 1 || actions.length > 3) {
    throw new WecomError(40058, "action_menu.action_list needs 1 to 3 entries");
  }
  if (actions.some((action) => textOf(action, "text") === "" || !isKey(textOf(action, "key")))) {
    throw new WecomError(40058, "action_menu.action_list needs a text and a key in each entry");
  }
  if (new Set(actions.map((action) => action.key)).size < actions.length) {
    throw new WecomError(42051, "two entries of action_menu.action_list have the same key");
  }
}

function isKey(key: string): boolean {
  return key !== "" && utf8(key).length <= KEY_BYTES;
}
