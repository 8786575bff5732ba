import type { Capabilities, ChannelDefinition } from "../../ports/channel.ts";
import { createDingtalkApi } from "./api.ts";
import { updateCard } from "./card.ts";
import type { DingtalkConfig } from "./config.ts";
import { createReceive, DINGTALK_FEEDS } from "./receive.ts";
import { createSend } from "./send.ts";

/**
 * DingTalk over HTTP: a robot in groups and one-to-one chats, with cards from our own template.
 *
 * In a one-to-one chat send to the person, not to the chat: DingTalk takes no message to such a chat's id.
 */
export const dingtalk: ChannelDefinition<DingtalkConfig> = {
  name: "dingtalk",
  kind: "bots",
  feeds: DINGTALK_FEEDS,
  create(config, deps) {
    const api = createDingtalkApi(config, deps);
    return {
      can: capabilities(config),
      receive: createReceive(config, deps),
      send: createSend(config, deps, api),
      update: (surface, card) => updateCard(api, surface, card),
    };
  },
};

function capabilities(config: DingtalkConfig): Capabilities {
  return {
    cards: config.card_template_id !== undefined,
    idempotentSend: false, // cards are safe by outTrackId, texts are not
    answerWithinMs: 1000,
    // No number is published; 20 a second for each app and API is what integrators report.
    pacing: [{ scope: "account", count: 20, perMs: 1000 }],
  };
}
