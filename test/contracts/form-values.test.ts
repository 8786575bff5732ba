import { describe, expect, it } from "vitest";
import { readAction as readDingtalk } from "../../src/bots/dingtalk/action.ts";
import { renderCard as dingtalkCard } from "../../src/bots/dingtalk/render.ts";
import { readAction as readFeishu } from "../../src/bots/feishu/action.ts";
import { renderCard as feishuCard } from "../../src/bots/feishu/render.ts";
import { readAction as readWecom } from "../../src/bots/wecom/action.ts";
import { renderCard as wecomCard } from "../../src/bots/wecom/render.ts";
import type { Card, FormField } from "../../src/core/card.ts";
import { readChoices, readMoment, readPerson } from "../../src/core/card-values.ts";
import { fillForm as fillDingtalk } from "../../src/simulator/dingtalk/card-form.ts";
import { fillForm as fillFeishu } from "../../src/simulator/feishu/fill-form.ts";
import { selectedItems } from "../../src/simulator/wecom/selected-items.ts";
import { buildXml, parseXml, xmlNodes } from "../../src/wire/xml.ts";

const common = { required: true, label: "选" };
const PEOPLE = [
  { value: "li", label: "李雷", contact: "ou_li" },
  { value: "wang", label: "小王", contact: "ou_wang" },
];
const OPTIONS = [
  { value: "door", label: "门" },
  { value: "fan", label: "风扇" },
  { value: "lamp", label: "灯" },
];
const FIELDS: readonly FormField<string>[] = [
  { ...common, type: "text", name: "words", multiline: true },
  { ...common, type: "select", name: "one", options: OPTIONS },
  { ...common, type: "multi_select", name: "many", options: OPTIONS },
  { ...common, type: "person", name: "who", people: PEOPLE },
  { ...common, type: "datetime", name: "when" },
];
const ACTION = "set|1|ticket:t1";

function cardOf(...fields: readonly FormField<string>[]): Card<string> {
  const submit = { label: "好", style: "primary", action: ACTION } as const;
  const form = { type: "form", name: "f", fields, submit } as const;
  return { tone: "info", title: "报修", subtitle: null, blocks: [], controls: [form] };
}

const FILLED = { words: "急", one: "fan", many: "door,lamp", when: "2026-01-31T09:30" };

/** What the hub makes of the values that came back. */
function understood(values: Readonly<Record<string, string>>) {
  return {
    words: values.words,
    one: values.one,
    many: readChoices(values.many ?? ""),
    who: readPerson(values.who ?? "", PEOPLE),
    when: readMoment(values.when ?? ""),
  };
}

describe("what is filled in on a card comes back as it was meant", () => {
  it("from Feishu, which names people by its own id and times with their zone", () => {
    const [form] = feishuCard(cardOf(...FIELDS)).body.elements;
    if (form === undefined) throw new Error("The card has no form.");
    const filled = fillFeishu(form, { ...FILLED, who: "ou_wang" });
    const click = readFeishu(
      {
        operator: { open_id: "ou_a" },
        action: {
          value: { action: ACTION },
          form_value: filled.type === "filled" ? filled.values : {},
        },
        context: { open_message_id: "om_1" },
      },
      "e1",
      0,
    );
    if (click === null || click === "malformed") throw new Error("The click was not read.");
    expect(understood(click.values)).toEqual({
      words: "急",
      one: "fan",
      many: ["door", "lamp"],
      who: "wang",
      when: { at: Date.UTC(2026, 0, 31, 1, 30) },
    });
  });

  it.each([
    ["one by one", (form: object) => form],
    [
      "as lists in one",
      (form: Record<string, unknown>) => ({
        ...form,
        many: { index: [0, 2], value: ["door", "lamp"] },
      }),
    ],
  ])("from DingTalk, with several choices %s", async (_how, sent) => {
    const { form } = dingtalkCard(cardOf(...FIELDS), null);
    const filled = fillDingtalk(form, { ...FILLED, who: "wang" });
    const body = {
      type: "actionCallback",
      outTrackId: "c1",
      userId: "0123",
      content: JSON.stringify({
        cardPrivateData: { params: { action: ACTION, form: sent(filled) } },
      }),
    };
    const click = await readDingtalk({ body, raw: new Uint8Array(), at: 0, deliveryId: "d1" });
    expect(understood(click?.values ?? {})).toEqual({
      words: "急",
      one: "fan",
      many: ["door", "lamp"],
      who: "wang",
      when: { wall: "2026-01-31T09:30" },
    });
  });

  it.each([
    ["one", "fan", "fan"],
    ["many", "door,lamp", "door,lamp"],
    ["who", "wang", "wang"],
  ])("from WeCom: %s", (name, given, back) => {
    const card = wecomCard(cardOf(...FIELDS.filter((field) => field.name === name)), {
      cardUrl: "https://desk.example.com",
      remark: null,
    });
    const xml = buildXml({
      xml: {
        FromUserName: "zhangsan",
        CreateTime: 1_700_000_000,
        AgentID: 7,
        MsgType: "event",
        Event: "template_card_event",
        EventKey: ACTION,
        TaskId: "m1",
        SelectedItems: { SelectedItem: [...selectedItems(card, { [name]: given })] },
      },
    });
    const [push] = xmlNodes(parseXml(xml), "xml");
    if (push === undefined) throw new Error("The push was not read.");
    expect(readWecom(push, 7)?.values).toEqual({ [name]: back });
  });

  it("from WeCom with nothing checked, as nothing", () => {
    const fields = FIELDS.filter(({ type }) => type === "multi_select");
    const card = wecomCard(cardOf(...fields), {
      cardUrl: "https://desk.example.com",
      remark: null,
    });
    expect(selectedItems(card, {})).toEqual([{ QuestionKey: "many", OptionIds: { OptionId: [] } }]);
  });
});
