import { describe, expect, it } from "vitest";
import type { Card, FormField } from "../../core/card.ts";
import { findCardFlaw } from "../../simulator/feishu/card-rules.ts";
import { FEISHU_WEBHOOK_CARD } from "./card-abilities.ts";
import { renderCard } from "./render.ts";

const EMPTY: Card<string> = {
  tone: "info",
  title: "报修",
  subtitle: null,
  blocks: [],
  controls: [],
};

const plain = (content: string) => ({ tag: "plain_text", content });

function fieldsOf(...fields: FormField<string>[]) {
  const submit = { label: "好", style: "primary", action: "set|1|ticket:t1" } as const;
  const native = renderCard({ ...EMPTY, controls: [{ type: "form", name: "f", fields, submit }] });
  expect(findCardFlaw(JSON.parse(JSON.stringify(native)))).toBeNull();
  const [form] = native.body.elements;
  const elements: unknown = form?.elements;
  return Array.isArray(elements) ? elements.filter(({ name }) => name !== undefined) : [];
}

const people = (contact: string | null) => [
  { value: "li", label: "李雷", contact },
  { value: "wang", label: "小王", contact: "ou_wang" },
];

describe("the fields of a Feishu form", () => {
  it("are those that Feishu has", () => {
    const common = { required: true, label: "选" };
    const options = [{ value: "a", label: "甲" }];
    const shown = fieldsOf(
      { ...common, type: "multi_select", name: "m", options },
      { ...common, type: "person", name: "p", people: people("ou_li") },
      { ...common, type: "datetime", name: "d" },
      { ...common, type: "text", name: "t", multiline: false, placeholder: "例" },
    );
    expect(shown).toMatchObject([
      { tag: "multi_select_static", name: "m", options: [{ text: plain("甲"), value: "a" }] },
      { tag: "select_person", name: "p", options: [{ value: "ou_li" }, { value: "ou_wang" }] },
      { tag: "picker_datetime", name: "d", placeholder: plain("选") },
      { tag: "input", name: "t", placeholder: plain("例") },
      { name: "submit" },
    ]);
  });

  it("list people by name when Feishu does not know all of them", () => {
    const [field] = fieldsOf({
      type: "person",
      name: "p",
      label: "转给",
      required: true,
      people: people(null),
    });
    expect(field).toMatchObject({
      tag: "select_static",
      options: [{ value: "li" }, { value: "wang" }],
    });
  });
});

describe("the blocks of a Feishu card", () => {
  it("show marked words in Feishu's own marks, and everything else as it was written", () => {
    const text =
      "**粗**_斜_ `a<b` [看](https://x.example/a_b)\n1. 一*\n2. 二\n\n> <at id=all></at>";
    const native = renderCard({ ...EMPTY, blocks: [{ type: "markdown", text }] });
    const content =
      "**粗**\u200b*斜* `a<b` [看](https://x.example/a_b)\n\n1. 一&#42;\n2. 二\n\n> &#60;at id=all&#62;&#60;/at&#62;";
    expect(native.body.elements).toEqual([{ tag: "markdown", content }]);
  });

  it("show a picture by its key, and else as a link or as words", () => {
    const picture = { type: "image", attachment: "a1", alt: "照片" } as const;
    const url = "https://desk.example.com/files/x";
    const native = renderCard({
      ...EMPTY,
      blocks: [{ ...picture, key: "img_1" }, { ...picture, url }, picture],
    });
    expect(native.body.elements).toMatchObject([
      { tag: "img", img_key: "img_1", alt: plain("照片") },
      { tag: "div", text: plain("照片") },
      { tag: "column_set", columns: [{ elements: [{ behaviors: [{ default_url: url }] }] }] },
    ]);
  });
});

describe("a card for a group's webhook", () => {
  it("has no button that could not be heard of", () => {
    const button = { type: "button", label: "接单", style: "primary", confirm: null } as const;
    const controls = [{ ...button, action: "claim|1|ticket:t1" }];
    const native = JSON.stringify(renderCard({ ...EMPTY, controls }, FEISHU_WEBHOOK_CARD));
    expect(native).not.toContain("callback");
    expect(native).toContain("接单");
  });
});
