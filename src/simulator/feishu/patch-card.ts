import { isSchema2, isShared } from "./card-rules.ts";
import { badCard, checkCard, readContent } from "./content.ts";
import { badParameter, FeishuError } from "./feishu-error.ts";
import type { JsonObject } from "./shape.ts";
import { type Feishu, type FeishuMessage, saveMessage } from "./state.ts";

const UPDATABLE_MS = 14 * 24 * 60 * 60_000;

/**
 * Update a sent card by its message: 14 days, 5 a second, shared before and after, not while a click is pending.
 *
 * Throws Feishu's error otherwise. Feishu docs: im-v1/message-card/patch.
 */
export function patchCard(feishu: Feishu, message: FeishuMessage, content: string): void {
  if (message.card === null) throw badParameter("This message is NOT a card.");
  if (message.sender !== null) throw new FeishuError(230027, "Lack of necessary permissions.");
  if (isTooOld(feishu, message)) {
    const words = "Message can only be modified within 14 days after sending.";
    throw new FeishuError(230031, words);
  }
  if (feishu.limits.update.take(message.id) > 0) {
    throw new FeishuError(230020, "This operation triggers the frequency limit.");
  }
  const { card } = readContent(feishu, "interactive", content);
  if (card === null || !isShared(card) || !isShared(message.card)) {
    throw badParameter("update_multi must be true in the card before and after");
  }
  if (feishu.callbacks.isPending(message.id)) throw badCard(11310, "ErrMsg: card action is lock");
  showCard(feishu, message, card);
}

/** No way of updating reaches a card older than 14 days. */
export function isTooOld(feishu: Feishu, message: FeishuMessage): boolean {
  return feishu.clock.now() > message.createdAt + UPDATABLE_MS;
}

/** Replace the shown card; throws 230099 when Feishu would not draw the new one in place of the old. */
export function showCard(feishu: Feishu, message: FeishuMessage, card: JsonObject): void {
  checkCard(card);
  if (message.card !== null && isSchema2(message.card) && !isSchema2(card)) {
    throw badCard(200830, "ErrMsg: a card of schema V2 can not be changed to schema V1");
  }
  saveMessage(feishu, {
    ...message,
    card,
    content: JSON.stringify(card),
    updatedAt: feishu.clock.now(),
  });
  const shown = feishu.world.message(message.id)?.body;
  const edition = shown?.type === "card" ? shown.edition + 1 : 1;
  feishu.world.replace(message.id, { type: "card", native: card, edition });
}
