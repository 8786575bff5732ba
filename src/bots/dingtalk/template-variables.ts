import type { CardVariable, PrivateVariable } from "./render.ts";

/** What the console shows while the template is being edited. */
export const TEMPLATE_SAMPLE: Readonly<Record<CardVariable, unknown>> = {
  title: "T-1 冰柜不制冷",
  tone: "warning",
  subtitle: "待处理",
  body: "**门店：**人民广场店",
  buttons: [
    { text: "接单", color: "blue", action: "claim" },
    { text: "取消", color: "red", action: "cancel", confirm: "确定取消？" },
  ],
  form: { fields: [{ name: "note", label: "说明", type: "TEXT", required: false }] },
  form_action: "comment",
  form_label: "提交",
  form_color: "gray",
  has_form: true,
  version: "1",
};

export const TEMPLATE_PRIVATE_SAMPLE: Readonly<Record<PrivateVariable, string>> = {
  toast: "接单成功",
  toast_tone: "success",
  toast_version: "1",
};

export const TEMPLATE_VARIABLES: readonly object[] = [
  variable("title", "string", "标题"),
  variable("tone", "string", "neutral、info、success、warning、danger"),
  variable("subtitle", "string", "状态"),
  variable("body", "markdown", "正文"),
  {
    ...variable("buttons", "loopArray", "按钮"),
    schema: entries("buttons[0]", ["text", "color", "action", "confirm"]),
  },
  { ...variable("form", "form", "表单"), schema: [formFields()] },
  variable("form_action", "string", "表单的动作"),
  variable("form_label", "string", "表单按钮的文字"),
  variable("form_color", "string", "表单按钮的颜色：blue、gray、red"),
  variable("has_form", "boolean", "有没有表单"),
  variable("version", "string", "工单版本"),
  variable("toast", "string", "点击后给点击人看的话", true),
  variable("toast_tone", "string", "success、info、warning、error", true),
  variable("toast_version", "string", "这句话说的是哪个工单版本", true),
];

function variable(name: string, type: string, description: string, isPrivate = false): object {
  return { id: name, name, type, description, private: isPrivate, editorVarType: "variables" };
}

function entries(prefix: string, names: readonly string[]): object[] {
  return names.map((name) => ({ ...variable(name, "string", ""), id: `${prefix}.${name}` }));
}

function formFields(): object {
  const options = {
    ...variable("options", "loopArray", ""),
    id: "form.fields[0].options",
    schema: entries("form.fields[0].options[0]", ["value", "text"]),
  };
  const required = { ...variable("required", "boolean", ""), id: "form.fields[0].required" };
  return {
    ...variable("fields", "loopArray", ""),
    id: "form.fields",
    schema: [...entries("form.fields[0]", ["name", "label", "type"]), required, options],
  };
}

/** The colour of the head, which the template works out from `tone`. */
export function headColor(): object {
  const colors = { success: "green", warning: "orange", danger: "red", info: "blue" };
  const expContent = Object.entries(colors).reduceRight(
    (otherwise, [tone, color]) => `tone == '${tone}' ? '${color}' : (${otherwise})`,
    "'water'",
  );
  return expression("head_color", expContent);
}

/** How the clicker's last click ended, until the card moves on. DingTalk docs: variable-type (表达式变量). */
export function toastLine(): object {
  return expression("toast_line", "toast_version == version ? toast : ''");
}

function expression(name: string, expContent: string): object {
  return { id: name, name, type: "string", private: false, expContent, editorVarType: "expList" };
}
