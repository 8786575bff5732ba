#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { checkConfiguration } from "./check.ts";
import {
  exportData,
  listDeadLetters,
  type Place,
  rebuildData,
  replayData,
  replayDeadLetters,
} from "./data-commands.ts";
import { DEMO_CONFIG, demoEnv } from "./demo.ts";
import { explain } from "./explain.ts";
import { complain, EXIT, type ExitCode } from "./output.ts";
import { push } from "./push.ts";
import { start } from "./start.ts";
import { speak } from "./usage.ts";
import { helpText, languageOf, phrase } from "./words.ts";

const env = process.env;
const OWN_CONFIG = "loopdesk.yaml";
const DEMO_URL = "http://127.0.0.1:8080";
const language = languageOf(env);
const help = (name: Parameters<typeof helpText>[1]): string =>
  helpText(language, name, { file: OWN_CONFIG });

type DataOptions = { readonly data?: string; readonly demo?: true };
type StartOptions = DataOptions & {
  readonly config?: string;
  readonly port: number;
  readonly host?: string;
};

const program = speak(new Command("loopdesk"), language)
  .description(help("program"))
  .version(ownVersion(), "-V, --version", help("version"))
  .addHelpText("after", `\n${help("exitCodes")}`)
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage));

program
  .command("start")
  .description(help("start"))
  .option("-c, --config <file>", help("config"))
  .option("--demo", help("startDemo"))
  .addOption(dataOption())
  .addOption(
    new Option("-p, --port <port>", help("port")).env("PORT").default(8080).argParser(toPort),
  )
  .option("--host <host>", help("host"))
  .action(async (options: StartOptions) => {
    if (options.demo && options.config !== undefined) return refuse(phrase(language, "exclusive"));
    const config = options.demo ? null : (options.config ?? ownConfig());
    finish(
      await start({
        config,
        data: folderOf(options, config === null),
        port: options.port,
        host: options.host ?? (config === null ? "127.0.0.1" : "0.0.0.0"),
        adminToken: env.LOOPDESK_ADMIN_TOKEN || null,
        key: env.LOOPDESK_KEY || null,
        language,
        env,
      }),
    );
  });

program
  .command("check")
  .description(help("check"))
  .argument("[file]", help("checkFile"))
  .option("--demo", help("checkDemo"))
  .action(async (file: string | undefined, options: { demo?: true }) => {
    if (options.demo && file !== undefined) return refuse(phrase(language, "exclusiveFile"));
    const own = options.demo ? null : (file ?? ownConfig());
    finish(
      own === null
        ? await checkConfiguration(DEMO_CONFIG, demoEnv(DEMO_URL), language)
        : await checkConfiguration(own, env, language),
    );
  });

dataCommand(program, "export").action(async (options: DataOptions) =>
  finish(await exportData(placeOf(options))),
);

dataCommand(program, "replay").action(async (options: DataOptions) =>
  finish(
    await replayData(placeOf(options), (kind) =>
      kind === "demo" || options.demo ? demoEnv(DEMO_URL) : env,
    ),
  ),
);

dataCommand(program, "rebuild").action(async (options: DataOptions) =>
  finish(await rebuildData(placeOf(options))),
);

program
  .command("push")
  .description(help("push"))
  .requiredOption("--to <url>", help("to"))
  .option("-c, --config <file>", help("config"))
  .action(async (options: { to: string; config?: string }) => {
    const config = options.config ?? ownConfig();
    if (config === null) return refuse(phrase(language, "noConfig", { file: OWN_CONFIG }));
    const adminToken = env.LOOPDESK_ADMIN_TOKEN ?? "";
    finish(await push({ config, to: options.to, adminToken, env, language }));
  });

const letters = program.command("dead-letters").description(help("deadLetters"));
dataCommand(letters, "list").action(async (options: DataOptions) =>
  finish(await listDeadLetters(placeOf(options))),
);
dataCommand(letters, "replay", "replayLetters")
  .argument("[id...]")
  .action(async (ids: string[], options: DataOptions) =>
    finish(await replayDeadLetters(placeOf(options), ids)),
  );

/** A command that looks at the data of a hub; all of them find it in the same way. */
function dataCommand(
  parent: Command,
  name: "export" | "replay" | "rebuild" | "list",
  about: Parameters<typeof help>[0] = name,
): Command {
  return parent
    .command(name)
    .description(help(about))
    .option("--demo", help("dataDemo"))
    .addOption(dataOption());
}

function dataOption(): Option {
  return new Option("-d, --data <folder>", help("data"));
}

function placeOf(options: DataOptions): Place {
  const folder = folderOf(options, options.demo ?? ownConfig() === null);
  return { folder, kind: options.demo ? "demo" : undefined, language };
}

function folderOf({ data }: DataOptions, demo: boolean): string {
  return data ?? (env.LOOPDESK_DATA || (demo ? "data/demo" : "data"));
}

function ownConfig(): string | null {
  return env.LOOPDESK_CONFIG || (existsSync(OWN_CONFIG) ? OWN_CONFIG : null);
}

function ownVersion(): string {
  const about = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(about) as { version: string }).version;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError(phrase(language, "noPort", { text }));
  return port;
}

function refuse(why: string): void {
  complain(why);
  finish(EXIT.usage);
}

function finish(code: ExitCode): void {
  process.exitCode = code;
}

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) =>
  process.exit(error.code === "EPIPE" ? EXIT.ok : EXIT.problem),
);

try {
  await program.parseAsync();
} catch (error) {
  finish(explain(error, language));
}
