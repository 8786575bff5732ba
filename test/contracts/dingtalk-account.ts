import { dingtalkConfig } from "../../src/bots/dingtalk/config.ts";
import { dingtalk } from "../../src/bots/dingtalk/dingtalk.ts";
import type { Card } from "../../src/core/card.ts";
import type { Outbound } from "../../src/core/message.ts";
import type { ChannelDeps, RawRequest } from "../../src/ports/channel.ts";
import { utf8 } from "../../src/wire/bytes.ts";
import { dingtalkCardSign, dingtalkRobotSign } from "../../src/wire/dingtalk-sign.ts";
import { wecomEncrypt, wecomSignature } from "../../src/wire/wecom-crypto.ts";
import { NOW } from "./channel-subject.ts";

export const CLIENT_SECRET = "made-up-client-secret";
export const CARD_SECRET = "made-up-card-secret";
export const TOKEN = "made-up-token";
export const AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
export const WINDOW = { pastMs: 3_600_000, futureMs: 3_600_000 };

export const config = dingtalkConfig.parse({
  client_id: "dingappkey",
  client_secret: CLIENT_SECRET,
  aes_key: AES_KEY,
  token: TOKEN,
  card_template_id: "template.schema",
  card_api_secret: CARD_SECRET,
  card_route_key: "loopdesk",
});
const stranger = {
  ...config,
  client_secret: "another",
  card_api_secret: "another",
  token: "another",
  aes_key: `${AES_KEY.slice(1)}Z`,
};

export const card: Card<string> = {
  tone: "warning",
  title: "冰柜不制冷",
  subtitle: "待接单",
  blocks: [{ type: "paragraph", text: "三号柜" }],
  controls: [
    { type: "button", label: "接单", style: "primary", action: "claim|7|ticket:t1", confirm: null },
  ],
};

export const HANDLE = {
  value: "https://oapi.dingtalk.com/robot/sendBySession?session=s",
  expiresAt: NOW + 5_400_000,
};

export const text: Outbound<string> = {
  id: "m0000000000000000001",
  to: { kind: "person", id: "0123" },
  inReplyTo: null,
  content: { type: "text", text: "工程师已出发，预计半小时" },
};

export function account(deps: ChannelDeps) {
  return dingtalk.create(config, deps);
}

export function strangersAccount(deps: ChannelDeps) {
  return dingtalk.create(stranger, deps);
}

export function request(body: Uint8Array, headers: Record<string, string>, query = ""): RawRequest {
  return {
    method: "POST",
    query,
    headers: { "content-type": "application/json", ...headers },
    body,
  };
}

export async function provenRobot(body: Uint8Array): Promise<RawRequest> {
  const timestamp = String(NOW);
  return request(body, { timestamp, sign: await dingtalkRobotSign(CLIENT_SECRET, timestamp) });
}

export async function provenCard(body: Uint8Array): Promise<RawRequest> {
  const timestamp = String(NOW);
  return request(body, {
    "x-ddpaas-signature-timestamp": timestamp,
    "x-ddpaas-signature": await dingtalkCardSign(CARD_SECRET, timestamp),
  });
}

export async function provenEvent(body: Uint8Array): Promise<RawRequest> {
  const encrypt = readEncrypt(body);
  const signed = { token: TOKEN, timestamp: String(NOW), nonce: "n-1", encrypt };
  const query = new URLSearchParams({
    msg_signature: await wecomSignature(signed),
    timestamp: signed.timestamp,
    nonce: signed.nonce,
  });
  return request(body, {}, String(query));
}

function readEncrypt(body: Uint8Array): string {
  try {
    const { encrypt } = JSON.parse(new TextDecoder().decode(body));
    return String(encrypt ?? "");
  } catch {
    return "";
  }
}

export async function eventRequest(message: string, receiveId = "dingappkey"): Promise<RawRequest> {
  const encrypt = await wecomEncrypt({ encodingAesKey: AES_KEY, message, receiveId });
  return provenEvent(utf8(JSON.stringify({ encrypt })));
}
