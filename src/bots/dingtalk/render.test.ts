import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { card } from "../../../test/contracts/dingtalk-account.ts";
import { anyCard } from "../../../test/support/arbitrary-card.ts";
import { askAction, type Card } from "../../core/card.ts";
import { readCardParams } from "../../simulator/dingtalk/card-params.ts";
import { renderCard } from "./render.ts";
import { byteLength } from "./shorten.ts";

const empty: Card<string> = {
  tone: "info",
  title: "报修",
  subtitle: null,
  blocks: [],
  controls: [],
};
const names = Object.keys(renderCard(empty, null));

describe("a card as DingTalk variables", () => {
  it("stays within what a variable holds, whatever it says", () => {
    fc.assert(
      fc.property(anyCard, (any) => {
        const variables = renderCard(any, 3);
        expect(Object.keys(variables)).toEqual(names);
        expect(readCardParams({ cardParamMap: variables }, "cardData")).toEqual(variables);
        for (const [name, value] of Object.entries(variables)) {
          expect(byteLength(value), name).toBeLessThanOrEqual(1024);
        }
        const buttons: { action: string }[] = JSON.parse(variables.buttons);
        const actions = any.controls.flatMap((control) => {
          if (control.type === "button") return [control.action];
          if (control.type !== "form") return [];
          return [control.submit.action, askAction(control.submit.action)];
        });
        for (const { action } of buttons) expect(actions).toContain(action);
        const pressable = any.controls.filter(({ type }) => type === "button" || type === "form");
        const shown = buttons.length + (variables.has_form === "true" ? 1 : 0);
        expect(shown > 0 || pressable.length === 0).toBe(true);
        for (const field of JSON.parse(variables.form).fields) {
          expect(field).toMatchObject({ name: expect.any(String), type: expect.any(String) });
        }
      }),
      { numRuns: 200 },
    );
  });

  it("shows every kind of block", () => {
    const { body } = renderCard(
      {
        ...empty,
        blocks: [
          { type: "paragraph", text: "第一行\n\n第二行" },
          {
            type: "fields",
            fields: [
              { label: "门店", value: "南京西路" },
              { label: "优先级", value: "高" },
            ],
          },
          { type: "divider" },
          { type: "note", text: "工单 1024" },
        ],
        controls: [{ type: "link", label: "详情", url: "https://desk.example.com/t/(1)" }],
      },
      null,
    );
    expect(body.split("\n\n")).toEqual([
      "第一行<br><br>第二行",
      "**门店：**南京西路<br>**优先级：**高",
      "***",
      "<font colorTokenV2=common_level3_base_color>工单 1024</font>",
      "[详情](https://desk.example.com/t/%281%29)",
    ]);
  });

  it("cuts a long text and keeps the link behind it", () => {
    const { body } = renderCard(
      {
        ...empty,
        blocks: [{ type: "paragraph", text: "很".repeat(2000) }],
        controls: [{ type: "link", label: "详情", url: "https://desk.example.com/t/1" }],
      },
      null,
    );
    expect(body).toMatch(/^很{300,}…\n\n\[详情\]\(https:\/\/desk\.example\.com\/t\/1\)$/);
  });

  it("leaves out a link that is no web address", () => {
    const link = { type: "link", label: "x", url: "javascript:alert(1)" } as const;
    expect(renderCard({ ...empty, controls: [link] }, null).body).toBe("");
  });

  it("gives each button its colour, and its question when it has one", () => {
    const cancel = {
      type: "button",
      label: "取消",
      style: "danger",
      action: "cancel|7|ticket:t1",
      confirm: "确定取消？",
    } as const;
    const { buttons } = renderCard({ ...card, controls: [...card.controls, cancel] }, null);
    expect(JSON.parse(buttons)).toEqual([
      { text: "接单", color: "blue", action: "claim|7|ticket:t1" },
      {
        text: "取消",
        color: "red",
        action: "cancel|7|ticket:t1",
        confirm: "确定取消？",
      },
    ]);
  });

  it("shows the first form, and nothing of a form that cannot fit", () => {
    const submit = { label: "提交", style: "default", action: "resolve|7|ticket:t1" } as const;
    const note = {
      type: "text",
      name: "note",
      label: "说明",
      required: false,
      multiline: true,
    } as const;
    const team = {
      type: "select",
      name: "team",
      label: "转给",
      required: true,
      options: [{ value: "net", label: "网络组" }],
    } as const;
    const shown = renderCard(
      { ...empty, controls: [{ type: "form", name: "f", fields: [note, team], submit }] },
      null,
    );
    expect(shown).toMatchObject({
      form_action: "resolve|7|ticket:t1",
      form_label: "提交",
      form_color: "gray",
      has_form: "true",
      version: "7",
    });
    expect(JSON.parse(shown.form).fields).toEqual([
      { name: "note", label: "说明", required: false, type: "TEXT_AREA" },
      {
        name: "team",
        label: "转给",
        required: true,
        type: "SELECT",
        options: [{ value: "net", text: "网络组" }],
      },
    ]);
    const huge = { ...note, name: "n".repeat(1100) };
    const hidden = renderCard(
      { ...empty, controls: [{ type: "form", name: "f", fields: [huge], submit }] },
      null,
    );
    expect(hidden).toMatchObject({ form: '{"fields":[]}', form_action: "", has_form: "false" });
  });

  it("shortens labels before it drops options of a long list", () => {
    const options = Array.from({ length: 40 }, (_, at) => ({
      value: `o${at}`,
      label: `一个很长很长很长很长的选项名称 ${at}`,
    }));
    const team = { type: "select", name: "team", label: "转给", required: true, options } as const;
    const submit = { label: "提交", style: "primary", action: "a|1|ticket:t1" } as const;
    const { form } = renderCard(
      { ...empty, controls: [{ type: "form", name: "f", fields: [team], submit }] },
      null,
    );
    const [field] = JSON.parse(form).fields;
    expect(field.options).toHaveLength(10);
    expect(field.options[9]).toEqual({ value: "o9", text: "一个很长很长很长很长的…" });
  });

  it("asks in the chat for a second form, and for one that a variable cannot hold", () => {
    const text = { type: "text", label: "说明", required: true, multiline: true } as const;
    const submit = (verb: string) =>
      ({ label: verb, style: "default", action: `${verb}|7|ticket:t1` }) as const;
    const { buttons, form_action } = renderCard(
      {
        ...empty,
        controls: ["comment", "note", "resolve"].map((verb) => ({
          type: "form",
          name: verb,
          fields: [{ ...text, name: verb === "comment" ? "n".repeat(1100) : "text" }],
          submit: submit(verb),
        })),
      },
      null,
    );
    const pressed = JSON.parse(buttons).map(({ action }: { action: string }) => action);
    expect([form_action, ...pressed]).toEqual([
      "",
      "ask_comment|7|ticket:t1",
      "ask_note|7|ticket:t1",
      "ask_resolve|7|ticket:t1",
    ]);
  });

  it("shows marks, and every kind of field that its form has", () => {
    const option = { value: "a", label: "甲" };
    const common = { label: "l", required: true };
    const shown = renderCard(
      {
        ...empty,
        blocks: [
          { type: "markdown", text: "**粗**_斜_ `码` <at>\n\n- [看](https://x.example)\n- 二" },
          { type: "image", attachment: "a1", alt: "照片", url: "https://x.example/p" },
        ],
        controls: [
          {
            type: "form",
            name: "f",
            fields: [
              { ...common, type: "multi_select", name: "m", options: [option] },
              { ...common, type: "person", name: "p", people: [{ ...option, contact: "0123" }] },
              { ...common, type: "datetime", name: "d" },
              { ...common, type: "text", name: "t", multiline: false, placeholder: "例" },
            ],
            submit: { label: "好", style: "primary", action: "set|7|ticket:t1" },
          },
        ],
      },
      null,
    );
    expect(shown.body).toBe(
      "**粗***斜* 码 ＜at＞\n\n• [看](https://x.example)<br>• 二\n\n[照片](https://x.example/p)".replace(
        "***",
        "**\u200b*",
      ),
    );
    const options = [{ value: "a", text: "甲" }];
    expect(JSON.parse(shown.form).fields).toEqual([
      { ...common, name: "m", type: "MULTI_SELECT", options },
      { ...common, name: "p", type: "SELECT", options },
      { ...common, name: "d", type: "DATETIME" },
      { ...common, name: "t", type: "TEXT", placeholder: "例" },
    ]);
  });

  it("says the version that it is told, else that of its own actions, else none", () => {
    expect(renderCard(card, 9).version).toBe("9");
    expect(renderCard(card, null).version).toBe("7");
    expect(renderCard(empty, null).version).toBe("");
  });
});
