import { dingtalkConfig } from "./bots/dingtalk/config.ts";
import { registerCardCallback } from "./bots/dingtalk/register-callback.ts";
import type { Env } from "./config/env.ts";
import {
  type Loaded,
  type LoadOptions,
  type LoadResult,
  loadConfig,
  type NotLoaded,
  parseConfig,
} from "./config/load.ts";
import type { Directory } from "./config/load-stores.ts";
import type { Problem } from "./config/problem.ts";
import type { Policy } from "./core/config/policy.ts";
import type { ChannelDeps } from "./ports/channel.ts";
import type { Store } from "./ports/store.ts";
import { definitions } from "./registry.ts";

/** The configuration cannot be used. */
export class ConfigError extends Error {
  readonly problems: readonly Problem[];
  /** The other files that it names, as far as it could be read: a change of them may make it good. */
  readonly related: readonly string[];
  constructor({ problems, related }: NotLoaded) {
    super("The configuration has problems.");
    this.name = "ConfigError";
    this.problems = problems;
    this.related = related;
  }
}

/** Read a configuration file against every bot and channel of this build. */
export function readConfiguration(options: Omit<LoadOptions, "accounts">): Promise<LoadResult> {
  return loadConfig({ ...options, accounts: definitions });
}

/** Put a configuration into force: its text becomes the active one of the store, its directory is loaded if it changed. */
export async function importConfiguration(
  store: Store,
  loaded: Loaded,
  now: number,
): Promise<void> {
  const active = await store.activeConfig();
  if (active?.hash !== loaded.hash) {
    const row = { hash: loaded.hash, yaml: loaded.yaml, at: now };
    await store.commit({ cause: null, streams: [], rows: [{ type: "config", row }], guards: [] });
  }
  if ((await store.directoryFingerprint()) !== loaded.directory.fingerprint) {
    await store.replaceStores(loaded.directory.stores, loaded.directory.fingerprint);
  }
}

/** For where the stores are in the store already, or do not matter. */
const NO_STORES: Directory = { stores: [], fingerprint: "" };

/**
 * Compile a configuration text away from its files; `directory` stands for the file that it takes its stores from.
 * Rejects with `ConfigError` when this build cannot use it.
 */
export function compileText(
  yaml: string,
  env: Env,
  directory: Directory = NO_STORES,
): Promise<Loaded> {
  return parsed(yaml, env, { directory });
}

/**
 * The policy that a stored cause was decided under. The accounts' secrets need not be in `env`; rejects with
 * `ConfigError` when something else is missing there, or when this build cannot use the configuration.
 */
export async function policyOfHash(store: Store, hash: string, env: Env): Promise<Policy> {
  const row = await store.config(hash);
  if (row === null) throw new Error(`The store has no configuration ${hash}.`);
  return (await parsed(row.yaml, env, { directory: NO_STORES, policyOnly: true })).policy;
}

async function parsed(
  yaml: string,
  env: Env,
  rest: Pick<LoadOptions, "directory" | "policyOnly">,
): Promise<Loaded> {
  const result = await parseConfig(yaml, {
    file: "loopdesk.yaml",
    env,
    read: async () => "",
    accounts: definitions,
    ...rest,
  });
  if (!result.ok) throw new ConfigError(result);
  return result;
}

const TRIES = 6;

/** Tell the vendors that must be told where clicks go. Tried again for some minutes; what fails then is logged. */
export async function registerCallbacks(
  loaded: Loaded,
  deps: ChannelDeps,
  publicUrl: string,
  stopped: AbortSignal = new AbortController().signal,
): Promise<void> {
  const accounts = loaded.accounts.filter(
    ({ channel, enabled }) => channel === "dingtalk" && enabled,
  );
  await Promise.all(
    accounts.map(({ id, config }) =>
      registerOne(id, dingtalkConfig.parse(config), deps, { publicUrl, stopped }),
    ),
  );
}

async function registerOne(
  id: string,
  config: ReturnType<typeof dingtalkConfig.parse>,
  deps: ChannelDeps,
  { publicUrl, stopped }: { readonly publicUrl: string; readonly stopped: AbortSignal },
): Promise<void> {
  if (config.card_route_key === undefined) return;
  for (let tries = 1; !stopped.aborted; tries += 1) {
    const result = await registerCardCallback(config, deps, `${publicUrl}/hooks/${id}/card`);
    if (result.type === "registered") return;
    if (result.type === "taken") {
      deps.log.error("The card_route_key belongs to another address. Choose another one.", {
        account: id,
      });
      return;
    }
    if (tries === TRIES || result.class === "config") {
      deps.log.error("DingTalk did not register the address for clicks.", {
        account: id,
        reason: result.reason,
      });
      return;
    }
    await deps.clock.sleep(1_000 * 2 ** tries, stopped);
  }
}
