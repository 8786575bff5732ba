import { BUTTON_SIZES, BUTTON_TYPES, TEXT_ATTRIBUTES } from "./card-attributes.ts";
import {
  badShape,
  expectKnown,
  expectList,
  expectObject,
  expectOneOf,
  expectText,
} from "./card-flaw.ts";
import { isObject, type JsonObject } from "./shape.ts";

/** Throw a `CardFlaw` when what stands inside one element (its children apart) is not as the vendor wants it. */
export function checkElement(element: JsonObject, path: string, inForm: boolean): void {
  switch (element.tag) {
    case "markdown":
      expectText(element.content, `${path} -> content`);
      return;
    case "div":
      if (element.text !== undefined) checkText(element.text, `${path} -> text`);
      return;
    case "img":
      if (expectText(element.img_key, `${path} -> img_key`) === "") {
        throw badShape(path, "img_key is empty");
      }
      if (element.alt !== undefined) checkText(element.alt, `${path} -> alt`);
      return;
    case "button":
      checkButton(element, path, inForm);
      return;
    case "input":
      checkInput(element, path, inForm);
      return;
    case "select_static":
    case "multi_select_static":
      checkOptions(element, path);
      return;
    case "select_person":
    case "multi_select_person":
      checkPeople(element, path);
      return;
    case "picker_datetime":
      checkMoment(element, path);
      return;
  }
}

/** Without options everybody in the chat can be chosen; with them, each by an id. Feishu docs: select_person. */
function checkPeople(select: JsonObject, path: string): void {
  if (select.options !== undefined) {
    for (const [index, each] of expectList(select.options, `${path} -> options`).entries()) {
      const at = `${path} -> options -> [${index}]`;
      const option = expectObject(each, at);
      expectKnown(option, new Set(["value"]), at);
      if (expectText(option.value, `${at} -> value`) === "") throw badShape(at, "empty value");
    }
  }
  if (select.placeholder !== undefined) checkText(select.placeholder, `${path} -> placeholder`);
  checkBehaviors(select.behaviors, `${path} -> behaviors`);
}

/** What is shown before somebody chooses is needed. Feishu docs: date-time-picker. */
function checkMoment(picker: JsonObject, path: string): void {
  const initial = picker.initial_datetime;
  if (initial === undefined) checkText(picker.placeholder, `${path} -> placeholder`);
  else if (!/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(expectText(initial, path))) {
    throw badShape(path, "initial_datetime must be yyyy-MM-dd HH:mm");
  }
  checkBehaviors(picker.behaviors, `${path} -> behaviors`);
}

/** Throw unless the value is a text object. */
export function checkText(value: unknown, path: string): void {
  const text = expectObject(value, path);
  expectKnown(text, TEXT_ATTRIBUTES, path);
  if (text.tag !== "plain_text" && text.tag !== "lark_md") {
    throw badShape(path, "expected the tag plain_text or lark_md");
  }
  expectText(text.content, `${path} -> content`);
}

function checkButton(button: JsonObject, path: string, inForm: boolean): void {
  if (button.text !== undefined) checkText(button.text, `${path} -> text`);
  expectOneOf(button.type, BUTTON_TYPES, `${path} -> type`);
  expectOneOf(button.size, BUTTON_SIZES, `${path} -> size`);
  const action = button.form_action_type;
  expectOneOf(action, new Set(["submit", "reset"]), `${path} -> form_action_type`);
  if (action !== undefined && !inForm) {
    throw badShape(path, "form_action_type is only supported inside a form");
  }
  if (button.confirm !== undefined) checkConfirm(button.confirm, `${path} -> confirm`);
  checkBehaviors(button.behaviors, `${path} -> behaviors`);
}

function checkInput(input: JsonObject, path: string, inForm: boolean): void {
  if (input.required !== undefined && !inForm) {
    throw badShape(path, "required is only supported inside a form");
  }
  for (const name of ["placeholder", "label"]) {
    if (input[name] !== undefined) checkText(input[name], `${path} -> ${name}`);
  }
  expectOneOf(
    input.input_type,
    new Set(["text", "multiline_text", "password"]),
    `${path} -> input_type`,
  );
  const longest = input.max_length;
  // Feishu docs: input component of card JSON 2.0.
  if (longest !== undefined && !(Number.isInteger(longest) && inRange(Number(longest), 1, 1000))) {
    throw badShape(path, "max_length must be a whole number from 1 to 1000");
  }
  checkBehaviors(input.behaviors, `${path} -> behaviors`);
}

function inRange(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function checkOptions(select: JsonObject, path: string): void {
  const seen = new Set<string>();
  for (const [index, each] of expectList(select.options, `${path} -> options`).entries()) {
    const at = `${path} -> options -> [${index}]`;
    const option = expectObject(each, at);
    expectKnown(option, new Set(["text", "icon", "value"]), at);
    checkText(option.text, `${at} -> text`);
    const value = expectText(option.value, `${at} -> value`);
    if (value === "") throw badShape(at, "empty option value");
    if (seen.has(value)) throw badShape(at, `duplicate option value ${value}`);
    seen.add(value);
  }
  if (select.placeholder !== undefined) {
    checkText(select.placeholder, `${path} -> placeholder`);
  }
  checkBehaviors(select.behaviors, `${path} -> behaviors`);
}

function checkConfirm(value: unknown, path: string): void {
  const confirm = expectObject(value, path);
  expectKnown(confirm, new Set(["title", "text"]), path);
  checkText(confirm.title, `${path} -> title`);
  checkText(confirm.text, `${path} -> text`);
}

function checkBehaviors(value: unknown, path: string): void {
  if (value === undefined) return;
  for (const [index, each] of expectList(value, path).entries()) {
    const at = `${path} -> [${index}]`;
    const behavior = expectObject(each, at);
    if (behavior.type === "callback") {
      expectKnown(behavior, new Set(["type", "value"]), at);
      if (!isObject(behavior.value) && typeof behavior.value !== "string") {
        throw badShape(at, "a callback needs a value that is an object");
      }
    } else if (behavior.type === "open_url") {
      const urls = ["default_url", "pc_url", "ios_url", "android_url"];
      expectKnown(behavior, new Set(["type", ...urls]), at);
      if (!urls.some((url) => typeof behavior[url] === "string" && behavior[url] !== "")) {
        throw badShape(at, "open_url needs a default_url");
      }
    } else {
      throw badShape(at, "expected a behavior of type callback or open_url");
    }
  }
}
