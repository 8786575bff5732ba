import type { RawRequest } from "../../ports/channel.ts";
import { sameText } from "../../wire/bytes.ts";
import { wecomDecrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { isWireError } from "../../wire/wire-error.ts";
import type { DingtalkConfig } from "./config.ts";
import { type Fields, textOf } from "./fields.ts";
import { checkTime, type Refused, refused } from "./proof.ts";

/** What an event's answer is encrypted with. */
export type EventKeys = {
  readonly aesKey: string;
  readonly token: string;
  readonly receiveId: string;
};

export type OpenedEvent =
  | { readonly type: "opened"; readonly message: string; readonly keys: EventKeys }
  | Refused;

/**
 * Prove and decrypt an event: the signature covers the ciphertext, whose trailer names us (app key, or corp id for
 * callbacks that were registered the old way).
 *
 * DingTalk docs: http-callback-overview; open-dingtalk/DingTalk-Callback-Crypto.
 */
export async function openEvent(
  config: DingtalkConfig,
  request: RawRequest,
  body: Fields,
  now: number,
): Promise<OpenedEvent> {
  const { aes_key: aesKey, token } = config;
  if (aesKey === undefined || token === undefined) {
    return refused("signature", "aes_key and token of the event subscription are not configured");
  }
  const query = new URLSearchParams(request.query);
  const signature = query.get("msg_signature") || query.get("signature");
  const timestamp = query.get("timestamp") || query.get("timeStamp");
  const nonce = query.get("nonce");
  const encrypt = textOf(body.encrypt);
  if (!signature || !timestamp || !nonce || encrypt === null) {
    return refused("signature", "msg_signature, timestamp, nonce or encrypt is missing");
  }
  if (!sameText(signature, await wecomSignature({ token, timestamp, nonce, encrypt }))) {
    return refused("signature", "msg_signature is not that of this ciphertext");
  }
  const time = checkTime(timestamp, now, config.stale_after_s * 1000);
  if (time.type === "refused") return time;
  return decrypt(config, { aesKey, token, encrypt });
}

async function decrypt(
  config: DingtalkConfig,
  sealed: { readonly aesKey: string; readonly token: string; readonly encrypt: string },
): Promise<OpenedEvent> {
  const { aesKey, token, encrypt } = sealed;
  try {
    const { message, receiveId } = await wecomDecrypt({ encodingAesKey: aesKey, encrypt });
    if (receiveId !== config.client_id && receiveId !== config.corp_id) {
      return refused("signature", "the event is for another app");
    }
    return { type: "opened", message, keys: { aesKey, token, receiveId } };
  } catch (error) {
    if (isWireError(error)) return refused("signature", "aes_key does not open this event");
    throw error;
  }
}
