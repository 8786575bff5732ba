import { z } from "zod";
import { attachmentsConfig } from "../core/config/attachments.ts";
import { compilePolicy } from "../core/config/compile.ts";
import { crossCheck } from "../core/config/cross-check.ts";
import type { ConfigPath, Finding } from "../core/config/finding.ts";
import type { Policy } from "../core/config/policy.ts";
import { type Config, configSchema } from "../core/config/schema.ts";
import type { UrgentWay } from "../core/message.ts";
import { type Env, substitute } from "./env.ts";
import { sha256Hex } from "./hash.ts";
import { draftsOf } from "./issues.ts";
import { type AccountReader, configJsonSchema, fullSchema } from "./json-schema.ts";
import { isLater } from "./later.ts";
import { type Directory, loadStores } from "./load-stores.ts";
import { longTransportOf } from "./long-transport.ts";
import { type Draft, place, placeFlaw, type Source } from "./place.ts";
import type { Problem } from "./problem.ts";
import { flawOf, type Read, readText, type Unread } from "./read-text.ts";
import { parseYaml, toPlain, type YamlFile } from "./yaml-document.ts";

export type LoadOptions = {
  /** Path of the YAML as `read` takes it; problems show it as it is given. */
  readonly file: string;
  readonly env: Env;
  readonly read: Read;
  /** Every bot and channel that this build has. */
  readonly accounts: readonly AccountReader[];
  /** The stores of the file that the configuration names, where they are at hand already: then it is not read. */
  readonly directory?: Directory;
  /** Only the policy is wanted: accounts are not read, and what they take from the environment need not be set. */
  readonly policyOnly?: boolean;
  /** Where the hub runs. On Workers an account with a long connection is an error. Default: node. */
  readonly runtime?: "node" | "workers";
};

/** One configured account, its body read by its channel's own schema. */
export type AccountConfig = {
  /** "feishu/hq" */
  readonly id: string;
  readonly channel: string;
  readonly account: string;
  readonly enabled: boolean;
  /** Holds secrets. */
  readonly config: Readonly<Record<string, unknown>>;
};

export type Loaded = {
  readonly ok: true;
  /** Holds secrets in its accounts. */
  readonly config: Config;
  readonly policy: Policy;
  readonly accounts: readonly AccountConfig[];
  readonly directory: Directory;
  readonly warnings: readonly Problem[];
  /** The text as it was written, without secrets from the environment. */
  readonly yaml: string;
  /** SHA-256 of `yaml`, and of `found` where there is any, hex. */
  readonly hash: string;
  /** JSON of the ids that were found for agents; absent while there are none. */
  readonly found?: string;
  /** Other files that were read. */
  readonly related: readonly string[];
};

export type NotLoaded = {
  readonly ok: false;
  /** Errors and warnings, in the order of the file. */
  readonly problems: readonly Problem[];
  readonly related: readonly string[];
};

export type LoadResult = Loaded | NotLoaded;

const MOST_BYTES = 2 * 1024 * 1024;

/** Read, check and compile the configuration. Never rejects: what is wrong comes back as problems, without secrets. */
export async function loadConfig(options: LoadOptions): Promise<LoadResult> {
  const text = await readText(options.file, MOST_BYTES, options.read);
  return typeof text === "string" ? parseConfig(text, options) : notRead(text, options.file);
}

/** The same for a text that is already at hand, such as the active row of the store. */
export async function parseConfig(text: string, options: LoadOptions): Promise<LoadResult> {
  const unread = flawOf(text, MOST_BYTES);
  if (unread !== null) return notRead(unread, options.file);
  const parsed = parseYaml(options.file, text);
  if (!("yaml" in parsed)) return notRead(parsed, options.file);
  const { yaml, flaws } = parsed;
  if (flaws.length > 0) return refused(flaws.map((flaw) => placeFlaw(flaw, yaml)));
  return checkYaml(yaml, options);
}

async function checkYaml(yaml: YamlFile, options: LoadOptions): Promise<LoadResult> {
  const { env, accounts, policyOnly = false } = options;
  const substitution = substitute(yaml.document, env);
  const unset = substitution.flaws
    .filter(({ path }) => !policyOnly || !isInAccounts(path))
    .map((flaw) => placeFlaw(flaw, yaml));
  const plain = toPlain(yaml);
  if (!("value" in plain)) return refused([placeFlaw(plain, yaml)]);
  const source: Source = { yaml, substitution };
  const schema = policyOnly ? policySchema : fullSchema(accounts);
  const shaped = schema.safeParse(plain.value);
  if (!shaped.success) {
    const json = configJsonSchema(schema);
    const drafts = shaped.error.issues.flatMap((issue) => draftsOf(issue, source, json));
    return refused([...unset, ...placed(drafts, source, unset)]);
  }
  return complete(shaped.data, source, unset, options);
}

