import { describe, expect, it } from "vitest";
import { buttonOf, cardOf } from "./bench.ts";
import { findCardFlaw } from "./card-rules.ts";

const text = (content: string) => ({ tag: "plain_text", content });
const form = (elements: unknown[], more = {}) => ({ tag: "form", name: "f1", elements, ...more });
const input = (name: string) => ({ tag: "input", name, required: true, label: text("说明") });
const submit = buttonOf("resolve", { name: "ok", form_action_type: "submit" });

describe("rules of cards", () => {
  it.each([
    [
      "a button",
      cardOf("t", [
        buttonOf("a"),
        buttonOf("b", { confirm: { title: text("?"), text: text("!") } }),
      ]),
    ],
    [
      "a link",
      cardOf("t", [
        buttonOf("a", { behaviors: [{ type: "open_url", default_url: "https://x.test" }] }),
      ]),
    ],
    [
      "a form",
      cardOf("t", [
        form([
          input("note"),
          { tag: "select_static", name: "team", options: [{ text: text("A"), value: "a" }] },
          submit,
        ]),
      ]),
    ],
    [
      "columns in a form",
      cardOf("t", [
        form([input("n"), { tag: "column_set", columns: [{ tag: "column", elements: [submit] }] }]),
      ]),
    ],
    [
      "a picture, and fields for a time, a person and several choices",
      cardOf("t", [
        { tag: "img", img_key: "img_1", alt: text("照片") },
        form([
          { tag: "picker_datetime", name: "at", placeholder: text("何时") },
          { tag: "select_person", name: "to", options: [{ value: "ou_li" }] },
          {
            tag: "multi_select_static",
            name: "parts",
            options: [{ text: text("门"), value: "door" }],
          },
          submit,
        ]),
      ]),
    ],
    ["elements that are not looked into", cardOf("t", [{ tag: "table", rows: [], whatever: 1 }])],
    [
      "200 elements",
      cardOf(
        "t",
        Array.from({ length: 199 }, () => ({ tag: "hr" })),
      ),
    ],
    [
      "JSON 1.0 with an action module",
      { config: { wide_screen_mode: true }, elements: [{ tag: "action", actions: [] }] },
    ],
  ])("takes a card with %s", (_what, card) => {
    expect(findCardFlaw(card)).toBeNull();
  });

  it.each([
    [
      "an action module",
      cardOf("t", [{ tag: "action", actions: [] }]),
      200861,
      "unsupported tag action",
    ],
    ["a note", cardOf("t", [{ tag: "note", elements: [] }]), 200861, "unsupported tag note"],
    [
      "a time that says nothing before it is chosen",
      cardOf("t", [form([{ tag: "picker_datetime", name: "at" }, submit])]),
      200621,
      "expected an object",
    ],
    [
      "a person with a name of its own",
      cardOf("t", [{ tag: "select_person", options: [{ value: "ou_li", text: text("李雷") }] }]),
      200621,
      "unknown property text",
    ],
    [
      "an option of no value",
      cardOf("t", [{ tag: "select_static", options: [{ value: "", text: text("—") }] }]),
      200621,
      "empty option value",
    ],
    ["a picture without a key", cardOf("t", [{ tag: "img", img_key: "" }]), 200621, "img_key"],
    ["a tag nobody knows", cardOf("t", [{ tag: "marquee" }]), 200621, "unknown tag marquee"],
    [
      "an unknown attribute of an element",
      cardOf("t", [{ tag: "hr", colour: "red" }]),
      200621,
      "unknown property colour",
    ],
    [
      "a value outside behaviors",
      cardOf("t", [{ ...buttonOf("a"), value: { a: 1 } }]),
      200621,
      "unknown property value",
    ],
    [
      "an unknown attribute at the root",
      { ...cardOf("t"), i18n_elements: {} },
      200621,
      "unknown property i18n_elements",
    ],
    [
      "an unknown attribute of config",
      { ...cardOf("t"), config: { wide_screen_mode: true } },
      200621,
      "unknown property wide_screen_mode",
    ],
    ["elements at the root", { schema: "2.0", elements: [] }, 200621, "unknown property elements"],
    [
      "an unshared 2.0 card",
      { ...cardOf("t"), config: { update_multi: false } },
      200621,
      "only supports update_multi true",
    ],
    ["another schema", { ...cardOf("t"), schema: "3.0" }, 200621, 'expected "1.0" or "2.0"'],
    [
      "a header colour that is none",
      { ...cardOf("t"), header: { title: text("t"), template: "pink" } },
      200621,
      'found "pink"',
    ],
    [
      "201 elements",
      cardOf(
        "t",
        Array.from({ length: 200 }, () => ({ tag: "hr" })),
      ),
      11310,
      "element exceeds the limit",
    ],
    [
      "a callback without a value",
      cardOf("t", [buttonOf("a", { behaviors: [{ type: "callback" }] })]),
      200621,
      "needs a value",
    ],
    [
      "behaviors that are no list",
      cardOf("t", [buttonOf("a", { behaviors: { type: "callback", value: {} } })]),
      200621,
      "expected a list",
    ],
    [
      "a link without a URL",
      cardOf("t", [buttonOf("a", { behaviors: [{ type: "open_url" }] })]),
      200621,
      "needs a default_url",
    ],
    [
      "a button type that is none",
      cardOf("t", [buttonOf("a", { type: "warning" })]),
      200621,
      'found "warning"',
    ],
    [
      "a text without a tag",
      cardOf("t", [buttonOf("a", { text: { content: "x" } })]),
      200621,
      "expected the tag plain_text",
    ],
    [
      "a submit button outside a form",
      cardOf("t", [submit]),
      200621,
      "only supported inside a form",
    ],
    [
      "a required input outside a form",
      cardOf("t", [input("n")]),
      200621,
      "only supported inside a form",
    ],
    [
      "a form in a column",
      cardOf("t", [{ tag: "column_set", columns: [{ tag: "column", elements: [form([])] }] }]),
      200621,
      "only stand at the root",
    ],
    [
      "a column outside a column set",
      cardOf("t", [{ tag: "column", elements: [] }]),
      200621,
      "cannot stand in body",
    ],
    ["a table in a form", cardOf("t", [form([{ tag: "table" }])]), 200621, "cannot hold a table"],
    ["a form without a name", cardOf("t", [form([], { name: "" })]), 200530, "needs a name"],
    ["a nameless field in a form", cardOf("t", [form([{ tag: "input" }])]), 200530, "needs a name"],
    [
      "two fields of one name",
      cardOf("t", [form([input("n"), input("n")])]),
      200530,
      "duplicate name n",
    ],
    [
      "two options of one value",
      cardOf("t", [
        {
          tag: "select_static",
          options: [
            { text: text("A"), value: "a" },
            { text: text("B"), value: "a" },
          ],
        },
      ]),
      200621,
      "duplicate option value a",
    ],
    [
      "two elements of one id",
      cardOf("t", [
        { tag: "hr", element_id: "x" },
        { tag: "hr", element_id: "x" },
      ]),
      200621,
      "duplicate element_id",
    ],
    [
      "an element id that begins with a digit",
      cardOf("t", [{ tag: "hr", element_id: "1x" }]),
      200621,
      "begin with a letter",
    ],
  ])("refuses a card with %s", (_what, card, code, words) => {
    const flaw = findCardFlaw(card);
    expect(flaw?.code).toBe(code);
    expect(flaw?.message).toContain(words);
  });

  it("says where the flaw is", () => {
    expect(findCardFlaw(cardOf("t", [{ tag: "action" }]))?.path).toBe(
      "ROOT -> body -> elements -> [1](tag: action)",
    );
  });
});
