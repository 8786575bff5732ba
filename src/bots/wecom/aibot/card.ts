import type { Card } from "../../../core/card.ts";
import type { Outcome } from "../../../core/message.ts";
import { type CardNode, renderCard } from "../render.ts";
import { clipped, oneLine } from "../shorten.ts";
import type { AibotConfig } from "./config.ts";

/** Characters of an outcome in the quoting box of a card, in a title, and under it. WeCom docs: 101032. */
const REMARK_CHARACTERS = 60;
const TITLE_CHARACTERS = 26;
const TEXT_CHARACTERS = 112;

/** The key of a button that does nothing. */
export const NO_ACTION = "none";

/** A card as the AI bot's `template_card`, under the id by which clicks name it. WeCom docs: 101032. */
export function cardOf(
  config: AibotConfig,
  taskId: string,
  card: Card<string>,
  remark: string | null = null,
): CardNode {
  const { action_menu: menu, ...rest } = renderCard(card, { cardUrl: config.card_url, remark });
  return {
    ...rest,
    // Unlike an app's, a bot's menu must say something about itself.
    ...(typeof menu === "object" ? { action_menu: { desc: "…", ...menu } } : {}),
    task_id: taskId,
  };
}

/**
 * What a clicked card shall show. Past the budget it says so, with a button that does nothing: an AI bot's buttons cannot
 * be greyed out, and a card cannot be changed later. Null when there are only words, or nothing at all.
 */
export function clickedCard(
  config: AibotConfig,
  taskId: string,
  outcome: Outcome<string> | "pending" | null,
): CardNode | null {
  if (outcome === "pending") return { ...PENDING, task_id: taskId };
  if (outcome === null || outcome.card === null) return null;
  const words = oneLine(outcome.text);
  const remark = words === "" ? null : clipped(words, REMARK_CHARACTERS);
  return cardOf(config, taskId, outcome.card, remark);
}

/** A card that says nothing but how a click ended. */
export function wordsCard(config: AibotConfig, taskId: string, words: string): CardNode {
  const line = oneLine(words);
  return {
    card_type: "text_notice",
    main_title: { title: clipped(line, TITLE_CHARACTERS) },
    ...([...line].length > TITLE_CHARACTERS
      ? { sub_title_text: clipped(line, TEXT_CHARACTERS) }
      : {}),
    card_action: { type: 1, url: config.card_url },
    task_id: taskId,
  };
}

const PENDING: CardNode = {
  card_type: "button_interaction",
  main_title: { title: "已收到，正在处理", desc: "Received, working on it" },
  button_list: [{ text: "处理中…", style: 4, key: NO_ACTION }],
};
