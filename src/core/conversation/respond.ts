import type { Policy } from "../config/policy.ts";
import { t } from "../text.ts";
import { type Ticket, underWay } from "../ticket/ticket.ts";
import { besideTicket, cameBack, danger, isAwaited, isRequester } from "./beside-ticket.ts";
import { certainOf, likelyOf, pursue } from "./candidates.ts";
import type { Conversation, ConversationEvent, Heard } from "./conversation.ts";
import { fillIn } from "./form.ts";
import { comments, just, pass, type Response, toPerson, wordsOf } from "./response.ts";
import { pickedFrom } from "./topic.ts";

/** What commands come to where there is nothing that they could be about. */
const SMALL_TALK: ReadonlyMap<string | null, ConversationEvent> = new Map([
  ["greeting", { type: "greeted" }],
  ["help", { type: "helped" }],
  ["cancel", { type: "helped" }],
  ["thanks", { type: "told", text: t("say.welcome") }],
  ["solved", { type: "told", text: t("say.welcome") }],
  ["status", { type: "told", text: t("say.no_ticket") }],
  ["urge", { type: "told", text: t("say.no_ticket") }],
] as const);

/** Decide what to do about the pending message. The order of these rules is the order of what matters to people. */
export function respond(
  conversation: Conversation,
  heard: Heard,
  ticket: Ticket | null,
  policy: Policy,
): Response {
  const live = underWay(ticket);
  if (heard.understood.safety) return danger(conversation, heard, live, policy);
  const askedLast = ticket === null || (conversation.askedAt ?? 0) >= ticket.lastAt;
  const awaited = isAwaited(heard, live);
  if (conversation.form !== null && (askedLast || !awaited))
    return fillIn(conversation, conversation.form, heard, policy);
  const reply = askedLast ? inReply(conversation, heard, live, policy) : null;
  if (reply !== null) return reply;
  if (awaited) return pass(...comments(heard.text));
  if (live !== null) return besideTicket(heard, live, policy);
  if (heard.understood.command === "human") return toPerson(conversation, wordsOf(heard));
  if (ticket !== null && heard.understood.command === "unsolved" && isRequester(heard, ticket))
    return cameBack(conversation, heard, ticket, policy);
  return byContent(conversation, heard, policy);
}

/** What the message says about the answer or the menu that stands open; null when it is about neither. */
function inReply(
  conversation: Conversation,
  heard: Heard,
  live: Ticket | null,
  policy: Policy,
): Response | null {
  const picked = pickedFrom(conversation, heard.understood);
  if (picked !== null) return pursue(picked, conversation.topic ?? heard, policy);
  const { answer } = conversation;
  const { command } = heard.understood;
  if (answer === null) return null;
  if (command === "solved") return just({ type: "deflected", article: answer.article });
  const helpless = command === "unsolved" || (command === "human" && live !== null);
  return helpless ? leaveUnsolved(conversation, answer, live, heard) : null;
}

/** An answer did not help: a person gets the question, on the ticket under way if there is one. */
export function leaveUnsolved(
  conversation: Conversation,
  answer: NonNullable<Conversation["answer"]>,
  live: Ticket | null,
  heard: Heard | null,
): Response {
  const { article, about } = answer;
  const words = heard === null ? null : wordsOf(heard);
  const { ticket } =
    live === null
      ? toPerson(conversation, words, { about })
      : pass({ verb: "comment", text: about }, ...comments(words));
  return { events: [{ type: "left_unsolved", article }], ticket };
}

function byContent(conversation: Conversation, heard: Heard, policy: Policy): Response {
  const certain = certainOf(heard, policy);
  if (certain !== null) return pursue(certain, heard, policy);
  const small = SMALL_TALK.get(heard.understood.command);
  if (small !== undefined) return just(small);
  const choices = likelyOf(heard, policy);
  if (choices.length > 0 && conversation.menu === null) return just({ type: "clarified", choices });
  if (conversation.lost > 0 || conversation.menu !== null)
    return toPerson(conversation, wordsOf(heard));
  return just({ type: "not_understood", count: conversation.lost + 1 });
}
