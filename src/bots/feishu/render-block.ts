import type { Block } from "../../core/card.ts";
import { columns, div, type Native, plain, small } from "./native-card.ts";
import { renderMarkdown } from "./render-markdown.ts";

const SHORT_VALUE = 16; // characters that fit half of a card on a telephone

/** One block of a fitted card as elements of card JSON 2.0. */
export function renderBlock(block: Block<string>): readonly Native[] {
  switch (block.type) {
    case "paragraph":
      return [div(plain(block.text))];
    case "markdown":
      return [{ tag: "markdown", content: renderMarkdown(block.text) }];
    case "note":
      return [small(block.text)];
    case "divider":
      return [{ tag: "hr" }];
    case "image":
      return [{ tag: "img", img_key: block.key ?? "", alt: plain(block.alt) }];
    case "fields":
      return renderFields(block.fields);
  }
}

type Field = { readonly label: string; readonly value: string };

/** Short fields stand two in a row, long ones alone. */
function renderFields(fields: readonly Field[]): readonly Native[] {
  const rows: Native[] = [];
  let row: (readonly Native[])[] = [];
  const close = () => {
    if (row.length > 0) rows.push(columns("bisect", row));
    row = [];
  };
  for (const field of fields) {
    const cell = [small(field.label), div(plain(field.value))];
    if (field.value.length <= SHORT_VALUE && field.label.length <= SHORT_VALUE) {
      row.push(cell);
      if (row.length === 2) close();
    } else {
      close();
      rows.push(...cell);
    }
  }
  close();
  return rows;
}
