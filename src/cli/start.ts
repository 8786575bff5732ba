import { readFile } from "node:fs/promises";
import { pino } from "pino";
import type { Loaded } from "../config/load.ts";
import { watchConfig } from "../config/watch.ts";
import {
  ConfigError,
  importConfiguration,
  readConfiguration,
  registerCallbacks,
} from "../configure.ts";
import type { Language } from "../core/text.ts";
import { type NodeHub, startNodeHub } from "../node.ts";
import type { Logger } from "../ports/logger.ts";
import { makeSetup } from "../setup.ts";
import { StoreError } from "../store/open-sqlite.ts";
import { printProblems } from "./check.ts";
import { DEMO_CONFIG, demoEnv, mountDemo } from "./demo.ts";
import { complain, EXIT, type ExitCode, say } from "./output.ts";
import { phrase } from "./words.ts";

export type StartOptions = {
  /** The YAML; null runs the demo. */
  readonly config: string | null;
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly adminToken: string | null;
  readonly language: Language;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** `loopdesk start`: run until it is told to stop. Resolves with the exit code. */
export async function start(options: StartOptions): Promise<ExitCode> {
  const log = createLogger();
  let hub: NodeHub;
  let loaded: Loaded | null = null;
  try {
    hub = await startNodeHub({
      dataFolder: options.data,
      port: options.port,
      host: options.host,
      log,
      adminToken: options.adminToken,
      async makeSetup(deps, { store, url }) {
        loaded = await read(options, url);
        await importConfiguration(store, loaded, deps.clock.now());
        return makeSetup(loaded.policy, loaded.accounts, deps);
      },
      mount(app, { url }) {
        if (options.config === null) mountDemo(app, url);
      },
    });
  } catch (error) {
    return explain(error, options);
  }
  const stopping = new AbortController();
  if (loaded !== null) void announce(hub, loaded, options, stopping.signal);
  if (options.config !== null)
    follow(hub, options, { log, first: loaded, stopped: stopping.signal });
  const signal = await untilSignal();
  log.info("Stopping: finishing what is in hand.", { signal });
  stopping.abort();
  await hub.stop();
  return EXIT.ok;
}

async function read(options: StartOptions, url: string): Promise<Loaded> {
  const { config } = options;
  const env = config === null ? demoEnv(url) : options.env;
  const result = await readConfiguration({
    file: config ?? DEMO_CONFIG,
    env,
    read: (path) => readFile(path, "utf8"),
  });
  if (!result.ok) throw new ConfigError(result.problems);
  printProblems(result.warnings, options.language);
  return result;
}

async function announce(
  hub: NodeHub,
  loaded: Loaded,
  options: StartOptions,
  stopped: AbortSignal,
): Promise<void> {
  const demo = options.config === null;
  const { language } = options;
  say(phrase(language, "running", { url: demo ? `${hub.url}/simulator` : hub.url }));
  if (demo) say(phrase(language, "demo"));
  await registerCallbacks(loaded, hub.deps, demo ? hub.url : loaded.policy.hub.publicUrl, stopped);
}

/** Take a changed configuration at once; keep the last good one on a bad change, and say so. */
function follow(
  hub: NodeHub,
  options: StartOptions,
  {
    log,
    first,
    stopped,
  }: { readonly log: Logger; readonly first: Loaded | null; readonly stopped: AbortSignal },
): void {
  const apply = async (): Promise<readonly string[]> => {
    try {
      const loaded = await read(options, hub.url);
      await importConfiguration(hub.running.hub.store, loaded, Date.now());
      hub.use(makeSetup(loaded.policy, loaded.accounts, hub.deps));
      log.info("The configuration was changed and is in force.", { hash: loaded.hash });
      void registerCallbacks(loaded, hub.deps, loaded.policy.hub.publicUrl, stopped);
      return loaded.related;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      printProblems(error.problems, options.language);
      log.warn("The changed configuration has problems; the last good one stays in force.", {
        problems: error.problems.length,
      });
      return [];
    }
  };
  const stop = watchConfig({
    file: options.config ?? "",
    related: first?.related ?? [],
    apply,
    onError: (error) =>
      log.error("The changed configuration was not taken up.", {
        error: error instanceof Error ? error.name : "error",
      }),
  });
  stopped.addEventListener("abort", stop, { once: true });
}

function explain(error: unknown, options: StartOptions): ExitCode {
  if (error instanceof ConfigError) {
    printProblems(error.problems, options.language);
    return EXIT.problem;
  }
  if (error instanceof StoreError) {
    complain(phrase(options.language, error.code, { folder: error.folder }));
    return EXIT.data;
  }
  if (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    error.code === "EADDRINUSE"
  ) {
    complain(phrase(options.language, "portTaken", { port: options.port }));
    return EXIT.problem;
  }
  throw error;
}

function untilSignal(): Promise<string> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(EXIT.problem);
        asked = true;
        resolve(signal);
      });
    }
  });
}

function createLogger(): Logger {
  const logger = pino({ level: "info", base: null });
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
}
