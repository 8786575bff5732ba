import type { InboundAction } from "../../../core/message.ts";
import { NO_CHOICE } from "../render-controls.ts";
import { asFields, type Fields, objectsOf, textOf } from "./fields.ts";
import { readHead } from "./head.ts";

/**
 * A click on a card of the bot's; null when it lacks what every click has.
 *
 * `cardId` is the task_id: our own id of the message that brought the card. The details stand in an object of their own
 * (the SDK's types have them beside the eventtype). WeCom docs: 101027.
 */
export function readAction(body: Fields, heardAt: number): InboundAction | null {
  const event = asFields(body.event);
  const click = asFields(event?.template_card_event) ?? event;
  const head = readHead(body, heardAt);
  const action = textOf(click?.event_key);
  const cardId = textOf(click?.task_id);
  const id = textOf(body.msgid);
  if (head === null || action === null || cardId === null || id === null) return null;
  return {
    type: "action",
    dedupeKey: `aibot:${head.bot}:${id}`,
    at: head.at,
    operator: head.from,
    action,
    values: readValues(asFields(click?.selected_items)),
    cardId,
    place: head.place,
    updateToken: null,
  };
}

function readValues(items: Fields | null): Record<string, string> {
  const values = objectsOf(items?.selected_item).flatMap((item) => {
    const name = textOf(item.question_key);
    const ids = asFields(item.option_ids)?.option_id;
    const chosen = (Array.isArray(ids) ? ids : [ids])
      .flatMap((id) => textOf(id) ?? [])
      .filter((id) => id !== NO_CHOICE);
    return name === null || chosen.length === 0 ? [] : [[name, chosen.join(",")] as const];
  });
  return Object.fromEntries(values);
}
