import { randomNonce } from "../../wire/random.ts";
import { type XmlNode, xmlNodes, xmlText } from "../../wire/xml.ts";
import type { Fields } from "../fields.ts";
import { hasButtons, withDeadButton } from "./cards.ts";
import type { WecomContext } from "./context.ts";
import { truncated } from "./message-content.ts";
import { cardFromXml } from "./passive-card.ts";
import { checkTemplateCard } from "./template-card.ts";

/** What a passive reply answers: something that `person` did, on the card in `message` when it was a click. */
export type Answered = { readonly person: string; readonly message: string | null };

/**
 * Do what a passive reply says: show a text, or change the clicker's own copy of the card.
 *
 * Throws when it says nothing that WeCom would do. WeCom docs: 90241.
 */
export function applyReply(context: WecomContext, reply: XmlNode, answered: Answered): void {
  if (xmlText(reply, "ToUserName")?.toLowerCase() !== answered.person.toLowerCase()) {
    throw new Error("ToUserName of the passive reply is not who the push was about");
  }
  const kind = xmlText(reply, "MsgType");
  if (kind === "text") {
    showText(context, reply, answered.person);
  } else if (kind === "update_button" || kind === "update_template_card") {
    changeCard(context, reply, answered.message, kind);
  } else {
    throw new Error("MsgType must be text, update_button or update_template_card");
  }
}

function changeCard(
  context: WecomContext,
  reply: XmlNode,
  message: string | null,
  kind: "update_button" | "update_template_card",
): void {
  const copy = message === null ? null : context.cards.shownBy(message);
  if (message === null || copy === null) throw new Error(`${kind} answers clicks on cards only`);
  const change = kind === "update_button" ? deadButton : wholeCard;
  context.cards.replace(message, change(reply, copy.card));
}

function showText(context: WecomContext, reply: XmlNode, person: string): void {
  const text = truncated(xmlText(reply, "Content") ?? "");
  const chat = context.world.directChat(person);
  if (text === "" || chat === null) throw new Error("Content of the passive reply is empty");
  const body = { type: "text", text } as const;
  context.world.post({ id: randomNonce(32), chat: chat.id, from: "bot", quotes: null, body });
}

function deadButton(reply: XmlNode, card: Fields): Fields {
  const button = xmlNodes(reply, "Button")[0];
  const name = button === undefined ? null : xmlText(button, "ReplaceName");
  if (name === null || name === "") throw new Error("Button.ReplaceName is missing");
  if (!hasButtons(card)) throw new Error("a card of this type has no button to replace");
  return withDeadButton(card, name);
}

function wholeCard(reply: XmlNode, old: Fields): Fields {
  const node = xmlNodes(reply, "TemplateCard")[0];
  if (node === undefined) throw new Error("TemplateCard is missing");
  if (!hasButtons(old) && old.action_menu === undefined) {
    throw new Error("a card without buttons and menu cannot be updated");
  }
  const card = cardFromXml(node);
  checkTemplateCard(card, "update");
  return card;
}
