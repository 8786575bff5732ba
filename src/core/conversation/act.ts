import { sameActor } from "../actor.ts";
import type { Card } from "../card.ts";
import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import { type Refusal, refuse } from "../refusal.ts";
import { literal, type Text, t } from "../text.ts";
import { type Ticket, underWay } from "../ticket/ticket.ts";
import { pursue } from "./candidates.ts";
import { answerCard, clarifyCard, lostCard, settledCard, titleOf } from "./cards.ts";
import type { Conversation } from "./conversation.ts";
import { leaveUnsolved } from "./leave-unsolved.ts";
import { openListed, turnPage } from "./list-press.ts";
import { just, pass, type Response, toPerson } from "./response.ts";
import { questionOf } from "./topic.ts";

/** What a press on a card of the conversation leads to, and how that card looks from then on. */
export type Act = {
  readonly response: Response;
  readonly text: Text;
  readonly card: Card<Text> | null;
};

/** Decide a press on an answer, a choice or an offer. Only the party it was made for may press. */
export function actOnConversation(
  command: Extract<Command, { type: "act" }>,
  conversation: Conversation,
  { ticket, named }: { readonly ticket: Ticket | null; readonly named: Ticket | null },
  policy: Policy,
): Act | Refusal {
  if (!sameActor(command.by, conversation.party))
    return refuse("not_allowed", { verb: t("verb.answer") });
  if (conversation.status === "closed") return refuse("conversation_over");
  const live = underWay(ticket);
  const { verb, version } = command.action;
  if (verb === "human") return human(conversation, live, policy);
  if (verb === "solved" || verb === "unsolved")
    return feedback(verb, version, conversation, live, policy);
  if (verb.startsWith("list_")) return turnPage(command, conversation, policy);
  if (verb.startsWith("open_")) return openListed(command, conversation, named, policy);
  const choice = /^choose_([0-2])$/.exec(verb);
  return choice === null
    ? refuse("unknown_action")
    : choose(Number(choice[1]), version, conversation, policy);
}

/** What somebody says about the answer that still stands open; a press on an older answer's card is not about it. */
function feedback(
  verb: "solved" | "unsolved",
  version: number,
  conversation: Conversation,
  live: Ticket | null,
  policy: Policy,
): Act | Refusal {
  const { answer } = conversation;
  if (answer === null || answer.version !== version) return refuse("already_done");
  const card = settledCard(answerCard(conversation, answer.article, policy), t(`settled.${verb}`));
  if (verb === "solved")
    return {
      response: just({ type: "deflected", article: answer.article }),
      text: t("done.solved"),
      card,
    };
  return {
    response: leaveUnsolved(conversation, answer, live, null),
    text: toldOf("unsolved", live),
    card,
  };
}

/** A person who is asked for gets the question: on the ticket under way, unless a form was begun about something else. */
function human(conversation: Conversation, live: Ticket | null, policy: Policy): Act | Refusal {
  const { form, answer, menu, lost } = conversation;
  const card = settledCard(cardNow(conversation, policy), t("settled.human"));
  if (live === null || form !== null)
    return { response: toPerson(conversation, null), text: t("done.human"), card };
  if (answer !== null)
    return {
      response: leaveUnsolved(conversation, answer, live, null),
      text: toldOf("human", live),
      card,
    };
  if (menu === null && lost === 0) return refuse("already_done");
  return {
    response: pass({ verb: "comment", text: questionOf(conversation) }),
    text: toldOf("human", live),
    card,
  };
}

function choose(
  index: number,
  version: number,
  conversation: Conversation,
  policy: Policy,
): Act | Refusal {
  const { menu } = conversation;
  const choice = menu?.choices[index];
  if (menu === null || menu.version !== version || choice === undefined)
    return refuse("already_done");
  const title = literal(titleOf(choice, policy));
  return {
    response: pursue(choice, conversation.topic ?? conversation.last, policy),
    text: t("done.choose", { title }),
    card: settledCard(
      clarifyCard(conversation, menu.choices, policy),
      t("settled.choose", { title }),
    ),
  };
}

function toldOf(verb: "unsolved" | "human", live: Ticket | null): Text {
  return live === null ? t(`done.${verb}`) : t("say.passed.comment", { number: live.number });
}

/** The card that stands open in the conversation: what a press on 转人工 must have been on. */
function cardNow(conversation: Conversation, policy: Policy): Card<Text> {
  if (conversation.answer !== null)
    return answerCard(conversation, conversation.answer.article, policy);
  if (conversation.menu !== null)
    return clarifyCard(conversation, conversation.menu.choices, policy);
  return lostCard(conversation, policy);
}
