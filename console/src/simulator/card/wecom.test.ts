import { describe, expect, test } from "vitest";
import { UNREADABLE } from "./view.ts";
import { wecomCard } from "./wecom.ts";

const BUTTONS = [
  { text: "接单", style: 1, key: "claim" },
  { text: "转派", style: 2, key: "transfer" },
  { text: "退回", style: 3, key: "reject" },
  { text: "稍后", style: 4, key: "later" },
];

const TEAM = {
  question_key: "team",
  title: "转给",
  option_list: [
    { id: "cold", text: "冷链" },
    { id: "net", text: "网络" },
  ],
};

function cardOf(more: object) {
  return {
    card_type: "button_interaction",
    main_title: { title: "工单", desc: "待接单" },
    ...more,
  };
}

describe("a WeCom card", () => {
  test("has a source line, a title, its text and its pairs", () => {
    const view = wecomCard(
      cardOf({
        source: { desc: "服务台" },
        sub_title_text: "冰柜不制冷",
        horizontal_content_list: [
          { keyname: "门店", value: "人民广场" },
          { keyname: "进度", value: "查看", type: 1, url: "https://a.example/t" },
        ],
        quote_area: { quote_text: "已由李师傅接单" },
        card_action: { type: 1, url: "https://a.example/t" },
      }),
    );
    expect(view).toEqual({
      hue: "grey",
      source: "服务台",
      title: "工单",
      href: "https://a.example/t",
      subtitle: "待接单",
      parts: [
        { type: "quote", text: "已由李师傅接单" },
        { type: "plain", text: "冰柜不制冷", small: false },
        {
          type: "fields",
          fields: [
            { label: "门店", value: "人民广场", href: null },
            { label: "进度", value: "查看", href: "https://a.example/t" },
          ],
        },
      ],
    });
  });

  test("draws the four button styles and sends a button's key", () => {
    const [row] = wecomCard(cardOf({ button_list: BUTTONS })).parts;
    const buttons = row?.type === "buttons" ? row.buttons : [];
    expect(buttons.map((button) => button.look)).toEqual(["primary", "default", "danger", "quiet"]);
    expect(buttons[0]?.does).toEqual({ type: "press", button: "claim", submits: false });
  });

  test("keeps the entries of its menu as buttons behind three dots", () => {
    const more = { action_menu: { action_list: [{ text: "关闭", key: "close" }] } };
    expect(wecomCard(cardOf({ button_list: BUTTONS, ...more })).parts[1]).toMatchObject({
      type: "menu",
      buttons: [{ label: "关闭", does: { type: "press", button: "close" } }],
    });
  });

  test("sends a choice along with whichever button is pressed, the first option being chosen", () => {
    const [form] = wecomCard(cardOf({ button_selection: TEAM, button_list: BUTTONS })).parts;
    const parts = form?.type === "form" ? form.parts : [];
    expect(parts[0]).toMatchObject({ field: { name: "team", label: "转给", initial: "cold" } });
    const buttons = parts[1]?.type === "buttons" ? parts[1].buttons : [];
    expect(buttons).toHaveLength(4);
    expect(buttons.every((button) => button.does.type === "press" && button.does.submits)).toBe(
      true,
    );
  });

  test("submits a list of choices with its one button", () => {
    const [form] = wecomCard({
      card_type: "multiple_interaction",
      main_title: { title: "评价" },
      select_list: [{ ...TEAM, selected_id: "net" }],
      submit_button: { text: "提交", key: "rate" },
    }).parts;
    expect(form).toMatchObject({
      type: "form",
      parts: [
        { field: { name: "team", initial: "net" } },
        { buttons: [{ label: "提交", look: "primary", does: { button: "rate", submits: true } }] },
      ],
    });
  });

  test("has check boxes of which none is checked, and sends them with its one button", () => {
    const [form] = wecomCard({
      card_type: "vote_interaction",
      main_title: { title: "哪些坏了" },
      checkbox: { ...TEAM, mode: 1 },
      submit_button: { text: "提交", key: "set" },
    }).parts;
    expect(form).toMatchObject({
      type: "form",
      parts: [
        { field: { name: "team", initial: null, input: { type: "multi" } } },
        { buttons: [{ does: { button: "set", submits: true } }] },
      ],
    });
  });

  test("shows a member as a person", () => {
    const row = { keyname: "负责人", value: "李雷", type: 3, userid: "lilei" };
    expect(wecomCard(cardOf({ horizontal_content_list: [row] })).parts).toEqual([
      {
        type: "fields",
        fields: [{ label: "负责人", value: "李雷", href: null, person: "lilei" }],
      },
    ]);
  });

  test("shows replaced buttons as one dead text", () => {
    const { parts } = wecomCard(cardOf({ button_list: BUTTONS, replace_text: "已接单" }));
    expect(parts).toMatchObject([{ buttons: [{ label: "已接单", does: { type: "nothing" } }] }]);
  });

  test("is read inside its message too, and is unreadable without any title", () => {
    expect(wecomCard({ msgtype: "template_card", template_card: cardOf({}) }).title).toBe("工单");
    expect(wecomCard({ card_type: "text_notice" })).toBe(UNREADABLE);
  });
});
