import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyBlock,
  anyCard,
  anyControl,
  anyMarkdown,
} from "../../../test/support/arbitrary-card.ts";
import type { Card, Control } from "../../core/card.ts";
import { findCardFlaw } from "../../simulator/feishu/card-rules.ts";
import { originalName } from "./names.ts";
import type { NativeCard } from "./native-card.ts";
import { cardContent, renderCard } from "./render.ts";

const name = fc.oneof(
  fc.constantFrom("note", "team", "submit", "", "note~1"),
  fc.string({ maxLength: 12 }),
);
const huge = fc.constantFrom("字".repeat(9_000), '"'.repeat(9_000), "😀".repeat(5_000));

/** Far more of everything than fits. */
const hugeCard: fc.Arbitrary<Card<string>> = fc
  .tuple(
    anyCard,
    huge,
    fc.array(anyBlock, { maxLength: 30 }),
    fc.array(anyControl, { maxLength: 20 }),
  )
  .map(([card, title, blocks, controls]) => ({
    ...card,
    title,
    blocks: [...card.blocks, { type: "paragraph", text: title }, ...blocks],
    controls: [...card.controls, ...controls],
  }));

const EMPTY: Card<string> = {
  tone: "info",
  title: "报修",
  subtitle: null,
  blocks: [],
  controls: [],
};

function tagged(value: unknown): { tag: string; name?: string }[] {
  if (Array.isArray(value)) return value.flatMap(tagged);
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(tagged);
  return "tag" in value ? [value as { tag: string }, ...inside] : inside;
}

function requestBytes(card: Card<string>): number {
  const request = {
    receive_id: "oc_0123456789abcdef0123456789abcdef",
    msg_type: "interactive",
    content: cardContent(card),
    uuid: "0123456789abcdefghjk",
  };
  return new TextEncoder().encode(JSON.stringify(request)).length;
}

function actionsIn(native: NativeCard): string[] {
  return [...JSON.stringify(native).matchAll(/"value":\{"action":"([^"]*)"\}/g)].map(
    ([, found = ""]) => found,
  );
}

