import type { Command } from "commander";
import type { Language } from "../core/text.ts";
import { helpText } from "./words.ts";

/** What the reader of command lines writes by itself: titles of its help, and what is wrong with a command line. */
const CHINESE: readonly (readonly [RegExp, string])[] = [
  [/^Usage: (.*)\[command\]/gm, "Usage: $1[命令]"],
  [/^Usage: /gm, "用法："],
  [/^Arguments:/gm, "参数："],
  [/^Options:/gm, "选项："],
  [/^Commands:/gm, "命令："],
  [/\[options\]/g, "[选项]"],
  [/ \(default: (.+), env: (\w+)\)/g, "（默认 $1，环境变量 $2）"],
  [/^error: /, "错误："],
  [/unknown option '(.+)'/, "没有选项 $1"],
  [/unknown command '(.+)'/, "没有命令 $1"],
  [/\(Did you mean (?:one of )?(.+)\?\)/, "（是不是 $1？）"],
  [/missing required argument '(.+)'/, "缺少参数 $1"],
  [/required option '(.+)' not specified/, "缺少选项 $1"],
  [/option '(.+)' argument missing/, "选项 $1 后面缺少值"],
  [/option '(.+)' argument '.*' is invalid\. /, "选项 $1 写错了："],
  [/option '.+' value '.*' from env '(.+)' is invalid\. /, "环境变量 $1 写错了："],
  [
    /too many arguments for '(.+)'\. Expected (\d+) arguments? but got (\d+)\./,
    "$1 最多 $2 个参数，这里有 $3 个。",
  ],
];

/** Let a program and the commands added to it from now on speak a language, in `--help` and of wrong command lines. */
export function speak(program: Command, language: Language): Command {
  const translated = (text: string): string =>
    language === "en"
      ? text
      : CHINESE.reduce((said, [english, chinese]) => said.replace(english, chinese), text);
  return program
    .helpOption("-h, --help", helpText(language, "help"))
    .helpCommand("help [command]", helpText(language, "help"))
    .configureHelp({
      subcommandTerm: (command) =>
        `${command.name()} ${command.usage()}`.replace(/ \[options\]/, "").trim(),
    })
    .configureOutput({
      writeOut: (text) => process.stdout.write(translated(text)),
      writeErr: (text) => process.stderr.write(translated(text)),
    });
}
