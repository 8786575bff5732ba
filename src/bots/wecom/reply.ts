import type { Outcome } from "../../core/message.ts";
import type { HttpReply } from "../../ports/channel.ts";
import { randomNonce } from "../../wire/random.ts";
import { wecomEncrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { buildXml, type XmlContent } from "../../wire/xml.ts";
import { cardXml } from "./card-xml.ts";
import type { WecomConfig } from "./config.ts";
import { renderCard } from "./render.ts";
import { clipped, oneLine } from "./shorten.ts";

/** Characters of an outcome on a button, and in the quoting box of a card. */
const BUTTON_CHARACTERS = 20;
const REMARK_CHARACTERS = 60;

/** An acknowledgement that shows nothing. WeCom docs: 90238. */
export function emptyReply(): HttpReply {
  return { status: 200, headers: { "content-type": "text/plain; charset=utf-8" }, body: "" };
}

/**
 * The answer to a click, which changes the clicker's own copy of the card and spends no response_code.
 *
 * WeCom has no toast: an outcome's words stand on the new card, in a box of their own. Without a new card they can only
 * replace the buttons, which are dead from then on until the card is updated, so give a card with an outcome whenever
 * there is more to press. "pending" leaves the card as it is. WeCom docs: 90241.
 */
export async function clickReply(
  config: WecomConfig,
  userid: string,
  outcome: Outcome<string> | "pending" | null,
  now: number,
): Promise<HttpReply> {
  if (outcome === null || outcome === "pending") return emptyReply();
  const change = render(config, outcome);
  if (change === null) return emptyReply();
  const seconds = Math.floor(now / 1000);
  return encrypted(config, seconds, {
    ToUserName: userid,
    FromUserName: config.corp_id,
    CreateTime: seconds,
    ...change,
  });
}

function render(config: WecomConfig, outcome: Outcome<string>): XmlContent | null {
  const words = oneLine(outcome.text);
  if (outcome.card === null) {
    if (words === "") return null;
    const ReplaceName = clipped(words, BUTTON_CHARACTERS);
    return { MsgType: "update_button", Button: { ReplaceName } };
  }
  const remark = words === "" ? null : clipped(words, REMARK_CHARACTERS);
  const card = renderCard(outcome.card, { cardUrl: config.card_url, remark });
  return { MsgType: "update_template_card", TemplateCard: cardXml(card) };
}

async function encrypted(
  config: WecomConfig,
  seconds: number,
  inside: XmlContent,
): Promise<HttpReply> {
  const { token, corp_id: receiveId, encoding_aes_key: encodingAesKey } = config;
  const message = buildXml({ xml: inside });
  const encrypt = await wecomEncrypt({ encodingAesKey, message, receiveId });
  const timestamp = String(seconds);
  const nonce = randomNonce(16);
  const signature = await wecomSignature({ token, timestamp, nonce, encrypt });
  const body = buildXml({
    xml: { Encrypt: encrypt, MsgSignature: signature, TimeStamp: seconds, Nonce: nonce },
  });
  return { status: 200, headers: { "content-type": "application/xml; charset=utf-8" }, body };
}
