import { createEmbeddedUnderstander } from "./app/embedded-understander.ts";
import type { Account, Setup } from "./app/hub.ts";
import { type WebConfig, webConfig } from "./channels/web/config.ts";
import type { AccountConfig } from "./config/load.ts";
import type { Policy } from "./core/config/policy.ts";
import type { Understander } from "./ports/understander.ts";
import type { RegistryDeps } from "./registry.ts";
import { definitions } from "./registry.ts";

export type MadeSetup = {
  readonly setup: Setup;
  /** The web chats, for the pages that hang on this process. */
  readonly webs: ReadonlyMap<string, WebConfig>;
};

/** Make everything that a configuration asks for: the accounts' channels and the classifier. */
export function makeSetup(
  policy: Policy,
  configured: readonly AccountConfig[],
  deps: Omit<RegistryDeps, "account">,
  understander: Understander = createEmbeddedUnderstander(policy),
): MadeSetup {
  const accounts = new Map<string, Account>();
  const webs = new Map<string, WebConfig>();
  for (const { id, channel, enabled, config } of configured) {
    const definition = definitions.find(({ name }) => name === channel);
    if (definition === undefined) throw new Error(`There is no channel "${channel}".`);
    accounts.set(id, {
      id,
      enabled,
      feeds: definition.feeds,
      channel: definition.create(config, { ...deps, account: id }),
    });
    if (channel === "web") webs.set(id, webConfig.parse(config));
  }
  return { setup: { policy, accounts, understander }, webs };
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
