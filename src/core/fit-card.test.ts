import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCard } from "../../test/support/arbitrary-card.ts";
import { CARD_TABLES } from "../../test/support/card-tables.ts";
import { type Card, type Control, decodeAction, type FormField } from "./card.ts";
import type { CardAbilities } from "./card-abilities.ts";
import { cardText, repliesOf } from "./card-text.ts";
import { fitCard } from "./fit-card.ts";
import { bytesOf, lengthOf } from "./fit-text.ts";
import type { FitOptions } from "./fit-words.ts";
import { lengthOfMarkdown } from "./markdown-write.ts";

const OPTIONS: FitOptions = {
  words: {
    more: (n) => `…另有 ${n} 项`,
    dropped: (list) => `这里放不下：${list}`,
    reply: (number, label) => `回复 ${number} ${label}`,
    image: (alt) => `图片：${alt}`,
    moment: "2026-01-31 09:30",
  },
  link: (action) => `https://desk.example.com/a/${encodeURIComponent(action)}`,
  command: (action) => (action.startsWith("escalate") ? "/催办 7" : null),
};

const EMPTY: Card<string> = {
  tone: "info",
  title: "报修",
  subtitle: null,
  blocks: [],
  controls: [],
};

const table = fc.constantFrom(...CARD_TABLES.map(({ can }) => can));

/** The verb and subject of everything that can be pressed, opened or typed, in whichever way it can. */
function reachable(card: Card<string>): string[] {
  return card.controls.flatMap((control) => {
    if (control.type === "form") return [plainAction(control.submit.action)];
    if (control.type !== "link") return [plainAction(control.action)];
    const [, sent] = /^https:\/\/desk\.example\.com\/a\/(.*)$/.exec(control.url) ?? [];
    return sent === undefined ? [] : [plainAction(decodeURIComponent(sent))];
  });
}

function plainAction(action: string): string {
  return action.replace(/^ask_/, "");
}

function names(card: Card<string>): string {
  return card.blocks.flatMap((block) => ("text" in block ? [block.text] : [])).join("\n");
}

function expectWithin(card: Card<string>, can: CardAbilities): void {
  const { limits } = can;
  expect(lengthOf(card.title)).toBeLessThanOrEqual(limits.title);
  expect(lengthOf(card.subtitle ?? "")).toBeLessThanOrEqual(limits.subtitle);
  expect(card.blocks.length).toBeLessThanOrEqual(limits.blocks);
  const rows = card.blocks.flatMap((block) => (block.type === "fields" ? block.fields : []));
  expect(rows.length).toBeLessThanOrEqual(limits.fields);
  for (const { label, value } of rows) {
    expect(lengthOf(label)).toBeLessThanOrEqual(limits.label);
    expect(lengthOf(value)).toBeLessThanOrEqual(limits.value);
  }
  const lengths = card.blocks.map(wordsOf);
  expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(limits.text);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(limits.words);
  const types = new Set(card.blocks.map(({ type }) => type));
  expect(types.has("markdown") && can.markdown.length === 0).toBe(false);
  expect(types.has("image") && can.images === "none").toBe(false);
  expectCounts(card.controls, can);
  for (const control of card.controls) expectControl(control, can);
}

function wordsOf(block: Card<string>["blocks"][number]): number {
  if (!("text" in block)) return 0;
  return block.type === "markdown" ? lengthOfMarkdown(block.text) : lengthOf(block.text);
}

function expectCounts(controls: readonly Control<string>[], can: CardAbilities): void {
  const { buttons, forms } = can;
  const count = (type: Control<string>["type"]) =>
    controls.filter((control) => control.type === type).length;
  const taken = forms.takesButton ? count("form") : 0;
  expect(count("link")).toBeLessThanOrEqual(can.links);
  expect(count("form")).toBeLessThanOrEqual(forms.most);
  const most = buttons.most + buttons.menu - taken;
  expect(count("button")).toBeLessThanOrEqual(buttons.press === "callback" ? most : 0);
  expect(count("reply")).toBeLessThanOrEqual(buttons.press === "reply" ? most : 0);
}

