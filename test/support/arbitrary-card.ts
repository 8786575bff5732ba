import fc from "fast-check";
import {
  type Block,
  type Card,
  type Control,
  encodeAction,
  type FormField,
} from "../../src/core/card.ts";

/** Words as people, policies and attackers write them: empty, long, in several scripts, full of markup. */
export const anyWords: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("", " ", "\n\n# x\n> y", "[x](https://evil.example)", "<font>", "]]>", "\ud800"),
  fc.constantFrom("字".repeat(3000), '"'.repeat(3000), "\n".repeat(3000), "😀".repeat(2000)),
);

/** Texts full of marks, closed and not, nested and not. */
export const anyMarkdown: fc.Arbitrary<string> = fc.oneof(
  anyWords,
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "**",
          "*",
          "_",
          "`",
          "[",
          "](https://x.example/a)",
          "\\",
          "\n",
          "\n\n",
          " ",
        ),
        fc.constantFrom("- ", "1. ", "> ", "# ", "…", "<at id=all></at>", "😀", "**粗**", "_斜_"),
        fc.string({ unit: "grapheme", maxLength: 6 }),
      ),
      { maxLength: 24 },
    )
    .map((pieces) => pieces.join("")),
);

const names = fc.oneof(fc.constantFrom("note", "team", ""), fc.string({ maxLength: 12 }));
const styles = fc.constantFrom("default" as const, "primary" as const, "danger" as const);

const actions = fc
  .record({
    verb: fc.constantFrom("claim", "escalate"),
    subject: fc.stringMatching(/^ticket:[0-9a-z]{1,64}$/),
    version: fc.nat(),
  })
  .map(encodeAction);

const common = { name: names, label: anyWords, required: fc.boolean() };
const option = fc.record({ value: fc.string(), label: anyWords });
const contact = fc.option(fc.stringMatching(/^ou_[a-z0-9]{1,8}$/));

const anyField: fc.Arbitrary<FormField<string>> = fc.oneof(
  fc.record({
    ...common,
    type: fc.constant("select" as const),
    options: fc.array(option, { maxLength: 30 }),
  }),
  fc.record({
    ...common,
    type: fc.constant("multi_select" as const),
    options: fc.array(option, { maxLength: 30 }),
  }),
  fc.record({
    ...common,
    type: fc.constant("person" as const),
    people: fc.array(fc.record({ value: fc.string(), label: anyWords, contact }), {
      maxLength: 30,
    }),
  }),
  fc.record({ ...common, type: fc.constant("datetime" as const) }),
  fc.record(
    {
      ...common,
      type: fc.constant("text" as const),
      multiline: fc.boolean(),
      placeholder: anyWords,
    },
    { requiredKeys: ["name", "label", "required", "type", "multiline"] },
  ),
);

export const anyControl: fc.Arbitrary<Control<string>> = fc.oneof(
  fc.record({
    type: fc.constant("button" as const),
    label: anyWords,
    style: styles,
    action: actions,
    confirm: fc.option(anyWords),
  }),
  fc.record({
    type: fc.constant("link" as const),
    label: anyWords,
    url: fc.oneof(fc.webUrl(), anyWords, fc.constant("javascript:alert(1)")),
  }),
  fc.record({
    type: fc.constant("form" as const),
    name: names,
    fields: fc.array(anyField, { maxLength: 6 }),
    submit: fc.record({ label: anyWords, style: styles, action: actions }),
  }),
);

export const anyBlock: fc.Arbitrary<Block<string>> = fc.oneof(
  fc.record({ type: fc.constantFrom("paragraph" as const, "note" as const), text: anyWords }),
  fc.record({ type: fc.constant("markdown" as const), text: anyMarkdown }),
  fc.record({ type: fc.constant("divider" as const) }),
  fc.record(
    {
      type: fc.constant("image" as const),
      attachment: fc.constant("a1"),
      alt: anyWords,
      key: fc.constant("img_v3_1"),
      url: fc.webUrl(),
    },
    { requiredKeys: ["type", "attachment", "alt"] },
  ),
  fc.record({
    type: fc.constant("fields" as const),
    fields: fc.array(
      fc.record(
        { label: anyWords, value: anyWords, contact: fc.constantFrom("zhangsan", "") },
        { requiredKeys: ["label", "value"] },
      ),
      { maxLength: 10 },
    ),
  }),
);

/** Any card that the type allows, far beyond what the core builds. */
export const anyCard: fc.Arbitrary<Card<string>> = fc.record({
  tone: fc.constantFrom("neutral", "info", "success", "warning", "danger"),
  title: anyWords,
  subtitle: fc.option(anyWords),
  blocks: fc.array(anyBlock, { maxLength: 10 }),
  controls: fc.array(anyControl, { maxLength: 14 }),
});
