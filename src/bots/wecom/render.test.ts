import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { card, config } from "../../../test/contracts/wecom-account.ts";
import { anyCard } from "../../../test/support/arbitrary-card.ts";
import type { Card, Control, FormField } from "../../core/card.ts";
import { checkTemplateCard } from "../../simulator/wecom/template-card.ts";
import { buildXml, parseXml } from "../../wire/xml.ts";
import { WECOM_CARD } from "./card-abilities.ts";
import { cardXml } from "./card-xml.ts";
import { type CardNode, renderCard } from "./render.ts";

const OPTIONS = { cardUrl: config.card_url, remark: null };

/** What is shown of each place, in characters. WeCom docs: 94888, 101032. */
const SIZES: readonly (readonly [string, number])[] = [
  ["title", 26],
  ["desc", 30],
  ["sub_title_text", 112],
  ["keyname", 5],
  ["value", 26],
  ["text", 16],
];

function textsOf(node: unknown, key: string): string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === key && typeof value === "string" ? [value] : []),
    ...textsOf(value, key),
  ]);
}

/** WeCom refuses JSON that escapes a character by its number. */
function expectReadable(rendered: CardNode): void {
  for (const key of ["title", "desc", "sub_title_text", "value"]) {
    for (const text of textsOf(rendered, key)) {
      expect(JSON.stringify(text)).not.toMatch(/(?<!\\)(\\\\)*\\u/);
    }
  }
}

function controlled(controls: readonly Control<string>[]): CardNode {
  return renderCard({ ...card, controls }, OPTIONS);
}

const note: FormField<string> = {
  type: "text",
  name: "note",
  label: "说明",
  required: false,
  multiline: true,
};
const team: FormField<string> = {
  type: "select",
  name: "team",
  label: "转给",
  required: true,
  options: [{ value: "net", label: "网络组" }],
};
function form(...fields: FormField<string>[]): Control<string> {
  const submit = { label: "提交", style: "primary", action: "transfer|7|ticket:t1" } as const;
  return { type: "form", name: "f", fields, submit };
}
function buttons(count: number): Control<string>[] {
  return Array.from({ length: count }, (_, at) => ({
    type: "button",
    label: `按钮${at}`,
    style: "default",
    action: `do|${at}|ticket:t1`,
    confirm: null,
  }));
}

