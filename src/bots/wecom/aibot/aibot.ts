import type { Capabilities, Channel, ChannelDeps, Delivery } from "../../../ports/channel.ts";
import { WECOM_AIBOT_CARD } from "../card-abilities.ts";
import { refused } from "../envelope.ts";
import { failed } from "../failure.ts";
import { WECOM_FEEDS } from "../receive.ts";
import { createFetchAttachment } from "./attachment.ts";
import type { AibotConfig, AibotSocketConfig } from "./config.ts";
import { createReceive } from "./receive.ts";
import { createRespond } from "./respond.ts";
import { createSaying } from "./saying.ts";
import { createSend } from "./send.ts";
import { createSendFile } from "./send-file.ts";

/**
 * A WeCom AI bot: one-to-one chats and groups, over the long connection that `deps.line` is, or as a webhook that only
 * answers. Its cards change within seconds of a click and never again.
 */
export function createAibot(config: AibotConfig, deps: ChannelDeps): Channel {
  const common = {
    can: CAPABILITIES,
    fetchAttachment: createFetchAttachment(config, deps),
    update,
  };
  if (config.transport === "websocket") {
    return {
      ...common,
      receive: async () => refused("malformed", "this account is on a long connection"),
      ...sendingOver(config, deps),
    };
  }
  const receive = createReceive(config, deps);
  return {
    ...common,
    receive: async (request, feed) =>
      feed === WECOM_FEEDS[0]
        ? receive(request)
        : refused("malformed", `expected the feed ${WECOM_FEEDS[0]}`),
    send: createRespond(config, deps),
  };
}

function sendingOver(config: AibotSocketConfig, deps: ChannelDeps) {
  const { line } = deps;
  if (line === undefined) {
    return { send: async () => failed("config", "this runtime keeps no long connections") };
  }
  const say = createSaying(deps, line);
  return { send: createSend(config, say), sendFile: createSendFile(line, say) };
}

/** So the hub sends a fresh card instead. WeCom docs: 101031, 101463. */
async function update(): Promise<Delivery> {
  return failed("window-closed", "an AI bot's card changes only in answer to a click");
}

const CAPABILITIES: Capabilities = {
  card: WECOM_AIBOT_CARD,
  idempotentSend: false,
  answerWithinMs: 4000,
  mentions: true,
  // Replies and pushes together, for each chat. WeCom docs: 101463.
  pacing: [
    { scope: "destination", count: 30, perMs: 60_000 },
    { scope: "destination", count: 1000, perMs: 3_600_000 },
  ],
};