async function complete(
  config: Config,
  source: Source,
  unset: readonly Problem[],
  { accounts, read, directory: known, runtime = "node", policyOnly = false }: LoadOptions,
): Promise<LoadResult> {
  const findings = crossCheck(
    config,
    accounts.map(({ name }) => name),
    policyOnly ? undefined : (account) => waysOf(account, config, accounts),
  );
  const { directory, problems, related } = await loadStores(config, source, read, known);
  const all = inOrder([
    ...unset,
    ...placed(findings.map(orLater), source, unset),
    ...placed(accountsOf(config).flatMap(linksOnly), source, unset),
    ...placed(runtime === "workers" ? accountsOf(config).flatMap(needsNode) : [], source, unset),
    ...besideUnset(problems, unset),
  ]);
  if (directory === null || all.some(({ level }) => level === "error"))
    return refused(all, related);
  const { text } = source.yaml;
  const hash = await sha256Hex(text);
  const policy = compilePolicy(config, hash);
  return {
    ok: true,
    config,
    policy,
    accounts: accountsOf(config),
    directory,
    warnings: all,
    yaml: text,
    hash,
    related,
  };
}

/** What is kept where is no part of the policy, and its secrets need not be at hand. */
const policySchema = configSchema.extend({
  attachments: z
    .unknown()
    .transform(() => attachmentsConfig.parse({}))
    .prefault({}),
});

function isInAccounts([section]: ConfigPath = []): boolean {
  return section === "bots" || section === "channels" || section === "attachments";
}

function placed(drafts: readonly Draft[], source: Source, unset: readonly Problem[]): Problem[] {
  return besideUnset(
    drafts.map((draft) => place(draft, source)),
    unset,
  );
}

/** Every unknown key of an agent is read as a channel; some of them are plans. */
function orLater(finding: Finding): Draft {
  const { code, path } = finding;
  if (code !== "unknown-channel" || isLater(path, null) === null) return finding;
  return { ...finding, code: "later", params: { name: String(path.at(-1)) } };
}

/** A value whose variable is not set has nothing else wrong with it yet. */
function besideUnset(problems: readonly Problem[], unset: readonly Problem[]): Problem[] {
  return problems.filter(
    ({ file, line, column }) =>
      !unset.some((other) => other.file === file && other.line === line && other.column === column),
  );
}

function accountsOf({ bots, channels }: Config): AccountConfig[] {
  return Object.entries({ ...bots, ...channels }).flatMap(([channel, bodies]) =>
    Object.entries(bodies).map(([account, config]) => ({
      id: `${channel}/${account}`,
      channel,
      account,
      enabled: config.enabled !== false,
      config,
    })),
  );
}

/** The urgent ways of an account; none of one that is switched off, or is not there. */
function waysOf(
  id: string,
  config: Config,
  readers: readonly AccountReader[],
): readonly UrgentWay[] {
  const account = accountsOf(config).find((one) => one.id === id && one.enabled);
  const reader = readers.find(({ name }) => name === account?.channel);
  return account === undefined ? [] : (reader?.urgentWays?.(account.config) ?? []);
}

/** A process that comes and goes keeps up no connection, so that nothing would ever reach such an account. */
function needsNode({ channel, account, enabled, config }: AccountConfig): Draft[] {
  const name = longTransportOf(config);
  if (!enabled || name === null) return [];
  const path = ["bots", channel, account, "transport"];
  return [{ level: "error", code: "needs-node", path, params: { name } }];
}

/** An app whose cards could have buttons, and have links. */
function linksOnly({ channel, account, enabled, config }: AccountConfig): Draft[] {
  const isApp = channel === "dingtalk" && config.kind !== "board";
  if (!isApp || !enabled || config.card_template_id !== undefined) return [];
  const path = ["bots", channel, account];
  return [{ level: "warning", code: "cards-with-links", path, atKey: true, params: {} }];
}

function notRead({ code, params }: Unread, file: string): NotLoaded {
  return refused([{ level: "error", file, line: 1, column: 1, path: [], code, params }]);
}

function refused(problems: readonly Problem[], related: readonly string[] = []): NotLoaded {
  return { ok: false, problems: inOrder(problems), related };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
