import { aibotConfig } from "../../src/bots/wecom/aibot/config.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Card } from "../../src/core/card.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { ChannelDeps, RawRequest } from "../../src/ports/channel.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { wecomEncrypt, wecomSignature } from "../../src/wire/wecom-crypto.ts";
import { parsed } from "./channel-receipts.ts";
import { NOW } from "./channel-subject.ts";

export const SECRET = "made-up-bot-secret";
export const TOKEN = "made-up-bot-token";
export const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
export const BOT = "aib-1";

export const webhookConfig = aibotConfig.parse({
  kind: "aibot",
  transport: "webhook",
  token: TOKEN,
  encoding_aes_key: AES_KEY,
  bot_name: "小助手",
  welcome: "您好，请说",
});

export const socketConfig = aibotConfig.parse({ kind: "aibot", bot_id: BOT, secret: SECRET });

export const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [{ type: "paragraph", text: "三号柜" }],
  controls: [
    { type: "button", label: "接单", style: "primary", action: "claim|7|ticket:t1", confirm: null },
  ],
};

export const text: Outbound<string> = {
  id: "m0000000000000000001",
  to: { kind: "person", id: "ZhangSan" },
  inReplyTo: null,
  content: { type: "text", text: "工程师已出发，预计半小时" },
};

/** The same message as the answer to one that can be answered by `handle`. */
export function answering(message: Outbound<string>, handle: string): Outbound<string> {
  const inReplyTo = {
    messageId: "ms1",
    thread: null,
    handle: { value: handle, expiresAt: NOW + 60_000 },
  };
  return { ...message, inReplyTo };
}

export function webhookAccount(deps: ChannelDeps) {
  return wecom.create(webhookConfig, deps);
}

/** The same bot, as somebody knows it who has neither its token nor its key. */
export function strangersAccount(deps: ChannelDeps) {
  const other = { token: "another", encoding_aes_key: `${AES_KEY.slice(1)}Z` };
  return wecom.create(aibotConfig.parse({ ...webhookConfig, ...other }), deps);
}

/** A request whose signature covers `encrypt`. */
async function signed(
  method: "GET" | "POST",
  encrypt: string,
  body: Uint8Array,
): Promise<RawRequest> {
  const timestamp = String(NOW / 1000);
  const nonce = "n-1";
  const signature = await wecomSignature({ token: TOKEN, timestamp, nonce, encrypt });
  const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
  if (method === "GET") query.set("echostr", encrypt);
  return { method, query: String(query), headers: { "content-type": "application/json" }, body };
}

/** A correct proof around any bytes: signed for whatever ciphertext stands in them. */
export function proven(body: Uint8Array): Promise<RawRequest> {
  const envelope = parsed(new TextDecoder().decode(body)) as { readonly encrypt?: unknown } | null;
  const encrypt = typeof envelope?.encrypt === "string" ? envelope.encrypt : "";
  return signed("POST", encrypt, body);
}

export async function pushed(message: string, receiveId = ""): Promise<RawRequest> {
  const encrypt = await wecomEncrypt({ encodingAesKey: AES_KEY, message, receiveId });
  return proven(utf8(JSON.stringify({ encrypt })));
}

export async function asked(echo: string, receiveId = ""): Promise<RawRequest> {
  const encrypt = await wecomEncrypt({ encodingAesKey: AES_KEY, message: echo, receiveId });
  return signed("GET", encrypt, new Uint8Array());
}
