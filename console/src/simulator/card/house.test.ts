import { expect, test } from "vitest";
import type { Card } from "../../../../src/core/card.ts";
import { houseCard } from "./house.ts";

const CARD: Card<string> = {
  tone: "success",
  title: "工单",
  subtitle: null,
  blocks: [
    { type: "paragraph", text: "修好了" },
    { type: "fields", fields: [{ label: "门店", value: "一店" }] },
    { type: "divider" },
    { type: "note", text: "谢谢" },
  ],
  controls: [
    { type: "button", label: "确认", style: "primary", action: "confirm|1", confirm: "真的?" },
    { type: "link", label: "看", url: "javascript:alert(1)" },
    {
      type: "form",
      name: "rate",
      fields: [
        { type: "text", name: "note", label: "意见", required: false, multiline: true },
        {
          type: "select",
          name: "stars",
          label: "几星",
          required: true,
          options: [{ value: "5", label: "五" }],
        },
      ],
      submit: { label: "提交", style: "default", action: "rate|1" },
    },
  ],
};

test("blocks and controls of the house's card keep their order, and buttons in a row stay in one", () => {
  const { hue, parts } = houseCard(CARD);
  expect(hue).toBe("green");
  expect(parts.map((part) => part.type)).toEqual([
    "plain",
    "fields",
    "rule",
    "plain",
    "buttons",
    "form",
  ]);
  expect(parts[4]).toMatchObject({
    buttons: [
      {
        does: { type: "press", button: "confirm|1", submits: false },
        confirm: { title: null, text: "真的?" },
      },
      { does: { type: "nothing" } },
    ],
  });
});

test("a form's button sends the fields that stand above it", () => {
  expect(houseCard(CARD).parts[5]).toMatchObject({
    parts: [
      { field: { name: "note", input: { type: "text", multiline: true } } },
      {
        field: { name: "stars", required: true, input: { options: [{ value: "5", label: "五" }] } },
      },
      { buttons: [{ does: { type: "press", button: "rate|1", submits: true } }] },
    ],
  });
});

test("marked words, pictures, numbers to type and every kind of field are drawn", () => {
  const option = { value: "a", label: "甲" };
  const common = { label: "l", required: false };
  const { parts } = houseCard({
    ...CARD,
    blocks: [
      { type: "markdown", text: "**粗**" },
      { type: "image", attachment: "a1", alt: "照片", url: "https://a.example/p" },
      { type: "image", attachment: "a2", alt: "图", url: "javascript:alert(1)" },
    ],
    controls: [
      { type: "reply", number: 1, label: "回复 1 升级", action: "escalate|1" },
      {
        type: "form",
        name: "f",
        fields: [
          { ...common, type: "multi_select", name: "m", options: [option] },
          { ...common, type: "person", name: "p", people: [{ ...option, contact: null }] },
          { ...common, type: "datetime", name: "d" },
        ],
        submit: { label: "提交", style: "default", action: "set|1" },
      },
    ],
  });
  expect(parts).toMatchObject([
    { type: "rich", text: "**粗**" },
    { type: "image", url: "https://a.example/p", alt: "照片" },
    { type: "image", url: null, alt: "图" },
    { type: "plain", text: "回复 1 升级" },
    {
      type: "form",
      parts: [
        { field: { input: { type: "multi", options: [option] } } },
        { field: { input: { type: "select", options: [option] } } },
        { field: { input: { type: "datetime" } } },
        { type: "buttons" },
      ],
    },
  ]);
});
