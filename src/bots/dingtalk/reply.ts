import { decodeAction } from "../../core/card.ts";
import type { Outcome } from "../../core/message.ts";
import type { HttpReply } from "../../ports/channel.ts";
import { randomNonce } from "../../wire/random.ts";
import { wecomEncrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { oneLine } from "./markdown.ts";
import { type PrivateVariable, renderCard } from "./render.ts";
import { shortened, VARIABLE_BYTES } from "./shorten.ts";

/** The answer to a robot message that says nothing in the chat. DingTalk docs: receive-message. */
export function robotReply(): HttpReply {
  return jsonReply({ msgtype: "empty" });
}

/**
 * The answer to a click on `action`: the card's new variables, and for the clicker alone how the click ended.
 *
 * The template shows `toast` as a toast where an event chain sent the click, and always as a line on the card while
 * that stands at `toast_version`; an empty one shows nothing. DingTalk docs: event-callback-card, chain-of-events.
 */
export function cardReply(
  outcome: Outcome<string> | "pending" | null,
  action: string | null,
): HttpReply {
  const told = outcome === "pending" ? PENDING : (outcome ?? NOTHING);
  const card = told.card === null ? null : renderCard(told.card, null);
  const own: Record<PrivateVariable, string> = {
    toast: shortened(told.text, VARIABLE_BYTES, oneLine),
    toast_tone: told.tone,
    toast_version: card?.version ?? versionOf(action),
  };
  return jsonReply({
    cardUpdateOptions: { updateCardDataByKey: true, updatePrivateDataByKey: true },
    ...(card === null ? {} : { cardData: { cardParamMap: card } }),
    userPrivateData: { cardParamMap: own },
  });
}

// A channel does not know the clicker's language, and DingTalk has no words by language here.
const PENDING = { tone: "info", text: "已收到，正在处理 · Received, working on it", card: null };
const NOTHING = { tone: "", text: "", card: null };

/** The version that the clicked card showed. */
function versionOf(action: string | null): string {
  return String(decodeAction(action ?? "")?.version ?? "");
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
