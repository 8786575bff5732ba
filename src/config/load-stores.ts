import { checkStores } from "../core/config/check-stores.ts";
import type { Finding } from "../core/config/finding.ts";
import type { Config } from "../core/config/schema.ts";
import type { DirectoryStore } from "../ports/store.ts";
import { directoryOf, fingerprintOf, namedStores } from "./directory.ts";
import { place, type Source } from "./place.ts";
import type { Problem } from "./problem.ts";
import { beside, type Read, readText } from "./read-text.ts";
import type { StoreRows } from "./stores-csv.ts";

/** The stores of a configuration, ready for the store's index. */
export type Directory = {
  readonly stores: readonly DirectoryStore[];
  readonly fingerprint: string;
};

export type StoresResult = {
  /** Null when the file could not be read. */
  readonly directory: Directory | null;
  readonly problems: readonly Problem[];
  /** Files that the directory is read from. */
  readonly related: readonly string[];
};

const MOST_BYTES = 32 * 1024 * 1024;

/** Read the stores from the configuration itself, or from the file that it names unless what it holds is `known`. */
export async function loadStores(
  config: Config,
  source: Source,
  read: Read,
  known: Directory | undefined,
): Promise<StoresResult> {
  if (Array.isArray(config.stores)) {
    const named = namedStores(config.stores);
    const problems = checkStores(named).map((finding) => place(finding, source));
    return { directory: await indexed(named), problems, related: [] };
  }
  const path = beside(source.yaml.file, config.stores.from);
  const related = [path];
  if (known !== undefined) return { directory: known, problems: [], related };
  const text = await readText(path, MOST_BYTES, read);
  if (typeof text !== "string") {
    const unread = { level: "error", path: ["stores", "from"], ...text } as const;
    return { directory: null, problems: [place(unread, source)], related };
  }
  const { readStores } = await import("./stores-csv.ts"); // csv-parse does not load on Workers, which read no files
  const rows = readStores(path, text);
  if (!("stores" in rows)) return { directory: null, problems: rows, related };
  const named = namedStores(rows.stores);
  const problems = checkStores(named).map((finding) => inRow(finding, path, rows));
  return { directory: await indexed(named), problems, related };
}

async function indexed(named: readonly DirectoryStore[]): Promise<Directory> {
  const stores = directoryOf(named);
  return { stores, fingerprint: await fingerprintOf(stores) };
}

/** A finding about a store that has no place in the YAML, but a line of its own. */
function inRow(
  { level, code, path, params }: Finding,
  file: string,
  { lines }: StoreRows,
): Problem {
  const lineOf = (stores: unknown) => lines[Array.isArray(stores) ? Number(stores[1]) : 0] ?? 1;
  const { other, ...rest } = params;
  const told = other === undefined ? rest : { ...rest, other: `${file}:${lineOf(other)}` };
  return { level, file, line: lineOf(path), column: 1, path: [], code, params: told };
}
