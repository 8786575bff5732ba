import type { Capabilities, Channel, ChannelDefinition, ChannelDeps } from "../../ports/channel.ts";
import type { DingtalkAccount } from "./account.ts";
import { createDingtalkApi } from "./api.ts";
import { createBoard } from "./board.ts";
import { updateCard } from "./card.ts";
import { DINGTALK_ACTION_CARD, DINGTALK_CARD } from "./card-abilities.ts";
import type { DingtalkConfig } from "./config.ts";
import { lookUp } from "./directory.ts";
import { failed } from "./failure.ts";
import { createMedia } from "./media.ts";
import { createReceive, DINGTALK_FEEDS } from "./receive.ts";
import { createSend } from "./send.ts";
import { DINGTALK_URGENT, ring } from "./urgent.ts";

/**
 * DingTalk: an app's robot in groups and one-to-one chats, or with `kind: board` the custom robot of a group.
 *
 * Its cards are of our own template, and ActionCards with links without it. What the app's robot pushes comes over HTTP
 * to `receive`, or over the Stream connection of connection.ts; what we send goes over HTTP either way.
 *
 * In a one-to-one chat send to the person, not to the chat: DingTalk takes no message to such a chat's id.
 */
export const dingtalk: ChannelDefinition<DingtalkAccount> = {
  name: "dingtalk",
  kind: "bots",
  feeds: DINGTALK_FEEDS,
  create: (config, deps) =>
    config.kind === "board" ? createBoard(config, deps) : createApp(config, deps),
  urgentWays: (config) => (config.kind === "board" ? [] : DINGTALK_URGENT),
};

function createApp(config: DingtalkConfig, deps: ChannelDeps): Channel {
  const api = createDingtalkApi(config, deps);
  return {
    can: capabilities(config),
    receive: createReceive(config, deps),
    send: createSend(config, deps, api),
    ...createMedia(config, deps, api),
    ring: (call) => ring(config, api, call),
    lookUp: (people) => lookUp(api, people),
    update: (surface, card) =>
      config.card_template_id === undefined
        ? Promise.resolve(failed("window-closed", "an ActionCard cannot be changed"))
        : updateCard(api, surface, card),
  };
}

function capabilities(config: DingtalkConfig): Capabilities {
  return {
    card: config.card_template_id === undefined ? DINGTALK_ACTION_CARD : DINGTALK_CARD,
    idempotentSend: false, // cards are safe by outTrackId, texts are not
    answerWithinMs: 1000,
    mentions: true,
    urgent: DINGTALK_URGENT,
    // No number is published; 20 a second for each app and API is what integrators report.
    pacing: [{ scope: "account", count: 20, perMs: 1000 }],
  };
}
