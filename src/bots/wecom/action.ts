import type { InboundAction } from "../../core/message.ts";
import { type XmlNode, xmlNodes, xmlText } from "../../wire/xml.ts";
import { readHead, textOf } from "./message.ts";
import { NO_CHOICE } from "./render-controls.ts";

/** A response_code lives so long. WeCom docs: 94888. */
export const UPDATE_TOKEN_MS = 72 * 3_600_000;

/**
 * A click on a card or in its menu; null when it lacks what every click has.
 *
 * `cardId` is the task_id: our own id of the message that brought the card, which no update changes. Every click brings
 * a fresh response_code. WeCom docs: 90240 (template_card_event, template_card_menu_event).
 */
export function readAction(push: XmlNode, agentId: number): InboundAction | null {
  const head = readHead(push, agentId);
  const action = textOf(push, "EventKey");
  const cardId = textOf(push, "TaskId");
  if (head === null || action === null || cardId === null) return null;
  const event = xmlText(push, "Event");
  const code = textOf(push, "ResponseCode");
  const { userid, createTime, at } = head;
  return {
    type: "action",
    dedupeKey: `wecom:${agentId}:${userid}:${createTime}:${event}:${action}:${cardId}`,
    at,
    operator: { id: userid, name: null },
    action,
    values: readValues(push),
    cardId,
    place: { chat: userid, kind: "direct", thread: null },
    updateToken: code === null ? null : { value: code, expiresAt: at + UPDATE_TOKEN_MS },
  };
}

function readValues(push: XmlNode): Record<string, string> {
  const items = xmlNodes(push, "SelectedItems").flatMap((list) => xmlNodes(list, "SelectedItem"));
  const values = items.flatMap((item) => {
    const name = textOf(item, "QuestionKey");
    const chosen = xmlNodes(item, "OptionIds")
      .flatMap((ids) => ids.OptionId ?? [])
      .filter((id) => typeof id === "string" && id !== "" && id !== NO_CHOICE);
    return name === null || chosen.length === 0 ? [] : [[name, chosen.join(",")] as const];
  });
  return Object.fromEntries(values);
}
