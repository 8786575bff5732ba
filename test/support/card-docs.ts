import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FieldType } from "../../src/core/card.ts";
import type { CardAbilities, FormShape, UpdateRule } from "../../src/core/card-abilities.ts";
import type { Language } from "../../src/core/text.ts";
import { DOC_WORDS, type DocWords } from "./card-docs-words.ts";
import { CARD_TABLES } from "./card-tables.ts";

const ROOT = join(import.meta.dirname, "../..");

export const CARD_PAGES: readonly { readonly path: string; readonly language: Language }[] = [
  { path: join(ROOT, "docs/cards.md"), language: "en" },
  { path: join(ROOT, "docs/cards.zh-CN.md"), language: "zh-CN" },
];

const TABLE = /(<!-- card-table: (\w+) -->\n)[\s\S]*?(<!-- \/card-table -->)/g;

/** A page with its tables made anew from the code. Throws for a table that there is not. */
export function withTables(page: string, language: Language): string {
  const words = DOC_WORDS[language];
  return page.replace(TABLE, (_whole, open: string, name: string, close: string) => {
    const table = TABLES[name];
    if (table === undefined) throw new Error(`There is no table ${name}.`);
    return `${open}\n${draw(table, words)}\n\n${close}`;
  });
}

export function readPage(path: string): string {
  return readFileSync(path, "utf8");
}

type Table = {
  /** Keys of `DocWords.heads`. */
  readonly heads: readonly string[];
  cells(can: CardAbilities, words: DocWords): readonly string[];
};

const TABLES: Readonly<Record<string, Table>> = {
  buttons: {
    heads: ["press", "buttons", "menu", "confirm", "links"],
    cells: ({ buttons, links }, words) => [
      words.press[buttons.press],
      buttons.press === "link" ? "–" : String(buttons.most),
      buttons.menu === 0 ? "–" : `+${buttons.menu}`,
      words.yes(buttons.confirm),
      String(links),
    ],
  },
  forms: {
    heads: ["forms", "text", "select", "multi_select", "person", "datetime"],
    cells: (can, words) => [
      formsCell(can, words),
      ...FIELDS.map((type) => fieldCell(can, type, words)),
    ],
  },
  words: {
    heads: ["markdown", "images"],
    cells: ({ markdown, images }, words) => [
      markdown.length === 0
        ? words.plain
        : markdown.map((feature) => words.markdown[feature]).join(words.comma),
      words.images[images],
    ],
  },
  limits: {
    heads: ["title", "subtitle", "text", "all", "rows", "label", "value", "button", "bytes"],
    cells: ({ limits }, words) => [
      ...[limits.title, limits.subtitle, limits.text, limits.words, limits.fields].map(String),
      ...[limits.label, limits.value, limits.button].map(String),
      words.bytes(limits.bytes),
    ],
  },
  updates: {
    heads: ["by", "within", "pace", "copies"],
    cells: ({ updates }, words) => updateCells(updates, words),
  },
};

function formsCell({ forms, buttons }: CardAbilities, words: DocWords): string {
  if (forms.most > 0) return String(forms.most);
  return buttons.press === "link" ? words.press.link : words.asked;
}

const FIELDS: readonly FieldType[] = ["text", "select", "multi_select", "person", "datetime"];

function fieldCell({ forms }: CardAbilities, type: FieldType, words: DocWords): string {
  const shapes = forms.shapes.filter(({ fields }) => fields[type] !== undefined);
  if (shapes.length > 0) {
    return shapes.map((shape) => shapeCell(shape, type, words)).join(words.semicolon);
  }
  if (forms.most === 0) return "–";
  const has = (other: FieldType) => forms.shapes.some(({ fields }) => fields[other] !== undefined);
  if (type === "person" && has("select")) return words.instead.select;
  return type === "datetime" && has("text") ? words.instead.text : words.asked;
}

function shapeCell(shape: FormShape, type: FieldType, words: DocWords): string {
  const options = type === "text" || type === "datetime" ? "" : words.options(shape.options);
  const alone = shape.stands === "alone" ? words.alone : "";
  return `${shape.fields[type]}${options}${alone}`;
}

function updateCells({ by, withinMs, pace, copies }: UpdateRule, words: DocWords): string[] {
  if (by === "none") return [words.updates.none, "–", "–", String(copies)];
  return [
    words.updates[by],
    withinMs === null ? words.always : words.time(withinMs),
    pace === null ? words.unknown : words.pace(pace.count, pace.perMs),
    String(copies),
  ];
}

function draw(table: Table, words: DocWords): string {
  const head = [words.surface, ...table.heads.map((name) => words.heads[name] ?? name)];
  const rows = CARD_TABLES.map(({ name, can }) => [
    words.surfaces[name] ?? name,
    ...table.cells(can, words),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
