import type { z } from "zod";
import { dingtalkAccount } from "./bots/dingtalk/account.ts";
import { dingtalk } from "./bots/dingtalk/dingtalk.ts";
import { feishuAccount } from "./bots/feishu/account.ts";
import { feishu } from "./bots/feishu/feishu.ts";
import { wecomAccount } from "./bots/wecom/account.ts";
import { wecom } from "./bots/wecom/wecom.ts";
import { webConfig } from "./channels/web/config.ts";
import { web } from "./channels/web/web.ts";
import type { UrgentWay } from "./core/message.ts";
import type { Channel, ChannelDefinition, ChannelDeps } from "./ports/channel.ts";
import type { VisitorFeed } from "./ports/visitor-feed.ts";

/** What every channel may use. */
export type RegistryDeps = ChannelDeps & {
  readonly account: string;
  readonly visitors: VisitorFeed;
};

/** A channel with the schema of its accounts, its types tied together and then forgotten. */
export type Registered = {
  readonly name: string;
  readonly kind: "bots" | "channels";
  readonly feeds: readonly string[];
  readonly schema: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Make one account's channel. `config` is what `schema` accepts; parsing what was parsed changes nothing. */
  create(config: unknown, deps: RegistryDeps): Channel;
  urgentWays(config: unknown): readonly UrgentWay[];
};

function register<Config extends Readonly<Record<string, unknown>>>(
  schema: z.ZodType<Config>,
  definition: ChannelDefinition<Config, RegistryDeps>,
): Registered {
  const { name, kind, feeds } = definition;
  return {
    name,
    kind,
    feeds,
    schema,
    create: (config, deps) => definition.create(schema.parse(config), deps),
    urgentWays(config) {
      const { data } = schema.safeParse(config);
      return data === undefined ? [] : (definition.urgentWays?.(data) ?? []);
    },
  };
}

/** Every bot and channel, one line each. */
export const definitions: readonly Registered[] = [
  register(feishuAccount, feishu),
  register(dingtalkAccount, dingtalk),
  register(wecomAccount, wecom),
  register(webConfig, web),
];