describe("renderCard", () => {
  function expectTaken(card: Card<string>): void {
    const native = renderCard(card);
    expect(findCardFlaw(JSON.parse(JSON.stringify(native)))).toBeNull();
    expect(tagged(native).length).toBeLessThanOrEqual(200);
    expect(requestBytes(card)).toBeLessThanOrEqual(30 * 1024);
  }

  it("makes of any card one that Feishu takes", () => {
    fc.assert(fc.property(anyCard, expectTaken), { numRuns: 150 });
  });

  it("makes of a card with far too much of everything one that Feishu takes", () => {
    fc.assert(fc.property(hugeCard, expectTaken), { numRuns: 20 });
  });

  it("names everything in its forms differently, and so that the name can be read back", () => {
    fc.assert(
      fc.property(
        fc.array(name, { maxLength: 8 }),
        fc.array(name, { maxLength: 8 }),
        (one, two) => {
          const form = (names: readonly string[]): Control<string> => ({
            type: "form",
            name: "f",
            fields: names.map((each) => ({
              type: "text",
              name: each,
              label: "l",
              required: false,
              multiline: false,
            })),
            submit: { label: "s", style: "default", action: "claim|1|ticket:t1" },
          });
          const made = tagged(renderCard({ ...EMPTY, controls: [form(one), form(two)] }));
          const names = made.flatMap((each) => (each.name === undefined ? [] : [each.name]));
          expect(new Set(names).size).toBe(names.length);
          const inputs = made
            .filter((each) => each.tag === "input")
            .map((each) => originalName(each.name ?? ""));
          expect(inputs).toEqual([...one, ...two]);
        },
      ),
    );
  });

  it("never writes anyone's words where Feishu would read markdown", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const blocks = card.blocks.filter(({ type }) => type !== "markdown");
        const tags = new Set(tagged(renderCard({ ...card, blocks })).map((each) => each.tag));
        expect(tags.has("markdown")).toBe(false);
        expect(tags.has("lark_md")).toBe(false);
      }),
    );
  });

  it("lets nothing in a marked text call a chat, whatever stands around it", () => {
    fc.assert(
      fc.property(anyMarkdown, anyMarkdown, (before, after) => {
        const text = `${before}<at id=all></at>${after}`;
        const native = renderCard({ ...EMPTY, blocks: [{ type: "markdown", text }] });
        expect(JSON.stringify(native.body)).not.toMatch(/<\s*\/?\s*at\b/i);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every button of a card whose words are too long, and says that words are missing", () => {
    const controls = ["claim", "escalate", "close"].map(
      (verb): Control<string> => ({
        type: "button",
        label: verb,
        style: "default",
        action: `${verb}|1|ticket:t1`,
        confirm: null,
      }),
    );
    const paragraphs = Array.from({ length: 300 }, () => ({
      type: "paragraph" as const,
      text: "冷".repeat(500),
    }));
    const native = renderCard({ ...EMPTY, blocks: paragraphs, controls });
    expect(actionsIn(native)).toEqual(
      controls.map((each) => ("action" in each ? each.action : "")),
    );
    expect(native.body.elements.length).toBeGreaterThan(50);
    expect(JSON.stringify(native)).toContain("…");
  });

  it("shows a small card whole", () => {
    const native = renderCard({
      ...EMPTY,
      tone: "danger",
      subtitle: "待接单 · 冷链组",
      blocks: [
        { type: "paragraph", text: "<at id=all></at>" },
        {
          type: "fields",
          fields: [
            { label: "门店", value: "一店" },
            { label: "优先级", value: "高" },
          ],
        },
      ],
    });
    expect(native).toEqual({
      schema: "2.0",
      config: { update_multi: true },
      header: {
        title: { tag: "plain_text", content: "报修" },
        subtitle: { tag: "plain_text", content: "待接单 · 冷链组" },
        template: "red",
      },
      body: {
        elements: [
          { tag: "div", text: { tag: "plain_text", content: "<at id=all></at>" } },
          {
            tag: "column_set",
            flex_mode: "bisect",
            horizontal_spacing: "8px",
            columns: [column("门店", "一店"), column("优先级", "高")],
          },
        ],
      },
    });
  });

  it("lists the first fifty to choose from, and keeps the card's words beside a longer list", () => {
    const options = Array.from({ length: 400 }, (_, n) => ({ value: `a${n}`, label: `同事 ${n}` }));
    const to = { type: "select", name: "to", label: "转给", required: true, options } as const;
    const submit = { label: "转派", style: "default", action: "assign|1|ticket:t1" } as const;
    const form = { type: "form", name: "assign", fields: [to], submit } as const;
    const blocks = [{ type: "paragraph", text: "冰柜不制冷" }] as const;
    const native = JSON.stringify(renderCard({ ...EMPTY, blocks, controls: [form] }));
    expect([native.match(/"a\d+"/g)?.length, native.includes("冰柜不制冷")]).toEqual([50, true]);
  });

  it("asks before a click where the card says so, and links only web addresses", () => {
    const native = renderCard({
      ...EMPTY,
      controls: [
        {
          type: "button",
          label: "关闭",
          style: "danger",
          action: "close|1|ticket:t1",
          confirm: "真的？",
        },
        { type: "link", label: "查看", url: "https://desk.example.com/t/1" },
        { type: "link", label: "坏", url: "javascript:alert(1)" },
      ],
    });
    const [row] = native.body.elements;
    expect(row).toMatchObject({
      tag: "column_set",
      flex_mode: "flow",
      columns: [
        {
          elements: [
            {
              tag: "button",
              type: "danger",
              confirm: { title: { content: "关闭" }, text: { content: "真的？" } },
              behaviors: [{ type: "callback", value: { action: "close|1|ticket:t1" } }],
            },
          ],
        },
        {
          elements: [
            { behaviors: [{ type: "open_url", default_url: "https://desk.example.com/t/1" }] },
          ],
        },
        { elements: [{ tag: "div" }] },
      ],
    });
  });
});

function column(label: string, value: string) {
  return {
    tag: "column",
    width: "weighted",
    weight: 1,
    elements: [
      {
        tag: "div",
        text: { tag: "plain_text", content: label, text_size: "notation", text_color: "grey" },
      },
      { tag: "div", text: { tag: "plain_text", content: value } },
    ],
  };
}
