import { describe, expect, test } from "vitest";
import { dingtalkCard as drawn } from "./dingtalk.ts";
import { UNREADABLE } from "./view.ts";

const dingtalkCard = (native: unknown) => drawn(native, "0123");

function cardOf(params: Record<string, string>) {
  return { templateId: "t.schema", outTrackId: "o", cardParamMap: { title: "工单", ...params } };
}

describe("a DingTalk card", () => {
  test.each([
    ["neutral", "grey"],
    ["info", "blue"],
    ["success", "green"],
    ["warning", "orange"],
    ["danger", "red"],
    ["toString", "grey"],
  ])("of tone %s is %s", (tone, hue) => {
    expect(dingtalkCard(cardOf({ tone })).hue).toBe(hue);
  });

  test("shows its body, then its buttons, then its form", () => {
    const { parts } = dingtalkCard(
      cardOf({
        body: "**急**",
        buttons: JSON.stringify([
          { text: "接单", color: "blue", action: "claim|1" },
          { text: "退回", color: "red", action: "reject|1", confirm: "确定吗?" },
        ]),
        form: JSON.stringify({
          fields: [
            { name: "note", label: "备注", type: "TEXT_AREA", required: true },
            { name: "to", label: "给谁", type: "SELECT", options: [{ value: "a", text: "甲" }] },
            { name: "secret", label: "x", type: "TEXT", hidden: true },
          ],
        }),
        form_action: "note|1",
        form_label: "提交",
        form_color: "gray",
      }),
    );
    const [body, buttons, form] = parts;
    expect(body).toEqual({ type: "rich", text: "**急**", small: false });
    const inputs = form?.type === "form" ? form.parts : [];
    expect(inputs.map((part) => (part.type === "field" ? part.field.name : part.type))).toEqual([
      "note",
      "to",
      "buttons",
    ]);
    expect(inputs.at(-1)).toMatchObject({
      buttons: [{ label: "提交", look: "default", does: { button: "note|1", submits: true } }],
    });
    expect(buttons).toMatchObject({
      type: "buttons",
      buttons: [
        { label: "接单", look: "primary", does: { button: "claim|1", submits: false } },
        { label: "退回", look: "danger", confirm: { title: null, text: "确定吗?" } },
      ],
    });
  });

  test("tells one person, and nobody else, how their last click ended, until the card moves on", () => {
    const told = { toast: "请填写内容", toast_tone: "warning", toast_version: "7" };
    const at = (version: string) => ({ ...cardOf({ version }), privateData: { "0123": told } });
    expect(drawn(at("7"), "0123").parts).toEqual([
      { type: "plain", text: "请填写内容", small: false },
    ]);
    expect(drawn(at("7"), "0456").parts).toEqual([]);
    expect(drawn(at("8"), "0123").parts).toEqual([]);
  });

  test("leaves out a structure that is not JSON instead of failing", () => {
    expect(dingtalkCard(cardOf({ buttons: "[{", form: "null", form_action: "x" })).parts).toEqual(
      [],
    );
  });

  test("has fields for several choices and for a date and time", () => {
    const options = [{ value: "a", text: "甲" }];
    const fields = [
      { name: "m", type: "MULTI_SELECT", options },
      { name: "d", type: "DATETIME" },
      { name: "x", type: "SWITCH" },
    ];
    const [form] = drawn(
      cardOf({ form: JSON.stringify({ fields }), form_action: "set|1" }),
      "1",
    ).parts;
    const parts = form?.type === "form" ? form.parts : [];
    expect(parts.map((part) => (part.type === "field" ? part.field.input : part.type))).toEqual([
      { type: "multi", options: [{ value: "a", label: "甲" }] },
      { type: "datetime" },
      "unsupported",
      "buttons",
    ]);
  });

  test("shows no form that could not be sent", () => {
    const form = JSON.stringify({ fields: [{ name: "a", type: "TEXT" }] });
    expect(dingtalkCard(cardOf({ form })).parts).toEqual([]);
  });

  test("is unreadable without title and body", () => {
    expect(dingtalkCard({ cardParamMap: { tone: "info" } })).toBe(UNREADABLE);
    expect(dingtalkCard(undefined)).toBe(UNREADABLE);
  });
});

test("an ActionCard shows its markdown, and links below it that open", () => {
  const btns = [
    { title: "接单", actionURL: "https://desk.example.com/a/1" },
    { title: "坏的", actionURL: "javascript:alert(1)" },
  ];
  const native = { actionCard: { title: "#1 报修", text: "### #1 报修\n\n**待接单**", btns } };
  expect(dingtalkCard(native)).toMatchObject({
    title: "#1 报修",
    parts: [
      { type: "rich", text: "**待接单**" },
      {
        type: "buttons",
        buttons: [
          { label: "接单", does: { type: "open", url: "https://desk.example.com/a/1" } },
          { label: "坏的", does: { type: "nothing" } },
        ],
      },
    ],
  });
});
