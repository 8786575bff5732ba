import {
  type ASTNode,
  type TypeError as CheckError,
  Environment,
  ParseError,
} from "@marcbachmann/cel-js";
import type { DispatchFacts } from "./policy.ts";

/** What a condition may ask about; a field that may be unknown is null then. */
const FACTS = {
  ticket: { type: "string", intent: "string?", priority: "string", account: "string" },
  store: { id: "string?", name: "string?", region: "string?" },
} as const;

/** A condition that was understood. */
export type Condition = {
  /** Does it hold? A run-time error, such as calling a method of null, is a no. */
  matches(facts: DispatchFacts): boolean;
  /** Facts that it compares with fixed words. */
  readonly comparisons: readonly Comparison[];
};

/** `ticket.type == "repair"`: the fact, the word, and where the word stands in the condition. */
export type Comparison = {
  readonly fact: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
};

/** Why a condition cannot be used, and where in it. */
export type ConditionFault = {
  readonly code:
    | "condition-unknown"
    | "condition-type"
    | "condition-syntax"
    | "condition-not-boolean";
  readonly start: number;
  readonly end: number;
  /** The library's sentence, or for `condition-unknown` the name that is unknown. */
  readonly detail: string;
  /** Names that would have been right; empty when that is not the trouble. */
  readonly known: readonly string[];
};

const LIMITS = { maxAstNodes: 2000, maxDepth: 50 };
/** For checking, facts that may be null are strings that may be compared with null: so that `store.region > 3` is an error. */
const CHECKING = declare("string").registerOperator("string == null", (a, b) => a === b);
const RUNNING = declare("dyn");

/** Read a CEL condition once, with types: unknown names and comparisons of unlike types are faults. */
export function compileCondition(source: string): Condition | ConditionFault {
  const checked = CHECKING.check(source);
  if (!checked.valid) return faultOf(source, checked.error);
  if (checked.type !== "bool") {
    return {
      code: "condition-not-boolean",
      start: 0,
      end: source.length,
      detail: checked.type ?? "dyn",
      known: [],
    };
  }
  const run = RUNNING.parse(source);
  return {
    comparisons: comparisonsIn(run.ast),
    matches(facts) {
      try {
        return (
          run({
            ticket: facts.ticket,
            store: facts.store ?? { id: null, name: null, region: null },
          }) === true
        );
      } catch {
        return false;
      }
    },
  };
}

export function isFault(condition: Condition | ConditionFault): condition is ConditionFault {
  return "code" in condition;
}

function declare(nullable: "string" | "dyn"): Environment {
  const environment = new Environment({ limits: LIMITS });
  for (const [name, fields] of Object.entries(FACTS)) {
    const types = Object.entries(fields).map(([field, type]) => [
      field,
      type === "string" ? "string" : nullable,
    ]);
    environment.registerVariable({ name, schema: Object.fromEntries(types) });
  }
  return environment;
}

function faultOf(source: string, error: ParseError | CheckError | undefined): ConditionFault {
  const { start, end } = error?.range ?? { start: 0, end: source.length };
  const detail = error?.summary ?? "";
  const name = source.slice(start, end);
  if (error?.code === "unknown_variable") {
    return { code: "condition-unknown", start, end, detail: name, known: Object.keys(FACTS) };
  }
  if (error?.code === "no_such_key") {
    const known = Object.entries(FACTS).find(([fact]) =>
      source.slice(0, start).trimEnd().endsWith(`${fact}.`),
    );
    return {
      code: "condition-unknown",
      start,
      end,
      detail: name,
      known: Object.keys(known?.[1] ?? {}),
    };
  }
  return {
    code: error instanceof ParseError ? "condition-syntax" : "condition-type",
    start,
    end,
    detail,
    known: [],
  };
}

function comparisonsIn(node: ASTNode): Comparison[] {
  return [...comparisonAt(node), ...childrenOf(node).flatMap(comparisonsIn)];
}

function comparisonAt(node: ASTNode): Comparison[] {
  if (node.op !== "==" && node.op !== "!=" && node.op !== "in") return [];
  const [left, right] = node.args;
  const fact = factOf(left) ?? factOf(right);
  if (fact === null) return [];
  const other = factOf(left) === null ? left : right;
  const candidates = other.op === "list" ? other.args : [other];
  return candidates.flatMap(({ op, args, range }) =>
    op === "value" && typeof args === "string"
      ? [{ fact, value: args, start: range.start, end: range.end }]
      : [],
  );
}

function factOf(node: ASTNode): string | null {
  if (node.op !== ".") return null;
  const [object, field] = node.args;
  return object.op === "id" ? `${object.args}.${field}` : null;
}

function childrenOf(node: ASTNode): ASTNode[] {
  const args: unknown = node.args;
  return [args].flat(3).filter(isNode);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value && "range" in value;
}
