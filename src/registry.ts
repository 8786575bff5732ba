import type { z } from "zod";
import { dingtalkConfig } from "./bots/dingtalk/config.ts";
import { dingtalk } from "./bots/dingtalk/dingtalk.ts";
import { feishuConfig } from "./bots/feishu/config.ts";
import { feishu } from "./bots/feishu/feishu.ts";
import { wecomConfig } from "./bots/wecom/config.ts";
import { wecom } from "./bots/wecom/wecom.ts";
import { webConfig } from "./channels/web/config.ts";
import { web } from "./channels/web/web.ts";
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
  };
}

/** Every bot and channel, one line each. */
export const definitions: readonly Registered[] = [
  register(feishuConfig, feishu),
  register(dingtalkConfig, dingtalk),
  register(wecomConfig, wecom),
  register(webConfig, web),
];
