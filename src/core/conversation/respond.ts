import type { Policy } from "../config/policy.ts";
import { t } from "../text.ts";
import { type Ticket, underWay } from "../ticket/ticket.ts";
import { besideTicket, cameBack, danger, isAwaited, isRequester } from "./beside-ticket.ts";
import { byNumber, byNumberOfTicket } from "./by-number.ts";
import { certainOf, likelyOf, pursue } from "./candidates.ts";
import type { Conversation, ConversationEvent, Heard, TypedCommand } from "./conversation.ts";
import { withoutPrompt } from "./evolve.ts";
import { fillIn } from "./form.ts";
import { leaveUnsolved } from "./leave-unsolved.ts";
import { answerPrompt, isAsked } from "./prompt.ts";
import { comments, just, pass, type Response, toPerson, wordsOf } from "./response.ts";
import { isUnderStaffCard, replyInThread } from "./thread-reply.ts";
import { pickedFrom } from "./topic.ts";
import { obey, type Scene } from "./typed-command.ts";

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

/** What was typed or asked for by the bot goes first; danger goes before what anybody but an agent typed. */
export function respond(scene: Scene): Response {
  const { conversation, heard, ticket, named, facts, at, policy } = scene;
  const { typed } = heard;
  const endangered = heard.understood.safety && heard.by.kind !== "agent";
  if (typed !== undefined && !endangered)
    return goOnAsking(leavePrompt(typed, scene) ?? obey(typed, scene), conversation);
  if (heard.unreadable === true)
    return goOnAsking(just({ type: "told", text: t("say.unreadable") }), conversation);
  const { prompt } = conversation;
  if (prompt !== undefined && at >= prompt.until)
    return afterExpiry(respond({ ...scene, conversation: withoutPrompt(conversation) }));
  // What was said before the question was put is no answer to it.
  if (prompt !== undefined && heard.said !== undefined && isAsked(conversation, heard))
    return answerPrompt({ prompt, heard, named, policy });
  if (isUnderStaffCard(heard) && !endangered) return replyInThread(heard, named, facts, policy);
  return toWords(scene, ticket);
}

/** 取消 without a number gives up the answer that the bot waits for. */
function leavePrompt(
  { name, number }: TypedCommand,
  { conversation, heard }: Scene,
): Response | null {
  const gives = name === "cancel" && number === null && isAsked(conversation, heard);
  return gives ? just({ type: "prompt_ended", reason: "cancelled" }) : null;
}

function afterExpiry(response: Response): Response {
  const ended: ConversationEvent = { type: "prompt_ended", reason: "expired" };
  return { ...response, events: [ended, ...response.events] };
}

/** A command in the middle of a form leaves the form as it is: its question comes again. */
function goOnAsking(response: Response, { form }: Conversation): Response {
  const { events, ticket } = response;
  const left = ticket?.type === "open" || events.some(({ type }) => type === "form_cancelled");
  if (form?.asking == null || left) return response;
  const again: ConversationEvent = { type: "field_asked", field: form.asking, tries: form.tries };
  return ticket?.type === "work"
    ? { ...response, ticket: { ...ticket, after: [again] } }
    : { ...response, events: [...events, again] };
}

/** Decide what to do about words. The order of these rules is the order of what matters to people. */
function toWords(scene: Scene, ticket: Ticket | null): Response {
  const { conversation, heard, policy } = scene;
  const live = underWay(ticket);
  if (heard.understood.safety) return danger(conversation, heard, live, policy);
  const askedLast = ticket === null || (conversation.askedAt ?? 0) >= ticket.lastAt;
  const awaited = isAwaited(heard, live);
  if (conversation.form !== null && (askedLast || !awaited))
    return fillIn(conversation, conversation.form, heard, policy);
  const reply = askedLast ? inReply(scene, live) : null;
  if (reply !== null) return reply;
  if (awaited) return pass(...comments(heard.text));
  const numbered = byNumberOfTicket(scene, ticket);
  if (numbered !== null) return numbered;
  if (live !== null) return besideTicket(heard, live, policy);
  if (heard.understood.command === "human") return toPerson(conversation, wordsOf(heard));
  if (ticket !== null && heard.understood.command === "unsolved" && isRequester(heard, ticket))
    return cameBack(conversation, heard, ticket, policy);
  return byContent(conversation, heard, policy);
}

/** What the message says about the answer or the menu that stands open; null when it is about neither. */
function inReply(scene: Scene, live: Ticket | null): Response | null {
  const { conversation, heard, policy } = scene;
  const counted = byNumber(scene, live);
  if (counted !== null) return counted;
  const picked = pickedFrom(conversation, heard.understood);
  if (picked !== null) return pursue(picked, conversation.topic ?? heard, policy);
  const { answer } = conversation;
  const { command } = heard.understood;
  if (answer === null) return null;
  if (command === "solved") return just({ type: "deflected", article: answer.article });
  const helpless = command === "unsolved" || (command === "human" && live !== null);
  return helpless ? leaveUnsolved(conversation, answer, live, heard) : null;
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
