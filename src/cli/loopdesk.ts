#!/usr/bin/env node
import { existsSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { policyOfHash } from "../configure.ts";
import { StoreError } from "../store/open-sqlite.ts";
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
import { complain, EXIT, type ExitCode } from "./output.ts";
import { push } from "./push.ts";
import { start } from "./start.ts";
import { languageOf, phrase } from "./words.ts";

const env = process.env;
const OWN_CONFIG = "loopdesk.yaml";
const DEMO_URL = "http://127.0.0.1:8080";
const language = languageOf(env);

const program = new Command("loopdesk")
  .description(
    "A chat-ops hub that keeps every request moving until the person who asked says it is solved.",
  )
  .addHelpText(
    "after",
    "\nExit codes: 0 done, 1 a problem was found, 2 wrong command line, 3 the data folder cannot be used.",
  )
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage));

program
  .command("start")
  .description("run the hub; without a configuration of your own, the demo with its simulators")
  .option(
    "-c, --config <file>",
    `the configuration (default: $LOOPDESK_CONFIG, else ./${OWN_CONFIG} if there is one)`,
  )
  .option("--demo", "run the demo whatever configuration there is")
  .addOption(dataOption())
  .option("-p, --port <port>", "the port; 0 takes any free one (default: $PORT, else 8080)", toPort)
  .option("--host <host>", "the address to listen on (default: 127.0.0.1 for the demo, else all)")
  .action(
    async (options: {
      config?: string;
      demo?: true;
      data?: string;
      port?: number;
      host?: string;
    }) => {
      if (options.demo && options.config !== undefined) {
        complain(phrase(language, "exclusive"));
        return finish(EXIT.usage);
      }
      const config = options.demo ? null : (options.config ?? ownConfig());
      finish(
        await start({
          config,
          data: options.data ?? env.LOOPDESK_DATA ?? (config === null ? "data/demo" : "data"),
          port: options.port ?? toPort(env.PORT ?? "8080"),
          host: options.host ?? (config === null ? "127.0.0.1" : "0.0.0.0"),
          adminToken: env.LOOPDESK_ADMIN_TOKEN || null,
          language,
          env,
        }),
      );
    },
  );

program
  .command("check")
  .description("read a configuration and name what is wrong by file, line and column")
  .argument("[file]", `the configuration (default: as for start; the demo's with --demo)`)
  .option("--demo", "check the demo's own configuration")
  .action(async (file: string | undefined, options: { demo?: true }) => {
    const own = file ?? (options.demo ? null : ownConfig());
    finish(
      own === null
        ? await checkConfiguration(DEMO_CONFIG, demoEnv(DEMO_URL), language)
        : await checkConfiguration(own, env, language),
    );
  });

program
  .command("export")
  .description("write all data as JSON lines to the standard output")
  .addOption(dataOption())
  .action(async (options: { data?: string }) => finish(await exportData(placeOf(options))));

program
  .command("replay")
  .description("decide everything again and compare the events byte for byte")
  .addOption(dataOption())
  .option("--demo", "the data is the demo's")
  .action(async (options: { data?: string; demo?: true }) => {
    const known = options.demo || isDemo(options) ? { ...demoEnv(DEMO_URL), ...env } : env;
    finish(await replayData(placeOf(options), (store, hash) => policyOfHash(store, hash, known)));
  });

program
  .command("rebuild")
  .description("fold all events again and put live rows right; the hub must be stopped")
  .addOption(dataOption())
  .action(async (options: { data?: string }) => finish(await rebuildData(placeOf(options))));

program
  .command("push")
  .description("put a configuration into force on a hub that runs on Cloudflare Workers")
  .requiredOption("--to <url>", "the hub's address")
  .option("-c, --config <file>", "the configuration (default: as for start)")
  .action(async (options: { to: string; config?: string }) => {
    const config = options.config ?? ownConfig();
    if (config === null) {
      complain(phrase(language, "noConfig", { file: OWN_CONFIG }));
      return finish(EXIT.usage);
    }
    finish(
      await push({
        config,
        to: options.to,
        adminToken: env.LOOPDESK_ADMIN_TOKEN ?? "",
        env,
        language,
      }),
    );
  });

const letters = program
  .command("dead-letters")
  .description("what could not be worked or delivered");
letters
  .command("list")
  .description("show the dead letters, newest first")
  .addOption(dataOption())
  .action(async (options: { data?: string }) => finish(await listDeadLetters(placeOf(options))));
letters
  .command("replay")
  .description("try dead letters again: those named, or all")
  .argument("[id...]")
  .addOption(dataOption())
  .action(async (ids: string[], options: { data?: string }) =>
    finish(await replayDeadLetters(placeOf(options), ids)),
  );

function dataOption(): Option {
  return new Option(
    "-d, --data <folder>",
    "the data folder (default: $LOOPDESK_DATA, else data, or data/demo for the demo)",
  );
}

function placeOf(options: { data?: string }): Place {
  return { folder: dataFolder(options), language };
}

function dataFolder(options: { data?: string }): string {
  return options.data ?? env.LOOPDESK_DATA ?? (ownConfig() === null ? "data/demo" : "data");
}

function isDemo(options: { data?: string }): boolean {
  return options.data === undefined && env.LOOPDESK_DATA === undefined && ownConfig() === null;
}

function ownConfig(): string | null {
  const named = env.LOOPDESK_CONFIG;
  if (named !== undefined && named !== "") return named;
  return existsSync(OWN_CONFIG) ? OWN_CONFIG : null;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError(phrase(language, "noPort", { text }));
  return port;
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
  const known = error instanceof StoreError;
  complain(
    known
      ? phrase(language, error.code, { folder: error.folder })
      : error instanceof Error
        ? error.message
        : String(error),
  );
  process.exitCode = known ? EXIT.data : EXIT.problem;
}
