import type { ConfigPath } from "../core/config/finding.ts";
import { nearest } from "../core/config/nearest.ts";
import type { Language } from "../core/text.ts";
import { MESSAGES, type ProblemCode } from "./messages.ts";
import type { Words } from "./say.ts";

/** Something about the configuration that an admin should change, and where. It never holds a secret. */
export type Problem = {
  /** A configuration with an error is not taken into use; one with warnings is. */
  readonly level: "error" | "warning";
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  readonly path: ConfigPath;
  readonly code: ProblemCode;
  readonly params: Params;
};

export type Params = Readonly<
  Record<string, string | number | Words | readonly (string | number)[]>
>;

const WARNING: Words = { "zh-CN": "提醒：", en: "warning: " };
const LONGEST = 120;
const MOST_NAMES = 12;

/** One line for people: `loopdesk.yaml:12:5  teams.supply.lead: there is no agent "lee"; did you mean "li"?` */
export function formatProblem(problem: Problem, language: Language): string {
  const { file, line, column, path, level } = problem;
  const where = path.length === 0 ? "" : `${formatPath(path)}: `;
  const mark = level === "warning" ? WARNING[language] : "";
  return `${file}:${line}:${column}  ${where}${mark}${wordsOf(problem, language).trim()}`;
}

/** A path as people write it: `teams.supply.chats[0].bot`. */
export function formatPath(path: ConfigPath): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (!/^[\w-]+$/.test(step)) text += `[${JSON.stringify(plain(step))}]`;
    else text += text === "" ? step : `.${step}`;
  }
  return text;
}

function wordsOf({ code, params }: Problem, language: Language): string {
  return MESSAGES[code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "hint" ? hintOf(params, language) : paramOf(params[name], language),
  );
}

function paramOf(param: Params[string] | undefined, language: Language): string {
  if (param === undefined) return "";
  if (typeof param === "string") return plain(param);
  if (typeof param === "number") return String(param);
  return isWords(param) ? plain(param[language]) : param.map(String).map(plain).join(", ");
}

function isWords(param: Words | readonly (string | number)[]): param is Words {
  return !Array.isArray(param);
}

/** What would have been right: a name that looks like the one that was written, else all that there are. */
function hintOf({ name, known }: Params, language: Language): string {
  const names = Array.isArray(known) ? known.map(String) : [];
  const near = typeof name === "string" ? nearest(name, names) : null;
  const chinese = language === "zh-CN";
  if (near !== null)
    return chinese ? `，是不是“${plain(near)}”？` : `; did you mean "${plain(near)}"?`;
  if (names.length === 0) return "";
  const some = names
    .slice(0, MOST_NAMES)
    .map(plain)
    .join(chinese ? "、" : ", ");
  const more = names.length > MOST_NAMES ? "…" : "";
  return chinese ? `，可以写：${some}${more}` : `; there is: ${some}${more}`;
}

/** On one line and not too long, whatever an admin has written. */
function plain(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
