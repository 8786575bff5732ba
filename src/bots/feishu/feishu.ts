import type { Capabilities, Channel, ChannelDefinition, ChannelDeps } from "../../ports/channel.ts";
import type { FeishuAccount } from "./account.ts";
import { createApi } from "./api.ts";
import { createBoard } from "./board.ts";
import { FEISHU_CARD } from "./card-abilities.ts";
import type { FeishuConfig } from "./config.ts";
import { lookUp } from "./directory.ts";
import { readBack } from "./edit.ts";
import { fetchAttachment, sendFile, uploadPicture } from "./media.ts";
import { receive } from "./receive.ts";
import { send, update } from "./send.ts";
import { FEISHU_URGENT, ring } from "./urgent.ts";

const can: Capabilities = {
  card: FEISHU_CARD,
  idempotentSend: true,
  answerWithinMs: 2_000, // Feishu waits 3 s (200341)
  mentions: true,
  urgent: FEISHU_URGENT,
  pacing: [
    { scope: "account", count: 50, perMs: 1_000 },
    { scope: "account", count: 1_000, perMs: 60_000 },
    { scope: "destination", count: 5, perMs: 1_000 }, // in a group shared by all bots in it
  ],
};

/**
 * Feishu, and Lark by its `api_base`: an app, or with `kind: board` the custom bot of a group.
 *
 * An app has one address for events and one for card callbacks; each of our feeds takes both, so one address will do.
 */
export const feishu: ChannelDefinition<FeishuAccount> = {
  name: "feishu",
  kind: "bots",
  feeds: ["event", "card"],
  create: (config, deps) =>
    config.kind === "board" ? createBoard(config, deps) : createApp(config, deps),
  urgentWays: (config) => (config.kind === "board" ? [] : FEISHU_URGENT),
};

function createApp(config: FeishuConfig, deps: ChannelDeps): Channel {
  const api = createApi(config, deps);
  return {
    can,
    receive: (request) => receive(request, config, deps.clock.now()),
    send: (message) => send(api, message),
    readBack: (id) => readBack(api, config.bot_open_id ?? null, id),
    fetchAttachment: (ref, maxBytes) => fetchAttachment(api, ref, maxBytes),
    sendFile: (message, file) => sendFile(api, message, file),
    uploadPicture: (file) => uploadPicture(api, file),
    ring: (call) => ring(api, call),
    lookUp: (people) => lookUp(api, people),
    update: (surface, card) => update(api, surface, card),
  };
}
