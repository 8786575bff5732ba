import { buildXml, type XmlContent } from "../../wire/xml.ts";
import { asFields, type Fields, objectsOf, textOf } from "../fields.ts";
import type { Pusher } from "../push.ts";
import type { PressInput, PressResult } from "../tool.ts";
import { callbackPush } from "./callback-push.ts";
import type { CardCopy } from "./cards.ts";
import type { WecomContext } from "./context.ts";
import { applyReply } from "./passive-reply.ts";
import { selectedItems } from "./selected-items.ts";

/**
 * A member presses a button of a card, its submit button, or an entry of its menu.
 *
 * `button` is the key; it must stand on the member's copy now and not be greyed out. Each press hands out a new
 * response_code. WeCom docs: 90240 (template_card_event, template_card_menu_event).
 */
export async function pressCard(
  context: WecomContext,
  pusher: Pusher,
  url: string,
  input: PressInput,
): Promise<PressResult> {
  const copy = copyInReach(context, input);
  const xml = eventXml(context, copy, input);
  let problem: string | null = null;
  const push = callbackPush(context, url, xml, {
    reply: (reply) => applyReply(context, reply, { person: copy.person, message: input.message }),
    problem(words) {
      problem = words;
    },
  });
  const result = await pusher.push(push).first;
  if (!result.delivered) {
    const error =
      result.status === null
        ? { code: "timeout", text: "请求超时，请稍后重试" }
        : { code: `http.${result.status}`, text: "操作失败，请稍后重试" };
    return { toast: null, error };
  }
  return {
    toast: null,
    error: problem === null ? null : { code: "reply.invalid", text: problem },
  };
}

function copyInReach(context: WecomContext, input: PressInput): CardCopy {
  const copy = context.cards.shownBy(input.message);
  if (copy === null || context.world.message(input.message) === null) {
    throw new Error(`${input.message} is no card`);
  }
  if (copy.person !== input.person) throw new Error(`${input.person} does not see this card`);
  return copy;
}

function eventXml(context: WecomContext, copy: CardCopy, input: PressInput): string {
  const { app } = context;
  return buildXml({
    xml: {
      ToUserName: app.corpId,
      FromUserName: copy.person,
      CreateTime: Math.floor(context.clock.now() / 1000),
      MsgType: "event",
      ...pressed(copy.card, input),
      EventKey: input.button,
      TaskId: textOf(copy.card, "task_id"),
      CardType: textOf(copy.card, "card_type"),
      ResponseCode: context.codes.issue(copy.msgid),
      AgentID: app.agentId,
    },
  });
}

/** The part of the event that depends on what was pressed. */
function pressed(card: Fields, input: PressInput): XmlContent {
  const menu = objectsOf(asFields(card.action_menu), "action_list");
  if (menu.some((action) => action.key === input.button)) {
    return { Event: "template_card_menu_event" };
  }
  if (!buttonKeys(card).includes(input.button)) {
    throw new Error(`no button with the key ${input.button} stands on this card now`);
  }
  if (textOf(card, "replace_text") !== "") throw new Error("the button is greyed out");
  const items = selectedItems(card, input.values ?? {});
  return {
    Event: "template_card_event",
    ...(items.length === 0 ? {} : { SelectedItems: { SelectedItem: items } }),
  };
}

function buttonKeys(card: Fields): readonly string[] {
  if (card.card_type === "button_interaction") {
    return objectsOf(card, "button_list")
      .filter((button) => button.type !== 1)
      .map((button) => textOf(button, "key"));
  }
  const submit = textOf(asFields(card.submit_button), "key");
  return submit === "" ? [] : [submit];
}
