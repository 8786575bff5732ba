import { wecomConfig } from "../../src/bots/wecom/config.ts";
import { wecom } from "../../src/bots/wecom/wecom.ts";
import type { Card } from "../../src/core/card.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { ChannelDeps, RawRequest } from "../../src/ports/channel.ts";
import { utf8, utf8Text } from "../../src/wire/bytes.ts";
import { wecomEncrypt, wecomSignature } from "../../src/wire/wecom-crypto.ts";
import { buildXml } from "../../src/wire/xml.ts";
import { NOW } from "./channel-subject.ts";

export const SECRET = "made-up-secret";
export const TOKEN = "made-up-token";
export const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
export const CORP = "ww1";
const OTHER_AES_KEY = `${AES_KEY.slice(1)}Z`;

export const config = wecomConfig.parse({
  corp_id: CORP,
  agent_id: "1000002",
  secret: SECRET,
  token: TOKEN,
  encoding_aes_key: AES_KEY,
});

export const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [
    { type: "paragraph", text: "三号柜" },
    { type: "fields", fields: [{ label: "门店", value: "上海南京西路店" }] },
  ],
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

export function account(deps: ChannelDeps) {
  return wecom.create(config, deps);
}

/** The same app, as somebody knows it who has neither its token nor its key. */
export function strangersAccount(deps: ChannelDeps) {
  return wecom.create({ ...config, token: "another", encoding_aes_key: OTHER_AES_KEY }, deps);
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
  return { method, query: String(query), headers: { "content-type": "text/xml" }, body };
}

/** A correct proof around any bytes: signed for whatever ciphertext stands in them. */
export function proven(body: Uint8Array): Promise<RawRequest> {
  let encrypt = "";
  try {
    encrypt = /<Encrypt><!\[CDATA\[(.*?)\]\]><\/Encrypt>/s.exec(utf8Text(body))?.[1] ?? "";
  } catch {
    // not UTF-8, so there is nothing that could be signed
  }
  return signed("POST", encrypt, body);
}

export async function pushed(message: string, receiveId = CORP): Promise<RawRequest> {
  const encrypt = await wecomEncrypt({ encodingAesKey: AES_KEY, message, receiveId });
  const xml = buildXml({ xml: { ToUserName: CORP, AgentID: "1000002", Encrypt: encrypt } });
  return proven(utf8(xml));
}

export async function asked(echo: string, receiveId = CORP): Promise<RawRequest> {
  const encrypt = await wecomEncrypt({ encodingAesKey: AES_KEY, message: echo, receiveId });
  return signed("GET", encrypt, new Uint8Array());
}
