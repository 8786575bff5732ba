import { isMap, isScalar, isSeq } from "yaml";
import type { ConfigPath, Finding } from "../core/config/finding.ts";
import { holdsEnv, type Substitution } from "./env.ts";
import { locate, offsetAt, writtenAt } from "./locate.ts";
import type { ProblemCode } from "./messages.ts";
import { formatPath, type Params, type Problem } from "./problem.ts";
import type { Words } from "./say.ts";
import type { Flaw, YamlFile } from "./yaml-document.ts";

/** A problem before its place in the file is known. */
export type Draft = {
  readonly level: Finding["level"];
  readonly code: ProblemCode;
  readonly path: ConfigPath;
  readonly within?: Finding["within"];
  readonly params: Params;
  /** Point to the key instead of the value. */
  readonly atKey?: boolean;
};

/** A document together with what was put into it. */
export type Source = { readonly yaml: YamlFile; readonly substitution: Substitution };

const SECRET = /secret|token|passw|credential|private|(^|_)(aes_)?key$/i;
const LONGEST = 60;

/** Give a draft its line and column, and take out of it whatever came from the environment. */
export function place(draft: Draft, source: Source): Problem {
  const { level, code, path } = draft;
  const offset =
    draft.within === undefined
      ? offsetAt(source.yaml, path, draft.atKey ? "key" : "value")
      : inside(draft, source);
  return { level, code, path, ...spotOf(offset, source.yaml), params: guarded(draft, source) };
}

export function placeFlaw(flaw: Flaw, yaml: YamlFile): Problem {
  const { code, params, path } = flaw;
  return { level: "error", code, path: path ?? [], ...spotOf(flaw.offset, yaml), params };
}

/** What is written at a path, for people to recognise it: never the value of a secret, nor of a variable. */
export function foundAt(path: ConfigPath, { yaml }: Source): Words {
  const node = locate(yaml, path)?.value ?? null;
  if (isMap(node)) return { "zh-CN": "一组键值", en: "a mapping" };
  if (isSeq(node)) return { "zh-CN": "一个列表", en: "a list" };
  const written = writtenAt(yaml, path)?.trim() ?? "";
  if (written === "" || (isScalar(node) && node.value === null))
    return { "zh-CN": "空", en: "empty" };
  if (path.some((step) => SECRET.test(String(step))))
    return { "zh-CN": "（不显示）", en: "(not shown)" };
  const short = written.length > LONGEST ? `${written.slice(0, LONGEST)}…` : written;
  const bare = short.replace(/^(["'])(.*)\1$/s, "$2");
  return typeof (isScalar(node) && node.value) === "string"
    ? { "zh-CN": `“${bare}”`, en: `"${bare}"` }
    : { "zh-CN": ` ${bare}`, en: bare };
}

function spotOf(
  offset: number,
  { file, lines }: YamlFile,
): Pick<Problem, "file" | "line" | "column"> {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The place of a part of a string, where the string stands in the file as it is. */
function inside({ path, within }: Draft, { yaml }: Source): number {
  const offset = offsetAt(yaml, path, "value");
  const node = locate(yaml, path)?.value;
  const written = writtenAt(yaml, path);
  if (written === null || within === undefined || !isScalar(node) || typeof node.value !== "string")
    return offset;
  const quote = /^["']/.test(written) ? 1 : 0;
  const plain = written.slice(quote, quote + node.value.length) === node.value;
  return plain ? offset + quote + Math.min(within.start, node.value.length) : offset;
}

/**
 * What a finding says must show nothing of the environment: neither a whole value anywhere, nor a piece of one where
 * the thing it speaks of holds some.
 */
function guarded({ path, params, atKey }: Draft, { yaml, substitution }: Source): Params {
  const tainted = !atKey && holdsEnv(locate(yaml, path)?.value, substitution);
  const entries = Object.entries(params).map(([name, param]) => {
    if (name === "other" && Array.isArray(param)) return [name, placeOf(param, yaml)];
    if (typeof param === "string")
      return [name, tainted ? (writtenAt(yaml, path) ?? "…") : hide(param, substitution)];
    if (Array.isArray(param)) return [name, param.map((item) => hide(String(item), substitution))];
    return [name, param];
  });
  return Object.fromEntries(entries);
}

function placeOf(path: ConfigPath, yaml: YamlFile): Words {
  const { line } = spotOf(offsetAt(yaml, path, "value"), yaml);
  const text = formatPath(path);
  return { "zh-CN": `${text}（第 ${line} 行）`, en: `${text} (line ${line})` };
}

/** Short values are hidden only when they are all there is: single letters are in every sentence. */
function hide(text: string, { secrets }: Substitution): string {
  const whole = secrets.get(text);
  if (whole !== undefined) return whole;
  let rest = text;
  for (const [value, written] of secrets)
    if (value.length >= 4) rest = rest.replaceAll(value, written);
  return rest;
}
