import { formatProblem, type Problem } from "../config/problem.ts";
import type { Language } from "../core/text.ts";
import { complain } from "./output.ts";

/** What is wrong with a configuration, a line each, on the error output. */
export function printProblems(problems: readonly Problem[], language: Language): void {
  for (const problem of problems) complain(formatProblem(problem, language));
}
