import type { Block } from "../../core/card.ts";
import { columns, div, type Native, plain, small } from "./native-card.ts";
import { shorten } from "./plain-text.ts";

const SHORT_VALUE = 16; // characters that fit half of a card on a telephone

/** One block of a card as elements of card JSON 2.0, no text longer than `longest`. */
export function renderBlock(block: Block<string>, longest: number): readonly Native[] {
  switch (block.type) {
    case "paragraph":
      return [div(plain(shorten(block.text, longest)))];
    case "note":
      return [small(shorten(block.text, longest))];
    case "divider":
      return [{ tag: "hr" }];
    case "fields":
      return renderFields(block.fields, longest);
  }
}

type Field = { readonly label: string; readonly value: string };

/** Short fields stand two in a row, long ones alone. */
function renderFields(fields: readonly Field[], longest: number): readonly Native[] {
  const rows: Native[] = [];
  let row: (readonly Native[])[] = [];
  const close = () => {
    if (row.length > 0) rows.push(columns("bisect", row));
    row = [];
  };
  for (const field of fields) {
    const cell = [small(shorten(field.label, longest)), div(plain(shorten(field.value, longest)))];
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
