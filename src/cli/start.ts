import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { attachmentStore } from "../attachment-stores.ts";
import { createFolderBlobs } from "../blobs/folder.ts";
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
import { keepPeople, withKnownPeople } from "../people.ts";
import type { Logger } from "../ports/logger.ts";
import { type MadeSetup, makeSetup, type SetupDeps } from "../setup.ts";
import { storeError } from "../store/open-sqlite.ts";
import { DEMO_CONFIG, demoEnv, mountDemo, serveDemoSockets } from "./demo.ts";
import { createLogger } from "./log.ts";
import { EXIT, type ExitCode, say } from "./output.ts";
import { printProblems } from "./problems.ts";
import { phrase } from "./words.ts";

export type StartOptions = {
  /** The YAML; null runs the demo. */
  readonly config: string | null;
  readonly data: string;
  readonly port: number;
  readonly host: string;
  readonly adminToken: string | null;
  /** What our own links are signed with; null keeps a random secret with the data. */
  readonly key: string | null;
  readonly language: Language;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** `loopdesk start`: run until it is told to stop. Resolves with the exit code; rejects when the hub cannot start. */
export async function start(options: StartOptions): Promise<ExitCode> {
  const log = createLogger();
  const begun = Date.now();
  // One that cannot be used leaves no data behind. The demo's is always good, and needs the hub's address.
  let loaded = options.config === null ? null : await read(options);
  let made: MadeSetup | null = null;
  const hub = await startNodeHub({
    dataFolder: options.data,
    dataKind: options.config === null ? "demo" : "real",
    port: options.port,
    host: options.host,
    log,
    adminToken: options.adminToken,
    ...(options.key === null ? {} : { key: options.key }),
    async makeSetup(deps, { store, url }) {
      loaded = await withKnownPeople(store, loaded ?? (await read(options, url)));
      await importConfiguration(store, loaded, deps.clock.now());
      made = setupOf(loaded, deps, options.data);
      return made;
    },
    mount(app, { url, server }) {
      if (options.config !== null) return undefined;
      const company = mountDemo(app, url);
      const { cutAll } = serveDemoSockets(server, company);
      return async () => {
        await Promise.all(company.tools.map((tool) => tool.stop()));
        cutAll();
      };
    },
  }).catch((error: unknown) => {
    throw storeError(error, options.data);
  });
  const stopping = new AbortController();
  if (loaded !== null) void announce(hub, loaded, options, stopping.signal);
  const use = (next: MadeSetup): void => {
    made = next;
    hub.use(next);
  };
  const people =
    loaded === null
      ? null
      : keepPeople(hub.running, loaded, ({ policy }) => {
          if (made !== null) use({ ...made, setup: { ...made.setup, policy } });
        });
  if (options.config !== null) {
    const taken = (next: Loaded): void => {
      use(setupOf(next, hub.deps, options.data));
      people?.use(next);
    };
    follow(hub, options, { log, begun, first: loaded, stopped: stopping.signal, taken });
  }
  const signal = await untilSignal();
  log.info("Stopping: finishing what is in hand.", { signal });
  stopping.abort();
  await people?.stop();
  await hub.stop();
  return EXIT.ok;
}

async function read(options: StartOptions, url = ""): Promise<Loaded> {
  const { config } = options;
  const env = config === null ? demoEnv(url) : options.env;
  const result = await readConfiguration({
    file: config ?? DEMO_CONFIG,
    env,
    read: (path) => readFile(path, "utf8"),
  });
  if (!result.ok) throw new ConfigError(result);
  printProblems(result.warnings, options.language);
  return result;
}

function setupOf({ policy, accounts, config }: Loaded, deps: SetupDeps, data: string): MadeSetup {
  const attachments = attachmentStore(config.attachments, deps.fetch, (folder) =>
    createFolderBlobs(folder ?? join(data, "files")),
  );
  return makeSetup(policy, accounts, deps, undefined, attachments);
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

type Following = {
  readonly log: Logger;
  /** When the first configuration was about to be read, ms. */
  readonly begun: number;
  readonly first: Loaded | null;
  /** Work with another configuration, which is in the store. */
  taken(loaded: Loaded): void;
  readonly stopped: AbortSignal;
};

/** Take a changed configuration at once; keep the last good one on a bad change, and say so. */
function follow(
  hub: NodeHub,
  options: StartOptions,
  { log, begun, first, stopped, taken }: Following,
): void {
  const apply = async (): Promise<readonly string[]> => {
    try {
      const { store } = hub.running.hub;
      const loaded = await withKnownPeople(store, await read(options));
      await importConfiguration(store, loaded, Date.now());
      taken(loaded);
      log.info("The configuration was changed and is in force.", { hash: loaded.hash });
      void registerCallbacks(loaded, hub.deps, loaded.policy.hub.publicUrl, stopped);
      return loaded.related;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      printProblems(error.problems, options.language);
      log.warn("The changed configuration has problems; the last good one stays in force.", {
        problems: error.problems.length,
      });
      return error.related;
    }
  };
  const stop = watchConfig({
    file: options.config ?? "",
    related: first?.related ?? [],
    readAt: begun,
    clock: hub.deps.clock,
    apply,
    onError: (error) =>
      log.error("The changed configuration was not taken up.", {
        error: error instanceof Error ? error.name : "error",
      }),
  });
  stopped.addEventListener("abort", stop, { once: true });
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
