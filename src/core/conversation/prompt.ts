import { sameActor } from "../actor.ts";
import type { Command } from "../command.ts";
import type { Policy } from "../config/policy.ts";
import { type Effect, laneOf } from "../effect.ts";
import { ASKED, type Takes } from "../intent/commands.ts";
import { type Refusal, refuse } from "../refusal.ts";
import type { Step } from "../step.ts";
import { converse } from "../streams.ts";
import { type Text, t } from "../text.ts";
import { meantVerb } from "../ticket/asked.ts";
import { objection } from "../ticket/decide.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Conversation, ConversationEvent, Heard, Prompt } from "./conversation.ts";
import { conversationDue } from "./effects.ts";
import { just, type Response, tell } from "./response.ts";
import { argumentsFor, isFault, NAMES_NOTHING } from "./said.ts";

/** How long an answer is waited for, ms. */
export const PROMPT_MS = 15 * 60_000;

type Act = Extract<Command, { type: "act" }>;

/** Ask the clicker in their own chat for what the button could not take. Refused as the verb itself would be. */
export function askInChat(
  command: Act,
  verb: string,
  ticket: Ticket,
  conversation: Conversation | null,
  policy: Policy,
): Step | Refusal {
  const { by, at, action, chat } = command;
  if (chat === undefined || !Object.hasOwn(ASKED, verb)) return refuse("unknown_action");
  const meant = { verb: meantVerb(verb), by, seen: action.version };
  const against = objection(meant, ticket, policy);
  if (against !== null) return against;
  const { number, id } = ticket;
  const until = at + PROMPT_MS;
  const prompt: Prompt = { by, ticket: id, number, verb, seen: action.version, until };
  const before = conversation?.prompt;
  const asked = converse({ ...command, stream: chat.stream }, conversation, [
    ...begun(command, conversation),
    { type: "prompted", prompt },
  ]);
  const question = t(`ask.${verb}`, { number });
  const text =
    before === undefined ? question : t("ask.instead", { number: before.number, question });
  const after = asked.state.value;
  const dueAt = conversationDue(after, policy);
  return {
    streams: [asked],
    effects: [tellAt(chat, text), { type: "timer", stream: asked.stream, dueAt }],
    outcome: { text: t("done.asked"), card: null },
  };
}

function begun({ by, chat }: Act, conversation: Conversation | null): ConversationEvent[] {
  if (chat === undefined || conversation !== null) return [];
  const { stream: _stream, ...where } = chat;
  return [{ type: "opened", party: by, ...where }];
}

/** It is pushed, and answers no message. */
function tellAt({ account, to, language }: NonNullable<Act["chat"]>, text: Text): Effect {
  const content = { type: "text", text } as const;
  return {
    type: "message",
    lane: laneOf(account, to),
    account,
    to,
    language,
    inReplyTo: null,
    content,
  };
}

/** What the answer to a question is made of. */
export function answerTakes(verb: string): Takes {
  return Object.hasOwn(ASKED, verb) ? (ASKED[verb] ?? "text") : "text";
}

type Answering = {
  readonly prompt: Prompt;
  readonly heard: Heard;
  /** The ticket that the question was about. */
  readonly named: Ticket | null;
  readonly policy: Policy;
};

/** Is this person the one whom the bot has asked? */
export function isAsked({ prompt }: Conversation, { by }: Heard): boolean {
  return prompt !== undefined && sameActor(prompt.by, by);
}

/** Take a message as the answer to the open question. */
export function answerPrompt({ prompt, heard, named, policy }: Answering): Response {
  if (named === null) return just({ type: "prompt_ended", reason: "cancelled" });
  const said = heard.said ?? { text: heard.text, ...NAMES_NOTHING };
  const bare = said.text === null && heard.attachments.length === 0;
  const question = t(`ask.${prompt.verb}`, { number: prompt.number });
  if (bare) return tell(t("ask.nothing", { question }));
  const usage = { usage: question, example: question };
  const takes = answerTakes(prompt.verb);
  const values = argumentsFor({ takes, usage }, said, named, policy);
  if (isFault(values)) return tell(values.fault);
  const asked = {
    verb: prompt.verb,
    values,
    text: said.text,
    stores: heard.stores,
    seen: prompt.seen,
  };
  return {
    events: [{ type: "prompt_ended", reason: "answered" }],
    ticket: { type: "work", asked, told: null },
  };
}
