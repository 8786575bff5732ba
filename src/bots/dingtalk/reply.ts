import type { Outcome } from "../../core/message.ts";
import type { HttpReply } from "../../ports/channel.ts";
import { randomNonce } from "../../wire/random.ts";
import { wecomEncrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { oneLine } from "./markdown.ts";
import { renderCard } from "./render.ts";
import { shortened, VARIABLE_BYTES } from "./shorten.ts";

/** The answer to a robot message that says nothing in the chat. DingTalk docs: receive-message. */
export function robotReply(): HttpReply {
  return jsonReply({ msgtype: "empty" });
}

/**
 * The answer to a click: the card's new variables, and for the clicker alone `toast` and `toast_tone`.
 *
 * The template's event chain shows the toast, which it can take from nowhere but this answer; an empty one shows
 * nothing. DingTalk docs: event-callback-card, chain-of-events.
 */
export function cardReply(outcome: Outcome<string> | "pending" | null): HttpReply {
  const told = outcome === null || outcome === "pending" ? null : outcome;
  const toast = shortened(told?.text ?? "", VARIABLE_BYTES, oneLine);
  const card = told?.card ?? null;
  return jsonReply({
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    ...(card === null ? {} : { cardData: { cardParamMap: renderCard(card, null) } }),
    userPrivateData: { cardParamMap: { toast, toast_tone: told?.tone ?? "" } },
  });
}

/** The encrypted `success` that every event must be answered with. DingTalk docs: http-callback-overview. */
export async function eventReply(
  keys: { readonly aesKey: string; readonly token: string; readonly receiveId: string },
  now: number,
): Promise<HttpReply> {
  const { aesKey, token, receiveId } = keys;
  const encrypt = await wecomEncrypt({ encodingAesKey: aesKey, message: "success", receiveId });
  const timeStamp = String(now);
  const nonce = randomNonce(16);
  const signature = await wecomSignature({ token, timestamp: timeStamp, nonce, encrypt });
  return jsonReply({ msg_signature: signature, timeStamp, nonce, encrypt });
}

function jsonReply(body: unknown): HttpReply {
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify(body),
  };
}
