import type { Capabilities, ChannelDefinition } from "../../ports/channel.ts";
import { createApi } from "./api.ts";
import type { FeishuConfig } from "./config.ts";
import { receive } from "./receive.ts";
import { send, update } from "./send.ts";

const can: Capabilities = {
  cards: true,
  idempotentSend: true,
  answerWithinMs: 2_000, // Feishu waits 3 s (200341)
  pacing: [
    { scope: "account", count: 50, perMs: 1_000 },
    { scope: "account", count: 1_000, perMs: 60_000 },
    { scope: "destination", count: 5, perMs: 1_000 }, // in a group shared by all bots in it
  ],
};

/**
 * Feishu, and Lark by its `api_base`.
 *
 * An app has one address for events and one for card callbacks; each of our feeds takes both, so one address will do.
 */
export const feishu: ChannelDefinition<FeishuConfig> = {
  name: "feishu",
  kind: "bots",
  feeds: ["event", "card"],
  create(config, deps) {
    const api = createApi(config, deps);
    return {
      can,
      receive: (request) => receive(request, config, deps.clock.now()),
      send: (message) => send(api, message),
      update: (surface, card) => update(api, surface, card),
    };
  },
};