describe("a card as a WeCom template card", () => {
  it("keeps every rule of WeCom, whatever it says", () => {
    fc.assert(
      fc.property(anyCard, fc.option(fc.string()), (any, remark) => {
        const rendered = renderCard(any, { cardUrl: config.card_url, remark });
        checkTemplateCard({ ...rendered, task_id: "m0000000000000000001" }, "send");
        checkTemplateCard(rendered, "update");
        for (const [key, most] of SIZES) {
          for (const text of textsOf(rendered, key)) {
            expect([...text].length, key).toBeLessThanOrEqual(most);
          }
        }
        expectReadable(rendered);
        const bytes = new TextEncoder().encode(JSON.stringify(rendered)).length;
        expect(bytes).toBeLessThanOrEqual(WECOM_CARD.limits.bytes);
        for (const url of textsOf(rendered, "url")) expect(url).toMatch(/^https?:\/\//i);
      }),
      { numRuns: 200 },
    );
  });

  it("can always be said in a passive reply", () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const xml = buildXml({ TemplateCard: cardXml(renderCard(any, OPTIONS)) });
        expect(Object.keys(parseXml(xml))).toEqual(["TemplateCard"]);
      }),
      { numRuns: 100 },
    );
  });

  it("is a notice that leads somewhere when there is nothing to press", () => {
    const rendered = controlled([]);
    expect(rendered).toMatchObject({
      card_type: "text_notice",
      card_action: { type: 1, url: "https://work.weixin.qq.com" },
      source: { desc: "待接单", desc_color: 2 },
    });
  });

  it("shows links as rows, and the first one for the whole card", () => {
    const link = { type: "link", label: "查看详情", url: "https://desk.example.com/t/1" } as const;
    expect(controlled([link])).toMatchObject({
      card_action: { type: 1, url: link.url },
      horizontal_content_list: [
        { keyname: "门店", value: "上海南京西路店" },
        { keyname: "查看详情", value: "查看详情", type: 1, url: link.url },
      ],
    });
  });

  it("says rows that are too many, and a long status, where there is more room", () => {
    const fields = Array.from({ length: 8 }, (_, at) => ({ label: `项${at}`, value: `值${at}` }));
    const crowded: Card<string> = {
      ...card,
      subtitle: "处理中，负责人是冷链值班的李雷",
      blocks: [
        { type: "paragraph", text: "三号柜" },
        { type: "fields", fields },
      ],
    };
    expect(renderCard(crowded, OPTIONS)).toMatchObject({
      source: { desc: "处理中，负责人是冷链值班…" },
      main_title: { desc: "处理中，负责人是冷链值班的李雷" },
      sub_title_text: "三号柜\n项6：值6\n项7：值7",
    });
  });

  it("puts six buttons on the card and three more into its menu", () => {
    const rendered = controlled(buttons(11));
    expect(textsOf(rendered, "key")).toHaveLength(9);
    expect(rendered).toMatchObject({
      button_list: Array.from({ length: 6 }, (_, at) => ({ text: `按钮${at}`, style: 2 })),
      action_menu: { action_list: [{ text: "按钮6" }, { text: "按钮7" }, { text: "按钮8" }] },
    });
  });

  it("makes a lone form of lists a card of lists, in which nobody has chosen yet", () => {
    const rendered = controlled([form(team, note)]);
    expect(rendered).toEqual({
      card_type: "multiple_interaction",
      source: { desc: "待接单" },
      main_title: { title: "冰柜不制冷", desc: "三号柜" },
      select_list: [
        {
          question_key: "team",
          title: "转给",
          selected_id: "-",
          option_list: [
            { id: "-", text: "—" },
            { id: "net", text: "网络组" },
          ],
        },
      ],
      submit_button: { text: "提交", key: "transfer|7|ticket:t1" },
    });
    const remark = "转给了网络组";
    const told = renderCard({ ...card, controls: [form(team)] }, { ...OPTIONS, remark });
    expect(told.main_title).toEqual({ title: "冰柜不制冷", desc: remark });
  });

  it("puts a form's list beside buttons, and its submit among them", () => {
    const rendered = controlled([...buttons(1), form(team)]);
    expect(rendered).toMatchObject({
      card_type: "button_interaction",
      button_selection: { question_key: "team" },
      button_list: [{ text: "按钮0" }, { text: "提交", key: "transfer|7|ticket:t1", style: 1 }],
    });
  });

  it("offers a form without its text fields, unless one of them is required", () => {
    expect(controlled([form(note)]).button_list).toMatchObject([{ text: "提交" }]);
    const asking = [{ text: "提交", key: "ask_transfer|7|ticket:t1" }];
    expect(controlled([form({ ...note, required: true })]).button_list).toMatchObject(asking);
    const second: FormField<string> = { ...team, name: "second" };
    const shown = controlled([...buttons(1), form(team, second)]);
    expect(shown.button_list).toMatchObject([{ text: "按钮0" }, ...asking]);
    expect(shown.button_selection).toBeUndefined();
  });

  it("makes a lone choice of several a card of check boxes", () => {
    const options = Array.from({ length: 25 }, (_, at) => ({ value: `v${at}`, label: `项${at}` }));
    const rendered = controlled([form({ ...team, type: "multi_select", options })]);
    checkTemplateCard({ ...rendered, task_id: "m0000000000000000001" }, "send");
    expect(rendered).toMatchObject({
      card_type: "vote_interaction",
      checkbox: { question_key: "team", mode: 1 },
      submit_button: { key: "transfer|7|ticket:t1" },
    });
    expect(textsOf(rendered, "id")).toEqual(options.slice(0, 20).map(({ value }) => value));
    expect(cardXml(rendered)).toHaveProperty("CheckBox.QuestionKey", "team");
  });

  it("lists few people, and asks in the chat for one among many", () => {
    const people = (count: number): FormField<string> => ({
      type: "person",
      name: "to",
      label: "转给",
      required: true,
      people: Array.from({ length: count }, (_, at) => ({
        value: `a${at}`,
        label: `同事${at}`,
        contact: null,
      })),
    });
    expect(controlled([...buttons(1), form(people(9))])).toMatchObject({
      button_selection: { question_key: "to", selected_id: "-" },
    });
    expect(controlled([...buttons(1), form(people(10))]).button_list).toMatchObject([
      { text: "按钮0" },
      { key: "ask_transfer|7|ticket:t1" },
    ]);
  });

  it("keeps a form's own button on the card when there are more buttons than room", () => {
    const rendered = controlled([...buttons(9), form(team)]);
    const keys = textsOf(rendered.button_list, "key");
    expect(keys).toEqual(
      [..."01234"].map((at) => `do|${at}|ticket:t1`).concat("transfer|7|ticket:t1"),
    );
    expect(textsOf(rendered.action_menu, "key")).toHaveLength(3);
    expect(rendered.sub_title_text).toContain("按钮8");
  });

  it("shows a person whom it knows as one, and marked words and pictures in plain words", () => {
    const rendered = renderCard(
      {
        ...card,
        blocks: [
          { type: "fields", fields: [{ label: "负责人", value: "李雷", contact: "lilei" }] },
          { type: "markdown", text: "**先**断电\n\n- 再报修" },
          { type: "image", attachment: "a1", alt: "照片" },
        ],
      },
      OPTIONS,
    );
    expect(rendered).toMatchObject({
      horizontal_content_list: [{ keyname: "负责人", value: "李雷", type: 3, userid: "lilei" }],
      sub_title_text: "先断电\n• 再报修\n照片",
    });
  });
});
