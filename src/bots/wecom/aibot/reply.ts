import type { InboundAction, Outcome } from "../../../core/message.ts";
import type { HttpReply } from "../../../ports/channel.ts";
import { wecomEncrypt, wecomSignature } from "../../../wire/wecom-crypto.ts";
import { emptyReply } from "../reply.ts";
import { clickedCard, wordsCard } from "./card.ts";
import type { AibotWebhookConfig } from "./config.ts";

/** What an answer to a push is made from. */
export type ReplyTo = {
  readonly config: AibotWebhookConfig;
  /** The nonce of the push, which comes back with the answer. */
  readonly nonce: string;
  now(): number;
};

/**
 * The answer to a click, which changes the card for everybody in the chat. An outcome that has only words takes the place
 * of the clicker's own copy, because there is no other way to say them. WeCom docs: 101031.
 */
export async function clickReply(
  to: ReplyTo,
  { cardId, operator, place }: InboundAction,
  outcome: Outcome<string> | "pending" | null,
): Promise<HttpReply> {
  const response_type = "update_template_card";
  const card = clickedCard(to.config, cardId, outcome);
  if (card !== null) return encrypted(to, { response_type, template_card: card });
  if (outcome === null || outcome === "pending" || outcome.text.trim() === "") return emptyReply();
  return encrypted(to, {
    response_type,
    ...(place?.kind === "group" ? { userids: [operator.id] } : {}),
    template_card: wordsCard(to.config, cardId, outcome.text),
  });
}

/** What whoever opens the chat is greeted with. WeCom docs: 101031. */
export async function welcomeReply(to: ReplyTo): Promise<HttpReply> {
  const { welcome } = to.config;
  if (welcome === undefined) return emptyReply();
  return encrypted(to, { msgtype: "text", text: { content: welcome } });
}

/** WeCom docs: 101033. */
async function encrypted({ config, nonce, now }: ReplyTo, answer: unknown): Promise<HttpReply> {
  const { token, encoding_aes_key: encodingAesKey } = config;
  const message = JSON.stringify(answer);
  const encrypt = await wecomEncrypt({ encodingAesKey, message, receiveId: "" });
  const seconds = Math.floor(now() / 1000);
  const timestamp = String(seconds);
  const msgsignature = await wecomSignature({ token, timestamp, nonce, encrypt });
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({ encrypt, msgsignature, timestamp: seconds, nonce }),
  };
}
