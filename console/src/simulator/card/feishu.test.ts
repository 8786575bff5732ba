import { describe, expect, test } from "vitest";
import { feishuCard } from "./feishu.ts";
import { UNREADABLE } from "./view.ts";

const plain = (content: string) => ({ tag: "plain_text", content });
const callback = (action: string) => [{ type: "callback", value: { action } }];

function cardOf(...elements: unknown[]) {
  return {
    schema: "2.0",
    header: { title: plain("工单 #7"), subtitle: plain("待接单"), template: "orange" },
    body: { elements },
  };
}

describe("a Feishu card", () => {
  test("has its head's title, subtitle and colour", () => {
    const { hue, title, subtitle } = feishuCard(cardOf());
    expect({ hue, title, subtitle }).toEqual({
      hue: "orange",
      title: "工单 #7",
      subtitle: "待接单",
    });
  });

  test("is read from JSON text as well", () => {
    expect(feishuCard(JSON.stringify(cardOf())).title).toBe("工单 #7");
  });

  test.each([null, 3, "not json", [], {}, { config: {} }])(
    "is unreadable when it is %j",
    (native) => {
      expect(feishuCard(native)).toBe(UNREADABLE);
    },
  );

  test("tells marked-up from plain text, and small print", () => {
    const { parts } = feishuCard(
      cardOf(
        { tag: "markdown", content: "**高**", text_size: "notation" },
        {
          tag: "div",
          text: plain("*3*"),
          fields: [{ text: { tag: "lark_md", content: "**A**" } }],
        },
        { tag: "hr" },
      ),
    );
    expect(parts).toEqual([
      { type: "rich", text: "**高**", small: true },
      { type: "plain", text: "*3*", small: false },
      { type: "rich", text: "**A**", small: false },
      { type: "rule" },
    ]);
  });

  test("sends back a button's action, asks first where it has a question, and is dead when disabled", () => {
    const { parts } = feishuCard(
      cardOf(
        {
          tag: "button",
          text: plain("接单"),
          type: "primary_filled",
          behaviors: callback("claim|1"),
        },
        {
          tag: "button",
          text: plain("取消"),
          type: "danger",
          confirm: { title: plain("取消?"), text: plain("不能恢复") },
          behaviors: callback("cancel|1"),
        },
        { tag: "button", text: plain("已关"), disabled: true, behaviors: callback("x") },
      ),
    );
    const buttons = parts.flatMap((part) => (part.type === "buttons" ? part.buttons : []));
    expect(buttons.map((button) => [button.look, button.does, button.confirm])).toEqual([
      ["primary", { type: "press", button: "claim|1", submits: false }, null],
      [
        "danger",
        { type: "press", button: "cancel|1", submits: false },
        { title: "取消?", text: "不能恢复" },
      ],
      ["default", { type: "nothing" }, null],
    ]);
  });

  test("opens pages but never runs a script from a link", () => {
    const open = (url: string) => ({
      tag: "button",
      text: plain("看"),
      behaviors: [{ type: "open_url", default_url: url }],
    });
    const { parts } = feishuCard(cardOf(open("https://a.example/t"), open("javascript:alert(1)")));
    expect(parts.map((part) => (part.type === "buttons" ? part.buttons[0]?.does : null))).toEqual([
      { type: "open", url: "https://a.example/t" },
      { type: "nothing" },
    ]);
  });

  test("keeps a form's fields by name, and its button submits them", () => {
    const { parts } = feishuCard(
      cardOf({
        tag: "form",
        name: "f",
        elements: [
          {
            tag: "select_static",
            name: "team",
            required: true,
            placeholder: plain("选一个"),
            options: [{ text: plain("冷链"), value: "cold" }],
          },
          { tag: "input", name: "note", label: plain("备注"), input_type: "multiline_text" },
          {
            tag: "button",
            name: "ok",
            text: plain("提交"),
            form_action_type: "submit",
            behaviors: callback("fill|2"),
          },
        ],
      }),
    );
    expect(parts).toEqual([
      {
        type: "form",
        name: "f",
        parts: [
          {
            type: "field",
            field: {
              name: "team",
              label: null,
              placeholder: "选一个",
              required: true,
              initial: null,
              input: { type: "select", options: [{ value: "cold", label: "冷链" }] },
            },
          },
          {
            type: "field",
            field: {
              name: "note",
              label: "备注",
              placeholder: null,
              required: false,
              initial: null,
              input: { type: "text", multiline: true },
            },
          },
          {
            type: "buttons",
            buttons: [
              {
                label: "提交",
                look: "default",
                wide: false,
                does: { type: "press", button: "fill|2", submits: true },
                confirm: null,
              },
            ],
          },
        ],
      },
    ]);
  });

  test("has fields for dates, for several choices and for people, and pictures", () => {
    const { parts } = feishuCard(
      cardOf(
        { tag: "img", img_key: "img_1", alt: plain("照片") },
        { tag: "picker_datetime", name: "at", placeholder: plain("何时") },
        {
          tag: "multi_select_static",
          name: "parts",
          options: [{ text: plain("门"), value: "door" }],
        },
        { tag: "select_person", name: "to", options: [{ value: "ou_li" }] },
      ),
    );
    const inputs = parts.map((part) => (part.type === "field" ? part.field.input : part));
    expect(inputs).toEqual([
      { type: "image", url: null, alt: "照片" },
      { type: "datetime" },
      { type: "multi", options: [{ value: "door", label: "门" }] },
      { type: "select", options: [{ value: "ou_li", label: null }] },
    ]);
  });

  test("lays columns out by weight and names what it cannot draw", () => {
    const { parts } = feishuCard(
      cardOf({
        tag: "column_set",
        columns: [
          { tag: "column", width: "weighted", weight: 2, elements: [{ tag: "chart" }] },
          { tag: "column", width: "auto", elements: [] },
        ],
      }),
    );
    expect(parts).toEqual([
      {
        type: "columns",
        columns: [
          { weight: 2, parts: [{ type: "unsupported", kind: "chart" }] },
          { weight: null, parts: [] },
        ],
      },
    ]);
  });
});
