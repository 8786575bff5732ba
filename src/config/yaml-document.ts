import {
  type Document,
  isNode,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import type { ConfigPath } from "../core/config/finding.ts";
import type { ProblemCode } from "./messages.ts";
import type { Params } from "./problem.ts";

/** A YAML text with the places of everything in it. */
export type YamlFile = {
  readonly file: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
};

/** A flaw of the text itself, at an offset. */
export type Flaw = {
  readonly code: ProblemCode;
  readonly offset: number;
  readonly params: Params;
  readonly path?: ConfigPath;
};

const MOST_ALIASES = 100;
/** Counts mappings, lists and pairs; a sensible configuration has less than 20. */
const DEEPEST = 200;
const TOO_DEEP: Flaw = { code: "yaml-depth", offset: 0, params: {} };

/** Read YAML 1.2. What is not plain data (tags, keys that are not text, several documents) is a flaw. */
export function parseYaml(
  file: string,
  text: string,
): { readonly yaml: YamlFile; readonly flaws: readonly Flaw[] } | Flaw {
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, {
      lineCounter: lines,
      version: "1.2",
      prettyErrors: false,
    });
    const yaml: YamlFile = { file, text, document, lines };
    const broken = syntaxFlaws(yaml);
    return { yaml, flaws: broken.length > 0 ? broken : shapeFlaws(yaml) };
  } catch (error) {
    if (error instanceof RangeError) return TOO_DEEP;
    throw error;
  }
}

/** The plain data of a document without flaws, or the flaw that there is too much of it. */
export function toPlain({ document }: YamlFile): { readonly value: unknown } | Flaw {
  try {
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch {
    return { code: "yaml-alias", offset: 0, params: { limit: MOST_ALIASES } };
  }
}

function syntaxFlaws({ document, text }: YamlFile): Flaw[] {
  const { version } = document.directives.yaml;
  const flaws = [...document.errors, ...document.warnings].map((error) => syntaxFlaw(error, text));
  return version === "1.2"
    ? flaws
    : [{ code: "yaml-version", offset: 0, params: { name: version } }, ...flaws];
}

function syntaxFlaw({ code, message, pos }: YAMLError, text: string): Flaw {
  const [offset, end] = pos;
  switch (code) {
    case "DUPLICATE_KEY":
      return {
        code: "yaml-duplicate-key",
        offset,
        params: { name: /^[^:\n]*/.exec(text.slice(offset))?.[0].trim() ?? "" },
      };
    case "TAB_AS_INDENT":
      return { code: "yaml-tab", offset, params: {} };
    case "MULTIPLE_DOCS":
      return { code: "yaml-documents", offset, params: {} };
    case "TAG_RESOLVE_FAILED":
      return { code: "yaml-tag", offset, params: { name: text.slice(offset, end) } };
    case "RESOURCE_EXHAUSTION":
      return TOO_DEEP;
    default:
      return { code: "yaml-syntax", offset, params: { detail: message } };
  }
}

function shapeFlaws({ document }: YamlFile): Flaw[] {
  const flaws: Flaw[] = [];
  visit(document, {
    Pair(_, pair, ancestors) {
      if (ancestors.length > DEEPEST) {
        flaws.push(TOO_DEEP);
        return visit.BREAK;
      }
      if (!isPlainKey(pair)) flaws.push({ code: "yaml-key", offset: offsetOf(pair), params: {} });
      return undefined;
    },
    Seq(_, __, ancestors) {
      if (ancestors.length <= DEEPEST) return undefined;
      flaws.push(TOO_DEEP);
      return visit.BREAK;
    },
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      flaws.push({
        code: "yaml-alias-unknown",
        offset: alias.range?.[0] ?? 0,
        params: { name: alias.source },
      });
    },
  });
  return flaws;
}

/** `__proto__` is a word that no object of the language can hold safely. */
function isPlainKey({ key }: Pair): boolean {
  if (!isScalar(key)) return false;
  return (
    (typeof key.value === "string" && key.value !== "__proto__") || typeof key.value === "number"
  );
}

function offsetOf({ key, value }: Pair): number {
  for (const node of [key, value]) {
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
