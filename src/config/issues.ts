import { isScalar } from "yaml";
import type { z } from "zod";
import type { ConfigPath } from "../core/config/finding.ts";
import { FORMAT_CODES, type FormatCode } from "../core/config/schema.ts";
import { type JsonSchema, knownKeys } from "./json-schema.ts";
import { isLater } from "./later.ts";
import { locate } from "./locate.ts";
import { type Draft, foundAt, type Source } from "./place.ts";
import type { Words } from "./say.ts";

type Issue = z.core.$ZodIssue;

const TYPES: Readonly<Record<string, Words>> = {
  string: { "zh-CN": "文字", en: "text" },
  number: { "zh-CN": "数字", en: "a number" },
  int: { "zh-CN": "整数", en: "a whole number" },
  boolean: { "zh-CN": " true 或 false", en: "true or false" },
  array: { "zh-CN": "列表", en: "a list" },
  object: { "zh-CN": "一组键值", en: "a mapping" },
  record: { "zh-CN": "一组键值", en: "a mapping" },
};
const QUOTED: Words = { "zh-CN": "文字（数字请加引号）", en: "text (put quotes around it)" };

/** What a schema's complaint means to the person who wrote the file. */
export function draftsOf(issue: Issue, source: Source, schema: JsonSchema): Draft[] {
  return flatten(issue).flatMap((one) => translate(one, source, schema));
}

/** Of a choice of shapes, the one that was meant: whose outermost type is right. */
function flatten(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const meant = issue.errors.find((issues) => !issues.some(isOutermost));
  if (meant === undefined) return [issue];
  return meant.flatMap((inner) => flatten({ ...inner, path: [...issue.path, ...inner.path] }));
}

function isOutermost(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0;
}

function translate(issue: Issue, source: Source, schema: JsonSchema): Draft[] {
  const path = issue.path.filter((step) => typeof step !== "symbol");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(path, key, schema));
  const spot = locate(source.yaml, path);
  if (spot === null && issue.code !== "custom") return [missing(path, issue)];
  const draft = { level: "error", path } as const;
  const node = spot?.value ?? null;
  const value = isScalar(node) ? node.value : null;
  const later = isLater(path, value);
  const found = foundAt(path, source);
  if (later !== null) {
    return later.instead === null
      ? [{ ...draft, code: "later", params: { name: String(path.at(-1)) }, atKey: true }]
      : [{ ...draft, code: "later-value", params: { found, instead: later.instead } }];
  }
  return [{ ...draft, atKey: issue.code === "invalid_key", ...complaint(issue, value, found) }];
}

function unknownKey(path: ConfigPath, key: string, schema: JsonSchema): Draft {
  const own = [...path, key];
  const draft = { level: "error", path: own, atKey: true } as const;
  if (isLater(own, null) !== null) return { ...draft, code: "later", params: { name: key } };
  return { ...draft, code: "unknown-key", params: { name: key, known: knownKeys(schema, path) } };
}

function missing(path: ConfigPath, issue: Issue): Draft {
  const expected =
    issue.code === "invalid_value" ? optionsOf(issue.values) : expectedBy(issue, null);
  return {
    level: "error",
    code: "missing",
    path,
    params: { name: String(path.at(-1) ?? ""), expected },
    atKey: true,
  };
}

function complaint(issue: Issue, value: unknown, found: Words): Pick<Draft, "code" | "params"> {
  if (isFormatCode(issue.message)) return { code: issue.message, params: { found } };
  switch (issue.code) {
    case "invalid_union":
      return issue.errors.length === 0
        ? { code: "one-of", params: { found, name: String(value), known: kindsOf(issue) } }
        : { code: "wrong-type", params: { expected: expectedBy(issue, value), found } };
    case "invalid_type":
      return { code: "wrong-type", params: { expected: expectedBy(issue, value), found } };
    case "invalid_value":
      return {
        code: "one-of",
        params: { found, name: String(value), known: issue.values.map(String) },
      };
    case "invalid_key":
      return { code: keyCode(issue.issues), params: { found: quoted(String(issue.path.at(-1))) } };
    case "too_small":
    case "too_big":
      return sizeComplaint(issue, found);
    case "invalid_format":
      return issue.format === "url"
        ? { code: "bad-url", params: { found } }
        : otherwise(issue, found);
    case "custom":
      return { code: "told", params: { detail: issue.message } };
    default:
      return otherwise(issue, found);
  }
}

/** The values by which shapes are told apart; one of them may be left out, and then the value is too. */
function kindsOf(issue: Extract<Issue, { code: "invalid_union" }>): string[] {
  const options: readonly unknown[] =
    "options" in issue && Array.isArray(issue.options) ? issue.options : [];
  return options.filter((option) => option !== undefined && option !== null).map(String);
}

function sizeComplaint(
  issue: Extract<Issue, { code: "too_small" | "too_big" }>,
  found: Words,
): Pick<Draft, "code" | "params"> {
  const small = issue.code === "too_small";
  const bound = Number(small ? issue.minimum : issue.maximum);
  if (issue.origin === "number" || issue.origin === "int") {
    return small
      ? { code: "number-small", params: { minimum: bound, found } }
      : { code: "number-large", params: { maximum: bound, found } };
  }
  if (issue.origin !== "string") return otherwise(issue, found);
  if (!small) return { code: "text-long", params: { maximum: bound } };
  return bound === 1
    ? { code: "text-empty", params: {} }
    : { code: "text-short", params: { minimum: bound } };
}

function otherwise(issue: Issue, found: Words): Pick<Draft, "code" | "params"> {
  return { code: "bad-format", params: { found, detail: issue.message } };
}

function keyCode(issues: readonly Issue[]): Draft["code"] {
  const message = issues[0]?.message ?? "";
  return isFormatCode(message) ? message : "bad-id";
}

function expectedBy(issue: Issue, value: unknown): Words {
  const issues = issue.code === "invalid_union" ? issue.errors.flat().filter(isOutermost) : [issue];
  const types = issues.flatMap((one) => (one.code === "invalid_type" ? [one.expected] : []));
  if (types.length === 1 && types[0] === "string" && typeof value === "number") return QUOTED;
  const words = types.map((type) => TYPES[type] ?? { "zh-CN": type, en: type });
  return {
    "zh-CN": words.map((word) => word["zh-CN"]).join("或"),
    en: words.map((word) => word.en).join(" or "),
  };
}

function optionsOf(values: readonly unknown[]): Words {
  return quotedList(values.map(String));
}

function quotedList(names: readonly string[]): Words {
  return {
    "zh-CN": names.map((name) => `“${name}”`).join("或"),
    en: names.map((name) => `"${name}"`).join(" or "),
  };
}

function quoted(name: string): Words {
  return quotedList([name]);
}

function isFormatCode(message: string): message is FormatCode {
  return FORMAT_CODES.some((code) => code === message);
}
