import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ActionRef,
  askAction,
  askedVerb,
  type Card,
  decodeAction,
  encodeAction,
  sayCard,
} from "./card.ts";

const letters = "0123456789abcdefghijklmnopqrstuvwxyz";
const word = (extra: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...letters, ...extra), minLength: 1, maxLength });

const anyAction: fc.Arbitrary<ActionRef> = fc.record({
  verb: word("_", 32),
  subject: fc
    .tuple(fc.constantFrom("ticket:", "conversation:"), word(".", 64))
    .map(([kind, id]) => kind + id),
  version: fc.nat({ max: 999_999_999_999_999 }),
});

describe("encodeAction and decodeAction", () => {
  it("write an action in at most 128 printable ASCII bytes and read it back", () => {
    fc.assert(
      fc.property(anyAction, (action) => {
        const encoded = encodeAction(action);
        expect(encoded).toMatch(/^[!-~]{1,128}$/);
        expect(decodeAction(encoded)).toEqual(action);
      }),
    );
  });

  it.each([
    ["nothing", ""],
    ["words", "claim"],
    ["no subject", "claim|1|"],
    ["no verb", "|1|ticket:t1"],
    ["an unknown kind of stream", "claim|1|device:t1"],
    ["a version that is no number", "claim|x|ticket:t1"],
    ["a negative version", "claim|-1|ticket:t1"],
    ["a version beyond exact integers", `claim|${"9".repeat(16)}|ticket:t1`],
    ["a verb that is too long", `${"a".repeat(33)}|1|ticket:t1`],
    ["an id that is too long", `claim|1|ticket:${"a".repeat(65)}`],
    ["capitals", "Claim|1|ticket:t1"],
    ["a path", "claim|1|ticket:../t1"],
    ["something behind it", "claim|1|ticket:t1|x"],
    ["a line behind it", "claim|1|ticket:t1\n"],
    ["a line before it", "\nclaim|1|ticket:t1"],
    ["wide digits", "claim|１|ticket:t1"],
  ])("do not read %s", (_what, encoded) => {
    expect(decodeAction(encoded)).toBeNull();
  });

  it("read nothing else than what is written so, whatever is sent", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.tuple(fc.string(), fc.string(), fc.string()).map((parts) => parts.join("|")),
        ),
        (garbage) => {
          const action = decodeAction(garbage);
          if (action !== null)
            expect(garbage).toMatch(/^[a-z0-9_]+\|\d+\|(ticket|conversation):[0-9a-z.]+$/);
        },
      ),
    );
  });
});

describe("askAction", () => {
  it("names the same action, to be asked for in the chat", () => {
    fc.assert(
      fc.property(anyAction, (action) => {
        const asking = askAction(encodeAction(action));
        if (action.verb.length > 28) return expect(asking).toBeNull();
        const read = decodeAction(asking ?? "");
        expect(askedVerb(read?.verb ?? "")).toBe(action.verb);
        expect({ ...read, verb: action.verb }).toEqual(action);
      }),
    );
  });

  it.each(["", "claim", "Claim|1|ticket:t1"])("makes nothing of %j", (action) => {
    expect(askAction(action)).toBeNull();
  });

  it.each(["claim", "ask_", "asked"])("does not take %s for asking", (verb) => {
    expect(askedVerb(verb)).toBeNull();
  });
});

describe("sayCard", () => {
  it("puts what a surface shows in the place of our own ids", () => {
    const people = [
      { value: "li", label: "Li", contact: null },
      { value: "wang", label: "Wang", contact: "ou_given" },
      { value: "zhao", label: "Zhao", contact: null },
    ];
    const common = { name: "n", label: "l", required: true };
    const said = sayCard<string, string>(
      {
        tone: "info",
        title: "t",
        subtitle: null,
        blocks: [
          { type: "markdown", text: "m" },
          { type: "image", attachment: "a1", alt: "x" },
          {
            type: "fields",
            fields: [
              { label: "l", value: "Li", person: "li" },
              { label: "l", value: "Zhao", person: "zhao" },
            ],
          },
        ],
        controls: [
          {
            type: "form",
            name: "f",
            fields: [
              { ...common, type: "person", people },
              { ...common, type: "datetime" },
              { ...common, type: "text", multiline: false, placeholder: "p" },
              { ...common, type: "multi_select", options: [{ value: "a", label: "A" }] },
            ],
            submit: { label: "s", style: "default", action: "set|1|ticket:t" },
          },
        ],
      },
      (word) => `<${word}>`,
      {
        image: (attachment) => ({ key: `img_${attachment}` }),
        contact: (agent) => (agent === "li" ? "ou_li" : null),
      },
    );
    expect(said.blocks).toEqual([
      { type: "markdown", text: "<m>" },
      { type: "image", attachment: "a1", alt: "<x>", key: "img_a1" },
      {
        type: "fields",
        fields: [
          { label: "<l>", value: "<Li>", person: "li", contact: "ou_li" },
          { label: "<l>", value: "<Zhao>", person: "zhao" },
        ],
      },
    ]);
    const [form] = said.controls;
    expect(form?.type === "form" ? form.fields : []).toEqual([
      {
        ...common,
        label: "<l>",
        type: "person",
        people: [
          { value: "li", label: "<Li>", contact: "ou_li" },
          { value: "wang", label: "<Wang>", contact: "ou_given" },
          { value: "zhao", label: "<Zhao>", contact: null },
        ],
      },
      { ...common, label: "<l>", type: "datetime" },
      { ...common, label: "<l>", type: "text", multiline: false, placeholder: "<p>" },
      { ...common, label: "<l>", type: "multi_select", options: [{ value: "a", label: "<A>" }] },
    ]);
  });

  const card: Card<string> = {
    tone: "info",
    title: "title",
    subtitle: "subtitle",
    blocks: [
      { type: "paragraph", text: "paragraph" },
      { type: "fields", fields: [{ label: "label", value: "value" }] },
      { type: "note", text: "note" },
      { type: "divider" },
    ],
    controls: [
      {
        type: "button",
        label: "button",
        style: "primary",
        action: "a|1|ticket:t",
        confirm: "sure",
      },
      { type: "button", label: "plain", style: "default", action: "b|1|ticket:t", confirm: null },
      { type: "link", label: "link", url: "https://example.com" },
      {
        type: "form",
        name: "f",
        fields: [
          {
            type: "select",
            name: "to",
            label: "who",
            required: true,
            options: [{ value: "li", label: "Li" }],
          },
          { type: "text", name: "text", label: "what", required: false, multiline: true },
        ],
        submit: { label: "send", style: "default", action: "c|1|ticket:t" },
      },
    ],
  };

  it("puts each text into words, once, and leaves everything else as it is", () => {
    const asked: string[] = [];
    const said = sayCard(card, (text: string) => {
      asked.push(text);
      return `<${text}>`;
    });
    const words =
      "title subtitle paragraph label value note button sure plain link who Li what send".split(
        " ",
      );
    expect(asked).toEqual(words);
    const back = JSON.stringify(said).replaceAll(/<(\w+)>/g, "$1");
    expect(JSON.parse(back)).toEqual(card);
    expect(JSON.stringify(said).match(/<\w+>/g)).toHaveLength(words.length);
  });

  it("keeps a card without a subtitle without one", () => {
    expect(sayCard({ ...card, subtitle: null }, String).subtitle).toBeNull();
  });
});
