import { sameActor } from "../actor.ts";
import type { Card } from "../card.ts";
import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { literal, type Text, t } from "../text.ts";
import { isOver, type Ticket } from "../ticket/ticket.ts";
import { answerCard, clarifyCard, lostCard, settledCard, titleOf } from "./cards.ts";
import type { Conversation } from "./conversation.ts";
import { pursue, type Response } from "./respond.ts";

/** What a press on a card of the conversation leads to, and how that card looks from then on. */
export type Act = { readonly response: Response; readonly text: Text; readonly card: Card<Text> | null };

/** Decide a press on an answer, a choice or an offer. Only the party it was made for may press. */
export function actOnConversation(
  command: Extract<Command, { type: "act" }>,
  conversation: Conversation,
  ticket: Ticket | null,
  policy: Policy,
): Act | Refusal {
  if (!sameActor(command.by, conversation.party)) return refuse("not_allowed", { verb: t("verb.answer") });
  if (conversation.status === "closed") return refuse("conversation_over");
  const { verb } = command.action;
  if (verb === "human") return human(conversation, ticket, policy);
  if (verb === "solved" || verb === "unsolved") return feedback(verb, command.action.version, conversation, policy);
  const choice = /^choose_([0-2])$/.exec(verb);
  return choice === null ? refuse("unknown_action") : choose(Number(choice[1]), conversation, policy);
}

/** What somebody says about the answer that still stands open; a press on an older answer's card is not about it. */
function feedback(verb: "solved" | "unsolved", version: number, conversation: Conversation, policy: Policy): Act | Refusal {
  const { answer } = conversation;
  if (answer === null || answer.version !== version) return refuse("already_done");
  const card = settledCard(answerCard(conversation, answer.article, policy), t(`settled.${verb}`));
  if (verb === "solved") {
    return { response: { events: [{ type: "deflected", article: answer.article }], ticket: null }, text: t("done.solved"), card };
  }
  const about = conversation.last?.text ?? null;
  return {
    response: {
      events: [{ type: "left_unsolved", article: answer.article }],
      ticket: { type: "open", form: null, intent: null, about, urgent: false },
    },
    text: t("done.unsolved"),
    card,
  };
}

function human(conversation: Conversation, ticket: Ticket | null, policy: Policy): Act | Refusal {
  if (ticket !== null && !isOver(ticket.status)) return refuse("already_done");
  const { form } = conversation;
  const about = form?.about ?? conversation.last?.text ?? null;
  return {
    response: { events: [], ticket: { type: "open", form, intent: null, about, urgent: false } },
    text: t("done.human"),
    card: settledCard(cardNow(conversation, policy), t("settled.human")),
  };
}

function choose(index: number, conversation: Conversation, policy: Policy): Act | Refusal {
  const choice = conversation.choices[index];
  if (choice === undefined) return refuse("already_done");
  const title = titleOf(choice, policy);
  return {
    response: pursue(choice, conversation.last?.text ?? null, conversation.last?.stores ?? [], policy),
    text: t("done.choose", { title: literal(title) }),
    card: settledCard(clarifyCard(conversation, conversation.choices, policy), t("settled.choose", { title: literal(title) })),
  };
}

/** The card that stands open in the conversation: what a press on 转人工 must have been on. */
function cardNow(conversation: Conversation, policy: Policy): Card<Text> {
  if (conversation.answer !== null) return answerCard(conversation, conversation.answer.article, policy);
  if (conversation.choices.length > 0) return clarifyCard(conversation, conversation.choices, policy);
  return lostCard(conversation, policy);
}