function expectControl(control: Control<string>, can: CardAbilities): void {
  const { limits } = can;
  if (control.type === "form") for (const field of control.fields) expectField(field, can);
  if (control.type === "link") expect(bytesOf(control.url)).toBeLessThanOrEqual(limits.urlBytes);
  if (control.type !== "button") return;
  expect(lengthOf(control.label)).toBeLessThanOrEqual(limits.button);
  const question = can.buttons.confirm ? limits.confirm : -1;
  expect(control.confirm === null ? -1 : lengthOf(control.confirm)).toBeLessThanOrEqual(question);
}

function expectField(field: FormField<string>, { forms, limits }: CardAbilities): void {
  expect(forms.shapes.some(({ fields }) => fields[field.type] !== undefined)).toBe(true);
  expect(lengthOf(field.label)).toBeLessThanOrEqual(limits.question);
  const offered = "options" in field ? field.options : "people" in field ? field.people : [];
  const most = Math.max(...forms.shapes.map(({ options }) => options));
  expect(offered.length).toBeLessThanOrEqual(most);
  expect(new Set(offered.map(({ value }) => value)).size).toBe(offered.length);
}

describe("fitCard", () => {
  it("makes of any card one that the surface can show, and then changes nothing more", () => {
    fc.assert(
      fc.property(anyCard, table, (card, can) => {
        const once = fitCard(card, can, OPTIONS);
        expectWithin(once, can);
        expect(fitCard(once, can, OPTIONS)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps everything that can be done within reach, or names what found no room", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 30 }), anyCard, table, (numbers, any, can) => {
        const buttons = [...new Set(numbers)].map((n): Control<string> => {
          const action = `do_${n}|1|ticket:t1`;
          return { type: "button", label: `键${n}`, style: "default", action, confirm: null };
        });
        const forms = any.controls.flatMap((control, n): Control<string>[] => {
          if (control.type !== "form") return [];
          const submit = { ...control.submit, label: `表${n}`, action: `form_${n}|1|ticket:t1` };
          return [{ ...control, submit }];
        });
        const controls = [...buttons, ...forms];
        const before = reachable({ ...EMPTY, controls });
        const roomy = { ...can, limits: { ...can.limits, text: 1e4, words: 1e5 } };
        const fitted = fitCard({ ...EMPTY, controls }, roomy, OPTIONS);
        const after = new Set(reachable(fitted));
        const gone = before.filter((action) => !after.has(action));
        const named = names(fitted).split("：")[1]?.split(" · ") ?? [];
        expect(named).toHaveLength(gone.length);
      }),
      { numRuns: 300 },
    );
  });

  it("never loses a primary button to another one", () => {
    for (const { can } of CARD_TABLES) {
      const controls = Array.from({ length: 40 }, (_, n): Control<string> => {
        const action = `do_${n}|1|ticket:t1`;
        const style = n === 39 ? "primary" : "default";
        return { type: "button", label: `键${n}`, style, action, confirm: null };
      });
      const fitted = fitCard({ ...EMPTY, controls }, can, OPTIONS);
      expect(reachable(fitted)).toContain("do_39|1|ticket:t1");
    }
  });

  it("writes only actions that can be read back", () => {
    fc.assert(
      fc.property(anyCard, table, (card, can) => {
        for (const control of fitCard(card, can, OPTIONS).controls) {
          if (control.type === "form") expect(decodeAction(control.submit.action)).not.toBeNull();
          else if (control.type !== "link") expect(decodeAction(control.action)).not.toBeNull();
        }
      }),
    );
  });
});

describe("a card that is said", () => {
  it("numbers what can be done, and each number means its action", () => {
    const [plain] = CARD_TABLES.filter(({ can }) => can.shown === "text");
    const press = (verb: string, label: string): Control<string> => {
      const action = `${verb}|1|ticket:t1`;
      return { type: "button", label, style: "default", action, confirm: "真的？" };
    };
    const controls = [press("escalate", "升级"), press("close", "关闭")];
    if (plain === undefined) throw new Error("There is no table of a surface without cards.");
    const fitted = fitCard({ ...EMPTY, controls }, plain.can, OPTIONS);
    expect(cardText(fitted)).toBe("报修\n回复 1 升级\n回复 2 关闭");
    expect(repliesOf(fitted)).toEqual([
      { number: 1, action: "escalate|1|ticket:t1" },
      { number: 2, action: "close|1|ticket:t1" },
    ]);
  });
});
