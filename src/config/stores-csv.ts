import { CsvError, parse } from "csv-parse/sync";
import type { StoreEntry } from "../core/config/schema.ts";
import type { ProblemCode } from "./messages.ts";
import type { Params, Problem } from "./problem.ts";

/** The stores of a CSV file, and the line on which each of them ends. */
export type StoreRows = {
  readonly stores: readonly StoreEntry[];
  readonly lines: readonly number[];
};

const COLUMNS = ["id", "name", "region", "aliases"] as const;
const REQUIRED = ["id", "name"] as const;
const MOST_PROBLEMS = 20;
/** As spreadsheets write it: rows of different lengths are ours to complain about, and empty ones at the end are common. */
const DIALECT = {
  bom: true,
  trim: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
} as const;

type Row = { readonly record: readonly string[]; readonly line: number };
type Layout = ReadonlyMap<string, number>;

/**
 * Read a store directory: UTF-8, a header with `id` and `name` and where wanted `region` and `aliases`, aliases
 * separated by `|`. At most 20 problems are listed, and one more that counts the rest.
 */
export function readStores(file: string, text: string): StoreRows | readonly Problem[] {
  const at = (line: number, code: ProblemCode, params: Params = {}): Problem => ({
    level: "error",
    file,
    line,
    column: 1,
    path: [],
    code,
    params,
  });
  if (text.includes("\uFFFD")) return [at(1, "file-not-utf8")];
  const rows = parseRows(text);
  if ("detail" in rows) return [at(rows.line, "csv-syntax", { detail: rows.detail })];
  const [header, ...body] = rows;
  if (header === undefined) return [at(1, "csv-header")];
  const layout = layoutOf(header.record);
  const problems = headerFlaws(header.record).map(([code, params]) =>
    at(header.line, code, params),
  );
  if (problems.length > 0) return problems;
  const flaws = body.flatMap((row) =>
    rowFlaws(row, layout).map(([code, params]) => at(row.line, code, params)),
  );
  if (flaws.length > MOST_PROBLEMS) {
    const count = flaws.length - MOST_PROBLEMS;
    return [
      ...flaws.slice(0, MOST_PROBLEMS),
      at(flaws[MOST_PROBLEMS]?.line ?? 1, "csv-more", { count }),
    ];
  }
  if (flaws.length > 0) return flaws;
  return {
    stores: body.map(({ record }) => storeOf(record, layout)),
    lines: body.map(({ line }) => line),
  };
}

function parseRows(
  text: string,
): readonly Row[] | { readonly line: number; readonly detail: string } {
  const rows: Row[] = [];
  const keep = (record: string[], { lines }: { readonly lines: number }) => {
    rows.push({ record, line: lines });
    return null;
  };
  try {
    parse(text.replace(/\r\n?/g, "\n"), { ...DIALECT, on_record: keep });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { line: (rows.at(-1)?.line ?? 0) + 1, detail: error.code };
  }
}

function layoutOf(header: readonly string[]): Layout {
  return new Map(header.map((name, at) => [name.toLowerCase(), at]));
}

function headerFlaws(header: readonly string[]): [ProblemCode, Params][] {
  const names = header.map((name) => name.toLowerCase());
  if (!names.some((name) => COLUMNS.some((column) => column === name))) return [["csv-header", {}]];
  const unknown = names.filter((name) => !COLUMNS.some((column) => column === name));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const missing = REQUIRED.filter((column) => !names.includes(column));
  return [
    ...unknown.map((name): [ProblemCode, Params] => [
      "csv-column-unknown",
      { name, known: COLUMNS },
    ]),
    ...twice.map((name): [ProblemCode, Params] => ["csv-column-twice", { name }]),
    ...missing.map((name): [ProblemCode, Params] => ["csv-column-missing", { name }]),
  ];
}

function rowFlaws({ record }: Row, layout: Layout): [ProblemCode, Params][] {
  if (record.length !== layout.size)
    return [["csv-cells", { count: record.length, expected: layout.size }]];
  return REQUIRED.filter((name) => cell(record, layout, name) === "").map((name) => [
    "csv-cell-empty",
    { name },
  ]);
}

function storeOf(record: readonly string[], layout: Layout): StoreEntry {
  const aliases = cell(record, layout, "aliases")
    .split("|")
    .map((alias) => alias.trim());
  return {
    id: cell(record, layout, "id"),
    name: cell(record, layout, "name"),
    region: cell(record, layout, "region"),
    aliases: aliases.filter((alias) => alias !== ""),
  };
}

function cell(record: readonly string[], layout: Layout, name: string): string {
  return record[layout.get(name) ?? -1] ?? "";
}
