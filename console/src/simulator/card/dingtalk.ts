import { hueOfTone } from "./house.ts";
import { type Fields, fieldsOf, jsonOf, listOf, textOf, webAddress } from "./payload.ts";
import {
  type ButtonLook,
  type ButtonView,
  type CardPart,
  type CardView,
  type FieldView,
  UNREADABLE,
} from "./view.ts";

/**
 * Read a DingTalk card as one person sees it: the variables that our template shows, and those that are this person's
 * alone. Every value is a text, structures are JSON in it (DingTalk docs: instructions-for-filling-in-api-card-data;
 * form variables: form-variables).
 */
export function dingtalkCard(native: unknown, person: string): CardView {
  const { cardParamMap, privateData, actionCard: links } = fieldsOf(native);
  if (links !== undefined) return actionCard(fieldsOf(links));
  const params = fieldsOf(cardParamMap);
  const own = fieldsOf(fieldsOf(privateData)[person]);
  const title = textOf(params.title);
  if (title === null && textOf(params.body) === null) return UNREADABLE;
  return {
    hue: hueOfTone(params.tone),
    source: null,
    title: title ?? "",
    href: null,
    subtitle: textOf(params.subtitle),
    parts: [...body(params), ...buttons(params), ...form(params), ...toastLine(params, own)],
  };
}

/** Markdown with links below it. Its title stands in the list of chats; the text begins with the same as a heading. */
function actionCard(card: Fields): CardView {
  const text = (textOf(card.text) ?? "").replace(/^### .*\n+/, "");
  const links = listOf(card.btns).map((one, at): ButtonView => {
    const url = webAddress(one.actionURL);
    return {
      label: textOf(one.title) ?? "",
      look: at === 0 ? "primary" : "default",
      wide: true,
      does: url === null ? { type: "nothing" } : { type: "open", url },
      confirm: null,
    };
  });
  return {
    hue: "blue",
    source: null,
    title: textOf(card.title) ?? "",
    href: null,
    subtitle: null,
    parts: [
      { type: "rich", text, small: false },
      { type: "buttons", buttons: links },
    ],
  };
}

/** How this person's last click ended, until the card moves on. */
function toastLine({ version }: Fields, { toast, toast_version }: Fields): CardPart[] {
  const text = textOf(toast);
  if (text === null || toast_version !== version) return [];
  return [{ type: "plain", text, small: false }];
}

function body(params: Fields): CardPart[] {
  const text = textOf(params.body);
  return text === null ? [] : [{ type: "rich", text, small: false }];
}

function buttons(params: Fields): CardPart[] {
  const row = listOf(jsonOf(params.buttons)).map(button);
  return row.length === 0 ? [] : [{ type: "buttons", buttons: row }];
}

function button(one: Fields): ButtonView {
  const question = textOf(one.confirm);
  return {
    label: textOf(one.text) ?? "",
    look: lookOf(one.color),
    wide: false,
    does: doing(one),
    confirm: question === null ? null : { title: null, text: question },
  };
}

function doing(one: Fields): ButtonView["does"] {
  const url = webAddress(one.url);
  if (url !== null) return { type: "open", url };
  const action = textOf(one.action);
  return action === null ? { type: "nothing" } : { type: "press", button: action, submits: false };
}

function form(params: Fields): CardPart[] {
  const fields = listOf(fieldsOf(jsonOf(params.form)).fields).filter((one) => one.hidden !== true);
  const action = textOf(params.form_action);
  if (fields.length === 0 || action === null) return [];
  const submit: ButtonView = {
    label: textOf(params.form_label) ?? "OK",
    look: lookOf(params.form_color),
    wide: true,
    does: { type: "press", button: action, submits: true },
    confirm: null,
  };
  return [
    {
      type: "form",
      name: "form",
      parts: [...fields.map(field), { type: "buttons", buttons: [submit] }],
    },
  ];
}

function field(one: Fields): CardPart {
  const kind = textOf(one.type) ?? "TEXT";
  const input = inputOf(one, kind);
  if (input === null) return { type: "unsupported", kind };
  return {
    type: "field",
    field: {
      name: textOf(one.name) ?? "",
      label: textOf(one.label),
      placeholder: textOf(one.placeholder),
      required: one.required === true,
      initial: textOf(one.defaultValue),
      input,
    },
  };
}

function inputOf(one: Fields, kind: string): FieldView["input"] | null {
  const options = listOf(one.options).map((option) => ({
    value: textOf(option.value) ?? "",
    label: textOf(option.text) ?? "",
  }));
  switch (kind) {
    case "TEXT":
    case "TEXT_AREA":
      return { type: "text", multiline: kind === "TEXT_AREA" };
    case "SELECT":
      return { type: "select", options };
    case "MULTI_SELECT":
      return { type: "multi", options };
    case "DATETIME":
      return { type: "datetime" };
    default:
      return null;
  }
}

function lookOf(color: unknown): ButtonLook {
  if (color === "blue") return "primary";
  return color === "red" ? "danger" : "default";
}
