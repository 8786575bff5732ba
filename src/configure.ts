import { dingtalkConfig } from "./bots/dingtalk/config.ts";
import { registerCardCallback } from "./bots/dingtalk/register-callback.ts";
import type { Env } from "./config/env.ts";
import { sha256Hex } from "./config/hash.ts";
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
import { compilePolicy } from "./core/config/compile.ts";
import { type FoundIds, withFoundIds } from "./core/config/found-ids.ts";
import type { Policy } from "./core/config/policy.ts";
import type { ConfigRow } from "./ports/batch.ts";
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
  await activate(store, loaded, now);
  if ((await store.directoryFingerprint()) !== loaded.directory.fingerprint) {
    await store.replaceStores(loaded.directory.stores, loaded.directory.fingerprint);
  }
}

/** Make a configuration the active one of the store, and leave its directory of stores as it is. */
export async function activate(store: Store, loaded: Loaded, now: number): Promise<void> {
  const active = await store.activeConfig();
  const { hash, yaml, found } = loaded;
  if (active?.hash === hash) return;
  const row = { hash, yaml, at: now, ...(found === undefined ? {} : { found }) };
  await store.commit({ cause: null, streams: [], rows: [{ type: "config", row }], guards: [] });
}

/** For where the stores are in the store already, or do not matter. */
const NO_STORES: Directory = { stores: [], fingerprint: "" };

/**
 * Compile a configuration text away from its files, for a hub on Workers; `directory` stands for the file that it takes
 * its stores from. Rejects with `ConfigError` when this build cannot use it there.
 */
export function compileText(
  yaml: string,
  env: Env,
  directory: Directory = NO_STORES,
): Promise<Loaded> {
  return parsed(yaml, env, { directory, runtime: "workers" });
}

/**
 * The policy that a stored cause was decided under. The accounts' secrets need not be in `env`; rejects with
 * `ConfigError` when something else is missing there, or when this build cannot use the configuration.
 */
export async function policyOfHash(store: Store, hash: string, env: Env): Promise<Policy> {
  const row = await store.config(hash);
  if (row === null) throw new Error(`The store has no configuration ${hash}.`);
  const written = await parsed(row.yaml, env, { directory: NO_STORES, policyOnly: true });
  return (await withFound(written, row.found ?? null)).policy;
}

/** What a row of the store was compiled from: its text, and the ids that were found for its agents. */
export async function compileRow({ yaml, found }: ConfigRow, env: Env): Promise<Loaded> {
  return withFound(await compileText(yaml, env), found ?? null);
}

/**
 * The configuration with these ids for its agents and no others that were found: part of its policy and of its hash, so
 * that a decision can be made again from the row alone.
 *
 * @param found JSON, or null for none.
 */
export async function withFound(loaded: Loaded, found: string | null): Promise<Loaded> {
  const { found: _before, ...rest } = loaded;
  const hash = await sha256Hex(found === null ? loaded.yaml : `${loaded.yaml}\n${found}`);
  const policy = withFoundIds(compilePolicy(loaded.config, hash), idsOf(found), hash);
  return { ...rest, hash, policy, ...(found === null ? {} : { found }) };
}

function idsOf(found: string | null): FoundIds {
  return found === null ? {} : (JSON.parse(found) as FoundIds);
}

async function parsed(
  yaml: string,
  env: Env,
  rest: Pick<LoadOptions, "directory" | "policyOnly" | "runtime">,
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
    ({ channel, enabled, config }) => channel === "dingtalk" && enabled && config.kind !== "board",
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
  if (config.transport === "stream" || config.card_route_key === undefined) return;
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
