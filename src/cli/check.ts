import { readFile } from "node:fs/promises";
import { readConfiguration } from "../configure.ts";
import { formatProblem, type Problem } from "../config/problem.ts";
import type { Language } from "../core/text.ts";
import { complain, EXIT, type ExitCode, say } from "./output.ts";

/** `loopdesk check`: read a configuration as `start` would, and name what is wrong by file, line and column. */
export async function checkConfiguration(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
  language: Language,
): Promise<ExitCode> {
  const result = await readConfiguration({ file, env, read: (path) => readFile(path, "utf8") });
  const problems = result.ok ? result.warnings : result.problems;
  printProblems(problems, language);
  if (!result.ok) {
    const errors = problems.filter(({ level }) => level === "error").length;
    complain(language === "zh-CN" ? `${errors} 处错误，配置不能使用。` : `${errors} errors: the configuration cannot be used.`);
    return EXIT.problem;
  }
  const { policy, accounts } = result;
  const counts = [accounts.length, policy.teams.size, policy.agents.size, policy.intents.size, policy.articles.size, result.directory.stores.length];
  say(
    language === "zh-CN"
      ? `配置正确：账号 ${counts[0]}、团队 ${counts[1]}、处理人 ${counts[2]}、意图 ${counts[3]}、知识 ${counts[4]}、门店 ${counts[5]}。`
      : `The configuration is right: ${counts[0]} accounts, ${counts[1]} teams, ${counts[2]} agents, ${counts[3]} intents, ${counts[4]} articles, ${counts[5]} stores.`,
  );
  return EXIT.ok;
}

export function printProblems(problems: readonly Problem[], language: Language): void {
  for (const problem of problems) complain(formatProblem(problem, language));
}
