import { type Fields, fieldsOf, jsonOf, listOf, textOf, webAddress } from "./payload.ts";
import {
  type ButtonLook,
  type ButtonView,
  type CardPart,
  type CardView,
  type FieldView,
  HUES,
  type Hue,
  UNREADABLE,
} from "./view.ts";

/** Read a Feishu card, JSON 2.0 (Feishu docs: card-json-v2-structure). A payload may also come as JSON text. */
export function feishuCard(native: unknown): CardView {
  const card = fieldsOf(typeof native === "string" ? jsonOf(native) : native);
  const header = fieldsOf(card.header);
  const title = words(header.title);
  const elements = fieldsOf(card.body).elements;
  if (title === null && !Array.isArray(elements)) return UNREADABLE;
  return {
    hue: hueOf(header.template),
    source: null,
    title: title ?? "",
    href: null,
    subtitle: words(header.subtitle),
    parts: parts(elements),
  };
}

function parts(elements: unknown): CardPart[] {
  return listOf(elements).flatMap(part);
}

function part(element: Fields): CardPart[] {
  const tag = textOf(element.tag) ?? "?";
  switch (tag) {
    case "markdown":
      return rich(element);
    case "div":
      return divParts(element);
    case "hr":
      return [{ type: "rule" }];
    case "column_set":
      return [{ type: "columns", columns: listOf(element.columns).map(column) }];
    case "button":
      return [{ type: "buttons", buttons: [button(element)] }];
    case "form":
      return [{ type: "form", name: textOf(element.name) ?? "", parts: parts(element.elements) }];
    case "collapsible_panel":
      return [folded(element)];
    case "img":
      return [{ type: "image", url: webAddress(element.img_url), alt: words(element.alt) ?? "" }];
    default: {
      const shown = field(element, tag);
      return [shown ?? { type: "unsupported", kind: tag }];
    }
  }
}

/** A panel that is closed at first; we fold nothing but buttons. */
function folded({ header, elements }: Fields): CardPart {
  return { type: "fold", title: words(fieldsOf(header).title) ?? "⋯", parts: parts(elements) };
}

function rich(element: Fields): CardPart[] {
  const text = textOf(element.content);
  if (text === null) return [];
  return [{ type: "rich", text, small: element.text_size === "notation" }];
}

function divParts(element: Fields): CardPart[] {
  const texts = [element.text, ...listOf(element.fields).map((item) => item.text)];
  return texts.flatMap((item): CardPart[] => {
    const { tag, content, text_size: size } = fieldsOf(item);
    const text = textOf(content);
    if (text === null) return [];
    return [{ type: tag === "lark_md" ? "rich" : "plain", text, small: size === "notation" }];
  });
}

function column(element: Fields) {
  const weight = typeof element.weight === "number" ? element.weight : 1;
  return {
    weight: element.width === "weighted" ? weight : null,
    parts: parts(element.elements),
  };
}

function button(element: Fields): ButtonView {
  const ask = fieldsOf(element.confirm);
  const question = words(ask.text) ?? words(ask.title);
  return {
    label: words(element.text) ?? "",
    look: lookOf(element.type),
    wide: element.width === "fill",
    does: element.disabled === true ? { type: "nothing" } : doing(element),
    confirm: question === null ? null : { title: words(ask.title), text: question },
  };
}

function doing(element: Fields): ButtonView["does"] {
  const submits = element.form_action_type === "submit";
  for (const behavior of listOf(element.behaviors)) {
    const action = textOf(fieldsOf(behavior.value).action);
    if (behavior.type === "callback" && action !== null) {
      return { type: "press", button: action, submits };
    }
    const url = webAddress(behavior.default_url);
    if (behavior.type === "open_url" && url !== null) return { type: "open", url };
  }
  return { type: "nothing" };
}

function field(element: Fields, tag: string): CardPart | null {
  const input = inputOf(element, tag);
  if (input === null) return null;
  return {
    type: "field",
    field: {
      name: textOf(element.name) ?? "",
      label: words(element.label),
      placeholder: words(element.placeholder),
      required: element.required === true,
      initial: textOf(element.default_value) ?? textOf(element.initial_option),
      input,
    },
  };
}

/** What is entered in an element; null when it is none in which something is. */
function inputOf(element: Fields, tag: string): FieldView["input"] | null {
  const named = listOf(element.options).map((option) => ({
    value: textOf(option.value) ?? "",
    label: words(option.text) ?? "",
  }));
  const people = named.map(({ value }) => ({ value, label: null }));
  switch (tag) {
    case "input":
      return { type: "text", multiline: element.input_type === "multiline_text" };
    case "select_static":
      return { type: "select", options: named };
    case "multi_select_static":
      return { type: "multi", options: named };
    case "select_person":
      return { type: "select", options: people };
    case "multi_select_person":
      return { type: "multi", options: people };
    case "picker_datetime":
      return { type: "datetime" };
    default:
      return null;
  }
}

/** The text of Feishu's text objects, plain or marked up. */
function words(value: unknown): string | null {
  return textOf(fieldsOf(value).content);
}

function hueOf(template: unknown): Hue {
  return HUES.find((hue) => hue === template) ?? "grey";
}

function lookOf(type: unknown): ButtonLook {
  const name = textOf(type) ?? "default";
  if (name.startsWith("primary")) return "primary";
  if (name.startsWith("danger")) return "danger";
  return name === "text" ? "quiet" : "default";
}
