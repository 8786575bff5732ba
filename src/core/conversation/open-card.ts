import { type Card, decodeAction } from "../card.ts";
import type { Text } from "../text.ts";
import type { Conversation, Heard } from "./conversation.ts";
import { listVerbs } from "./lists.ts";

/** Which card of the conversation stands open: the one that was put to the party last. */
export function standsOpen(conversation: Conversation): "answer" | "menu" | "lost" | "list" | null {
  const { answer, menu, list, lost } = conversation;
  if (lost > 0 && menu === null && list === undefined) return "lost";
  const versions = { answer: answer?.version, menu: menu?.version, list: list?.version };
  let newest: "answer" | "menu" | "list" | null = null;
  for (const name of ["answer", "menu", "list"] as const)
    if ((versions[name] ?? 0) > (newest === null ? 0 : (versions[newest] ?? 0))) newest = name;
  return newest;
}

/** The verb of the open list's button that a number picks; null for any other message. */
export function numberIn(conversation: Conversation, heard: Heard): string | null {
  const { list } = conversation;
  if (
    heard.picks === undefined ||
    list === undefined ||
    conversation.form !== null ||
    standsOpen(conversation) !== "list"
  )
    return null;
  return listVerbs(list)[heard.picks] ?? null;
}

/** The verb of the button of a card that stands at a place, as a surface without buttons counts them. */
export function verbAt({ controls }: Card<Text>, place: number): string | null {
  const buttons = controls.filter((control) => control.type === "button");
  return decodeAction(buttons[place]?.action ?? "")?.verb ?? null;
}
