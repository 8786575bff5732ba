import type { Inbound } from "../../core/message.ts";
import type { ChannelDeps, HttpReply, RawRequest, Receipt } from "../../ports/channel.ts";
import { isWireError } from "../../wire/wire-error.ts";
import { type XmlNode, xmlText } from "../../wire/xml.ts";
import { readAction } from "./action.ts";
import type { WecomConfig } from "./config.ts";
import { openCiphertext, readCiphertext, readRoot, refused } from "./envelope.ts";
import { readMessage } from "./message.ts";
import { clickReply, emptyReply } from "./reply.ts";

/** WeCom pushes everything of one app to one address. */
export const WECOM_FEEDS = ["app"] as const;

/** Make `receive`: a GET asks whether the address is ours, a POST brings a message or an event. WeCom docs: 90238. */
export function createReceive(config: WecomConfig, deps: ChannelDeps) {
  const keys = { ...config, receiveId: config.corp_id };

  async function receive(request: RawRequest): Promise<Receipt> {
    const encrypt = readCiphertext(request);
    const opened = await openCiphertext(keys, request, encrypt, deps.clock.now());
    if (opened.type === "refused") return opened;
    if (request.method === "GET") return { type: "handshake", reply: textReply(opened.message) };
    const push = readRoot(opened.message);
    const agent = xmlText(push, "AgentID");
    if (agent !== null && agent !== String(config.agent_id)) {
      return refused("malformed", `expected AgentID ${config.agent_id}, found another app's`);
    }
    return translate(config, deps, push);
  }

  return async (request: RawRequest, feed: string): Promise<Receipt> => {
    if (feed !== "app") return refused("malformed", "expected the feed app");
    try {
      return await receive(request);
    } catch (error) {
      if (isWireError(error)) return refused("malformed", error.message);
      throw error;
    }
  };
}

function translate(config: WecomConfig, deps: ChannelDeps, push: XmlNode): Receipt {
  const kind = xmlText(push, "MsgType");
  if (kind === null) return refused("malformed", "expected MsgType");
  if (kind !== "event") return inbound(readMessage(push, config.agent_id));
  const event = xmlText(push, "Event");
  if (event !== "template_card_event" && event !== "template_card_menu_event") {
    return { type: "inbound", items: [], reply: async () => emptyReply() };
  }
  const action = readAction(push, config.agent_id);
  if (action === null) return inbound(null);
  return {
    type: "inbound",
    items: [action],
    reply: (outcome) => clickReply(config, action.operator.id, outcome, deps.clock.now()),
  };
}

function inbound(item: Inbound | null): Receipt {
  if (item === null) {
    return refused("malformed", "expected FromUserName, CreateTime, AgentID and the ids of a push");
  }
  return { type: "inbound", items: [item], reply: async () => emptyReply() };
}

function textReply(body: string): HttpReply {
  return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}
