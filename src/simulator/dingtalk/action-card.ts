import { type Fields, objectsOf, textOf } from "../fields.ts";
import type { ToolMessage } from "../tool.ts";

/**
 * An ActionCard as the app shows it: markdown with links below it. Null where something is missing that it must have.
 *
 * DingTalk docs: custom-robots-send-group-messages (one link as singleTitle and singleURL, or several as btns).
 */
export function actionCard(card: Fields | null): ToolMessage["body"] | null {
  const [title, text] = [textOf(card, "title"), textOf(card, "text")];
  const single = { title: textOf(card, "singleTitle"), actionURL: textOf(card, "singleURL") };
  const several = objectsOf(card, "btns").map((button) => ({
    title: textOf(button, "title"),
    actionURL: textOf(button, "actionURL"),
  }));
  const btns = single.title === "" ? several : [single];
  const isWhole = btns.every((button) => button.title !== "" && button.actionURL !== "");
  if (title === "" || text === "" || btns.length === 0 || !isWhole) return null;
  return { type: "card", native: { actionCard: { title, text, btns } }, edition: 1 };
}

/** The same from the parameters of an app robot's sampleActionCard to sampleActionCard6. DingTalk docs: robot-message-type. */
export function sampleActionCard(params: Fields): ToolMessage["body"] | null {
  const btns = Array.from({ length: 5 }, (_none, at) => ({
    title: textOf(params, `actionTitle${at + 1}`) || textOf(params, `buttonTitle${at + 1}`),
    actionURL: textOf(params, `actionURL${at + 1}`) || textOf(params, `buttonUrl${at + 1}`),
  }));
  return actionCard({ ...params, btns: btns.filter(({ title }) => title !== "") });
}
