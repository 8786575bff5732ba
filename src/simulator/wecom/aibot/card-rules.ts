import { asFields, type Fields, objectsOf, textOf } from "../../fields.ts";
import { checkTemplateCard } from "../template-card.ts";
import { WecomError } from "../wecom-error.ts";

/**
 * Refuse a `template_card` that an AI bot may not send: what an app may not either, and some that an app may.
 *
 * A bot's buttons only call back, its menu says something about itself, its rows open no files, and nothing greys out
 * a button. WeCom docs: 101032.
 */
export function checkBotCard(card: Fields, use: "send" | "update"): void {
  try {
    checkTemplateCard(card, use);
  } catch (error) {
    throw asBotError(error);
  }
  const flaw = flawOf(card);
  if (flaw !== null) throw new WecomError(40058, flaw);
}

/** Bots have a code of their own for a bad task_id. WeCom docs: 90313. */
function asBotError(error: unknown): unknown {
  const isTaskId = error instanceof WecomError && error.errcode === 42014;
  return isTaskId ? new WecomError(846625, error.message) : error;
}

function flawOf(card: Fields): string | null {
  if (card.replace_text !== undefined) return "replace_text is for the cards of apps";
  if (card.action_menu !== undefined && textOf(asFields(card.action_menu), "desc") === "") {
    return "action_menu.desc is missing";
  }
  if (objectsOf(card, "horizontal_content_list").some((row) => row.type === 2)) {
    return "horizontal_content_list.type is 0, 1 or 3";
  }
  const buttons = objectsOf(card, "button_list");
  if (buttons.some((button) => textOf(button, "key") === "")) return "button_list.key is missing";
  if (buttons.some((button) => button.disable !== undefined)) {
    return "a button cannot be disabled";
  }
  const action = asFields(card.card_action);
  return action !== null && typeof action.type !== "number" ? "card_action.type is missing" : null;
}
