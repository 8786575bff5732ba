import fc from "fast-check";
import { type Card, type Control, encodeAction, type FormField } from "../../src/core/card.ts";

/** Words as people, policies and attackers write them: empty, long, in several scripts, full of markup. */
export const anyWords: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("", " ", "\n\n# x\n> y", "[x](https://evil.example)", "<font>", "]]>", "\ud800"),
  fc.constantFrom("字".repeat(3000), '"'.repeat(3000), "\n".repeat(3000), "😀".repeat(2000)),
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

const formFields: fc.Arbitrary<FormField<string>> = fc.oneof(
  fc.record({
    type: fc.constant("select" as const),
    name: names,
    label: anyWords,
    required: fc.boolean(),
    options: fc.array(fc.record({ value: fc.string(), label: anyWords }), { maxLength: 30 }),
  }),
  fc.record({
    type: fc.constant("text" as const),
    name: names,
    label: anyWords,
    required: fc.boolean(),
    multiline: fc.boolean(),
  }),
);

const controls: fc.Arbitrary<Control<string>> = fc.oneof(
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
    fields: fc.array(formFields, { maxLength: 6 }),
    submit: fc.record({ label: anyWords, style: styles, action: actions }),
  }),
);

/** Any card that the type allows, far beyond what the core builds. */
export const anyCard: fc.Arbitrary<Card<string>> = fc.record({
  tone: fc.constantFrom("neutral", "info", "success", "warning", "danger"),
  title: anyWords,
  subtitle: fc.option(anyWords),
  blocks: fc.array(
    fc.oneof(
      fc.record({ type: fc.constantFrom("paragraph" as const, "note" as const), text: anyWords }),
      fc.record({ type: fc.constant("divider" as const) }),
      fc.record({
        type: fc.constant("fields" as const),
        fields: fc.array(fc.record({ label: anyWords, value: anyWords }), { maxLength: 10 }),
      }),
    ),
    { maxLength: 10 },
  ),
  controls: fc.array(controls, { maxLength: 14 }),
});
