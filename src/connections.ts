import type { z } from "zod";
import { dingtalkConfig } from "./bots/dingtalk/config.ts";
import { createDingtalkConnector } from "./bots/dingtalk/connection.ts";
import { feishuConfig } from "./bots/feishu/config.ts";
import { createFeishuConnector } from "./bots/feishu/connection.ts";
import { aibotConfig } from "./bots/wecom/aibot/config.ts";
import { createAibotConnector } from "./bots/wecom/aibot/connection.ts";
import type { AccountConfig } from "./config/load.ts";
import type { ConnectorDeps } from "./node-connections.ts";
import type { Connector } from "./ports/connection.ts";

/** A connector with the schema of its accounts, its types tied together and then forgotten. */
type Registered = (config: unknown, deps: ConnectorDeps) => Connector;

function register<Config>(
  schema: z.ZodType<Config>,
  create: (config: Config, deps: ConnectorDeps) => Connector,
): Registered {
  return (config, deps) => create(schema.parse(config), deps);
}

/** The long connection of each channel that has one, a line each. Node only: nothing else may import this file. */
const connectors: Readonly<Record<string, Registered>> = {
  feishu: register(feishuConfig, createFeishuConnector),
  dingtalk: register(dingtalkConfig, createDingtalkConnector),
  wecom: register(aibotConfig, (config, deps) => {
    if (config.transport === "webhook") throw new Error("This AI bot is pushed to.");
    return createAibotConnector(config, deps);
  }),
};

/** Make the connector of an account whose transport is a long connection. Throws where its channel has none. */
export function connectorFor({ channel, config }: AccountConfig, deps: ConnectorDeps): Connector {
  const create = connectors[channel];
  if (create === undefined) throw new Error(`"${channel}" has no long connections.`);
  return create(config, deps);
}
