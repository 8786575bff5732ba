import type { Inbound } from "../../../core/message.ts";
import type { ChannelDeps, RawRequest, Receipt } from "../../../ports/channel.ts";
import { isWireError } from "../../../wire/wire-error.ts";
import { openCiphertext, readQuestion, refused } from "../envelope.ts";
import { emptyReply } from "../reply.ts";
import { readAction } from "./action.ts";
import { NO_ACTION } from "./card.ts";
import type { AibotWebhookConfig } from "./config.ts";
import { asFields, type Fields, parseFields, textOf } from "./fields.ts";
import { readMessage } from "./message.ts";
import { clickReply, welcomeReply } from "./reply.ts";
import { urlHandle } from "./reply-handle.ts";

/** Make `receive` of webhook mode: encrypted JSON, for no corp in particular. WeCom docs: 101033, 100719. */
export function createReceive(config: AibotWebhookConfig, deps: ChannelDeps) {
  const keys = { ...config, receiveId: "" };

  async function receive(request: RawRequest): Promise<Receipt> {
    const encrypt =
      request.method === "GET" ? readQuestion(request) : textOf(parseFields(request.body)?.encrypt);
    const opened = await openCiphertext(keys, request, encrypt, deps.clock.now());
    if (opened.type === "refused") return opened;
    if (request.method === "GET") {
      return { type: "handshake", reply: { ...emptyReply(), body: opened.message } };
    }
    const body = parseFields(opened.message);
    if (body === null) return refused("malformed", "expected a JSON object inside");
    const query = new URLSearchParams(request.query);
    const pushed = { at: Number(query.get("timestamp")) * 1000, nonce: query.get("nonce") ?? "" };
    return translate(config, deps, body, pushed);
  }

  return async (request: RawRequest): Promise<Receipt> => {
    try {
      return await receive(request);
    } catch (error) {
      if (isWireError(error)) return refused("malformed", error.message);
      throw error;
    }
  };
}

/** What the signed query says of a push: messages carry no time of their own. */
type Pushed = { readonly at: number; readonly nonce: string };

function translate(
  config: AibotWebhookConfig,
  deps: ChannelDeps,
  body: Fields,
  { at, nonce }: Pushed,
): Receipt {
  const kind = textOf(body.msgtype);
  const reply = { config, nonce, now: deps.clock.now };
  if (kind === null) return refused("malformed", "expected msgtype");
  // Asks how a streamed reply goes on. Ours are never streamed here, so there is nothing to add.
  if (kind === "stream") return inbound([], async () => emptyReply());
  if (kind === "event") return translateEvent(body, at, reply);
  const message = readMessage(body, {
    botName: config.bot_name,
    heardAt: at,
    handle: (sentAt) => urlHandle(textOf(body.response_url), sentAt),
  });
  return message === null ? incomplete() : inbound([message], async () => emptyReply());
}

function translateEvent(
  body: Fields,
  at: number,
  reply: { readonly config: AibotWebhookConfig; readonly nonce: string; now(): number },
): Receipt {
  const event = textOf(asFields(body.event)?.eventtype);
  if (event === "enter_chat") return inbound([], () => welcomeReply(reply));
  if (event !== "template_card_event") return inbound([], async () => emptyReply());
  const action = readAction(body, at);
  if (action === null) return incomplete();
  if (action.action === NO_ACTION) return inbound([], () => clickReply(reply, action, "pending"));
  return inbound([action], (outcome) => clickReply(reply, action, outcome));
}

function incomplete(): Receipt {
  return refused("malformed", "expected msgid, aibotid, from and the other ids of a push");
}

function inbound(
  items: readonly Inbound[],
  reply: Extract<Receipt, { readonly type: "inbound" }>["reply"],
): Receipt {
  return { type: "inbound", items, reply };
}
