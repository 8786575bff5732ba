import { readFile } from "node:fs/promises";
import { readConfiguration } from "../configure.ts";
import type { Language } from "../core/text.ts";
import { complain, EXIT, type ExitCode, say } from "./output.ts";
import { printProblems } from "./problems.ts";
import { phrase } from "./words.ts";

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
    complain(phrase(language, "configErrors", { n: errors }));
    return EXIT.problem;
  }
  const { policy, accounts } = result;
  const params = {
    accounts: accounts.length,
    teams: policy.teams.size,
    agents: policy.agents.size,
    intents: policy.intents.size,
    articles: policy.articles.size,
    stores: result.directory.stores.length,
  };
  say(phrase(language, "configRight", params));
  return EXIT.ok;
}
