import { asFields, type Fields, objectsOf, textOf } from "../../fields.ts";
import type { PressInput } from "../../tool.ts";
import { selectedItems } from "../selected-items.ts";
import { chatFields } from "./chats.ts";
import type { AibotContext } from "./context.ts";
import { eventHead } from "./sockets.ts";

/**
 * The event of a press on one of the bot's cards: a button, the submit button, or an entry of the menu. Throws when it
 * does not stand there now. WeCom docs: 101027.
 */
export function clickBody(context: AibotContext, card: Fields, input: PressInput): Fields {
  const message = context.world.message(input.message);
  const chat = message === null ? null : context.world.chat(message.chat);
  if (chat === null) throw new Error(`${input.message} is no card`);
  if (!chat.members.includes(input.person)) {
    throw new Error(`${input.person} does not see this card`);
  }
  const selected = selectedFields(card, input);
  return {
    ...eventHead(context),
    ...chatFields(chat),
    from: { userid: input.person },
    msgtype: "event",
    event: {
      eventtype: "template_card_event",
      template_card_event: {
        card_type: textOf(card, "card_type"),
        event_key: input.button,
        task_id: textOf(card, "task_id"),
        ...(selected.length === 0 ? {} : { selected_items: { selected_item: selected } }),
      },
    },
  };
}

function selectedFields(card: Fields, { button, values = {} }: PressInput): readonly Fields[] {
  const menu = objectsOf(asFields(card.action_menu), "action_list");
  if (menu.some(({ key }) => key === button)) return [];
  if (!keysOf(card).includes(button)) {
    throw new Error(`no button with the key ${button} stands on this card now`);
  }
  return selectedItems(card, values).map(({ QuestionKey, OptionIds }) => ({
    question_key: QuestionKey,
    option_ids: { option_id: asFields(OptionIds)?.OptionId },
  }));
}

function keysOf(card: Fields): readonly string[] {
  const buttons =
    card.card_type === "button_interaction"
      ? objectsOf(card, "button_list")
      : [asFields(card.submit_button) ?? {}];
  return buttons.map((button) => textOf(button, "key")).filter((key) => key !== "");
}
