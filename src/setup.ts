import type { AttachmentStore } from "./app/attachment-store.ts";
import { createEmbeddedUnderstander } from "./app/embedded-understander.ts";
import type { Account, Setup } from "./app/hub.ts";
import { type WebConfig, webConfig } from "./channels/web/config.ts";
import type { AccountConfig } from "./config/load.ts";
import { longTransportOf } from "./config/long-transport.ts";
import type { Policy } from "./core/config/policy.ts";
import type { Line } from "./ports/connection.ts";
import type { Understander } from "./ports/understander.ts";
import type { RegistryDeps } from "./registry.ts";
import { definitions } from "./registry.ts";

export type MadeSetup = {
  readonly setup: Setup;
  /** The web chats, for the pages that hang on this process. */
  readonly webs: ReadonlyMap<string, WebConfig>;
  /** The accounts to be kept connected, where the runtime can. Their configurations hold secrets. */
  readonly connected: readonly AccountConfig[];
};

/** What the channels of all accounts are made with. */
export type SetupDeps = Omit<RegistryDeps, "account" | "line"> & {
  /** The long connection of an account; absent where the runtime holds none. */
  lineOf?(account: string): Line;
};

/** Make everything that a configuration asks for: the accounts' channels and the classifier. */
export function makeSetup(
  policy: Policy,
  configured: readonly AccountConfig[],
  { lineOf, ...deps }: SetupDeps,
  understander: Understander = createEmbeddedUnderstander(policy),
  attachments?: AttachmentStore,
): MadeSetup {
  const accounts = new Map<string, Account>();
  const webs = new Map<string, WebConfig>();
  const connected = configured.filter(
    ({ enabled, config }) => enabled && longTransportOf(config) !== null,
  );
  for (const { id, channel, enabled, config } of configured) {
    const definition = definitions.find(({ name }) => name === channel);
    if (definition === undefined) throw new Error(`There is no channel "${channel}".`);
    accounts.set(id, {
      id,
      enabled,
      feeds: definition.feeds,
      channel: definition.create(config, {
        ...deps,
        account: id,
        ...(lineOf === undefined ? {} : { line: lineOf(id) }),
      }),
    });
    if (channel === "web") webs.set(id, webConfig.parse(config));
  }
  const kept = attachments === undefined ? {} : { attachments };
  return { setup: { policy, accounts, understander, ...kept }, webs, connected };
}

/** The same classifier, trained when it is first asked: for a process that mostly does other things, and briefly. */
export function trainedWhenAsked(policy: Policy): Understander {
  let trained: Understander | null = null;
  const get = (): Understander => {
    trained ??= createEmbeddedUnderstander(policy);
    return trained;
  };
  return {
    understand: (text) => get().understand(text),
    storeNames: (text) => get().storeNames(text),
  };
}
