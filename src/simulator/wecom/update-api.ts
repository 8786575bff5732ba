import { asFields, type Fields, textOf } from "../fields.ts";
import { hasButtons, withDeadButton } from "./cards.ts";
import type { WecomContext } from "./context.ts";
import { checkAgent } from "./send-api.ts";
import { checkTemplateCard } from "./template-card.ts";
import { success, WecomError } from "./wecom-error.ts";

const RECEIVERS = 1000;

/**
 * `POST /cgi-bin/message/update_template_card`: change members' copies of one card, once for each response_code.
 *
 * A refused call leaves its code unused. Members who did not receive the card are only listed. WeCom docs: 94888.
 */
export function updateTemplateCard(context: WecomContext, body: Fields): Response {
  checkAgent(context, body);
  const code = textOf(body, "response_code");
  if (code === "") throw new WecomError(40063, "response_code is missing");
  const msgid = context.codes.check(code);
  const { members, invalid } = readMembers(context.cards.receivers(msgid), body);
  const change = readChange(body);
  const copies = members
    .map((person) => context.cards.messageFor(msgid, person))
    .filter((message) => message !== null);
  const changed = copies.map((message) => {
    const copy = context.cards.shownBy(message);
    if (copy === null) throw new Error(`the message ${message} shows no card`);
    return { message, card: change(copy.card) };
  });
  context.codes.use(code);
  for (const { message, card } of changed) context.cards.replace(message, card);
  return success({ invaliduser: invalid.map((userid) => userid.toLowerCase()) });
}

function readMembers(receivers: readonly string[], body: Fields) {
  if (body.atall === 1) return { members: receivers, invalid: [] };
  const userids = Array.isArray(body.userids) ? body.userids.map(String) : [];
  if (userids.length === 0) {
    throw new WecomError(
      40058,
      "the simulator has no departments and tags: name userids, or atall",
    );
  }
  if (userids.length > RECEIVERS) throw new WecomError(40032, "userids has more than 1000 members");
  const members = receivers.filter((person) =>
    userids.some((userid) => userid.toLowerCase() === person.toLowerCase()),
  );
  const invalid = userids.filter(
    (userid) => !receivers.some((person) => person.toLowerCase() === userid.toLowerCase()),
  );
  return { members, invalid };
}

function readChange(body: Fields): (card: Fields) => Fields {
  const fresh = asFields(body.template_card);
  if (fresh !== null) {
    checkTemplateCard(fresh, "update");
    return () => fresh;
  }
  const name = textOf(asFields(body.button), "replace_name");
  if (name === "") throw new WecomError(40063, "button.replace_name or template_card is missing");
  return (card) => {
    if (hasButtons(card)) return withDeadButton(card, name);
    throw new WecomError(40058, "a card of this type has no button to replace");
  };
}
