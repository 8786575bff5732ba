import { base64, utf8 } from "./bytes.ts";
import { hmacSha256 } from "./hmac.ts";

/**
 * The `sign` header of a robot message pushed over HTTP, in base64. It covers the timestamp (ms), not the body.
 *
 * DingTalk docs: receive-message.
 */
export function dingtalkRobotSign(appSecret: string, timestamp: string): Promise<string> {
  return sign(appSecret, `${timestamp}\n${appSecret}`);
}

/**
 * The `x-ddpaas-signature` header of a card callback over HTTP, in base64. It covers the timestamp (ms), not the body.
 *
 * DingTalk docs: event-callback-card.
 */
export function dingtalkCardSign(apiSecret: string, timestamp: string): Promise<string> {
  return sign(apiSecret, timestamp);
}

/**
 * The `sign` of a custom group robot's webhook, in base64 and not yet URL-encoded; `timestamp` is in ms.
 *
 * The formula of the HTTP robot: DingTalk docs, receive-message.
 */
export function dingtalkCustomRobotSign(secret: string, timestamp: string): Promise<string> {
  return sign(secret, `${timestamp}\n${secret}`);
}

async function sign(secret: string, text: string): Promise<string> {
  return base64(await hmacSha256(utf8(secret), utf8(text)));
}
