import { type Document, isPair, isScalar, isSeq, type Scalar, visit } from "yaml";
import type { ConfigPath } from "../core/config/finding.ts";
import type { Flaw } from "./yaml-document.ts";

export type Env = Readonly<Record<string, string | undefined>>;

/** What came out of the environment, so that it can be kept out of everything that is shown. */
export type Substitution = {
  readonly flaws: readonly Flaw[];
  /** Values that hold something of the environment. */
  readonly nodes: ReadonlySet<unknown>;
  /** What was put in, to how it is written: `${NAME}`. */
  readonly secrets: ReadonlyMap<string, string>;
};

const REFERENCE = /\$?\$\{(?:([A-Za-z_][A-Za-z0-9_]*)\})?/g;

/**
 * Put the environment into the strings of a document, in place. Keys stay as they are, `$${` stands for `${`, and what
 * is put in is data: it is not read as YAML again.
 */
export function substitute(document: Document.Parsed, env: Env): Substitution {
  const flaws: Flaw[] = [];
  const nodes = new Set<unknown>();
  const secrets = new Map<string, string>();
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === "key" || typeof node.value !== "string" || !node.value.includes("${")) return;
      nodes.add(node);
      node.value = node.value.replace(REFERENCE, (written: string, name: string | undefined) => {
        if (written.startsWith("$$")) return written.slice(1);
        const value = name === undefined ? undefined : lookUp(env, name);
        if (value === undefined)
          flaws.push({
            ...flawOf(name),
            offset: offsetOf(node),
            path: pathOf([...ancestors, node]),
          });
        else if (value !== "") secrets.set(value, written);
        return value ?? written;
      });
    },
  });
  return { flaws, nodes, secrets };
}

/** Does a value hold anything of the environment? An alias in it counts as if it did. */
export function holdsEnv(node: unknown, { nodes }: Substitution): boolean {
  if (isScalar(node)) return nodes.has(node);
  if (typeof node !== "object" || node === null) return false;
  let found = false;
  visit(node as Parameters<typeof visit>[0], {
    Scalar(_, scalar) {
      if (!nodes.has(scalar)) return;
      found = true;
      return visit.BREAK;
    },
    Alias() {
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

function lookUp(env: Env, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

function flawOf(name: string | undefined): Pick<Flaw, "code" | "params"> {
  return name === undefined
    ? { code: "env-form", params: {} }
    : { code: "env-missing", params: { name } };
}

function offsetOf(node: Scalar): number {
  return node.range?.[0] ?? 0;
}

/** The path to the last of a row of nodes, each of which holds the next. */
function pathOf(nodes: readonly unknown[]): ConfigPath {
  return nodes.flatMap((node, at): (string | number)[] => {
    if (isPair(node)) return isScalar(node.key) ? [String(node.key.value)] : [];
    return isSeq(node) ? [node.items.indexOf(nodes[at + 1])] : [];
  });
}
