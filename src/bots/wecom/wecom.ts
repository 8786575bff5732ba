import type { Capabilities, ChannelDefinition } from "../../ports/channel.ts";
import { createWecomApi } from "./api.ts";
import type { WecomConfig } from "./config.ts";
import { createReceive, WECOM_FEEDS } from "./receive.ts";
import { createSend } from "./send.ts";
import { createUpdate } from "./update.ts";

/** A self-built WeCom app: one-to-one chats with members, and template cards with one copy for each of them. */
export const wecom: ChannelDefinition<WecomConfig> = {
  name: "wecom",
  kind: "bots",
  feeds: WECOM_FEEDS,
  create(config, deps) {
    const api = createWecomApi(config, deps);
    return {
      can: CAPABILITIES,
      receive: createReceive(config, deps),
      send: createSend(config, deps, api),
      update: createUpdate(config, deps, api),
    };
  },
};

const CAPABILITIES: Capabilities = {
  cards: true,
  idempotentSend: false,
  answerWithinMs: 4000,
  // Above this WeCom answers success and shows nothing, so we have to count. WeCom docs: 90454.
  pacing: [
    { scope: "destination", count: 30, perMs: 60_000 },
    { scope: "destination", count: 1000, perMs: 3_600_000 },
  ],
};
