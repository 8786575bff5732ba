import type { Capabilities, Channel, ChannelDefinition, ChannelDeps } from "../../ports/channel.ts";
import type { WecomAccount } from "./account.ts";
import { createAibot } from "./aibot/aibot.ts";
import { createWecomApi } from "./api.ts";
import { createBoard } from "./board.ts";
import { WECOM_CARD } from "./card-abilities.ts";
import type { WecomConfig } from "./config.ts";
import { lookUp } from "./directory.ts";
import { createMedia } from "./media.ts";
import { createReceive, WECOM_FEEDS } from "./receive.ts";
import { createSend } from "./send.ts";
import { createUpdate } from "./update.ts";
import { ring, WECOM_URGENT } from "./urgent.ts";

/** WeCom: a self-built app, with `kind: aibot` an AI bot, or with `kind: board` a group's message push. */
export const wecom: ChannelDefinition<WecomAccount> = {
  name: "wecom",
  kind: "bots",
  feeds: WECOM_FEEDS,
  create(config, deps) {
    if (config.kind === "aibot") return createAibot(config, deps);
    return config.kind === "board" ? createBoard(config, deps) : createApp(config, deps);
  },
  urgentWays: (config) => (config.kind === "app" ? WECOM_URGENT : []),
};

/** A self-built app: one-to-one chats with members, and template cards with one copy for each of them. */
function createApp(config: WecomConfig, deps: ChannelDeps): Channel {
  const api = createWecomApi(config, deps);
  return {
    can: CAPABILITIES,
    receive: createReceive(config, deps),
    send: createSend(config, deps, api),
    ...createMedia(config, deps, api),
    ring: (call) => ring(api, call),
    lookUp: (people) => lookUp(api, people),
    update: createUpdate(config, deps, api),
  };
}

const CAPABILITIES: Capabilities = {
  card: WECOM_CARD,
  idempotentSend: false,
  urgent: WECOM_URGENT,
  answerWithinMs: 4000,
  // Above this WeCom answers success and shows nothing, so we have to count. WeCom docs: 90454.
  pacing: [
    { scope: "destination", count: 30, perMs: 60_000 },
    { scope: "destination", count: 1000, perMs: 3_600_000 },
    { scope: "account", count: 10_000, perMs: 60_000 }, // of a whole company; more shuts it out for a minute
  ],
};
