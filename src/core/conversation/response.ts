import type { Attachment } from "../attachment.ts";
import type { Content } from "../message.ts";
import type { Text } from "../text.ts";
import type { Asked } from "../ticket/asked.ts";
import type { Conversation, ConversationEvent, Form, Heard } from "./conversation.ts";
import { isBare, questionOf } from "./topic.ts";

/** What the hub does about a message or a press: events of the conversation, and what to do with a ticket. */
export type Response = {
  readonly events: readonly ConversationEvent[];
  readonly ticket: Opening | Passing | Working | null;
  /** What is said beside that which the events say by themselves. */
  readonly says?: readonly Content<Text>[];
};

/** Open a ticket. */
export type Opening = {
  readonly type: "open";
  /** What it is made from: its intent, type, priority and fields. Null when nothing was understood. */
  readonly form: Form | null;
  /** Was everything given that the intent asks for, or must a person take over half-way? */
  readonly complete: boolean;
  /** The words that describe it, as a row of `texts`. */
  readonly about: string | null;
  /** Words that came later and that nobody may miss: its first comment. */
  readonly also: string | null;
  readonly urgent: boolean;
};

/** Hand something to the ticket that the conversation is about: as much of it as the ticket lets happen. */
export type Passing = { readonly type: "pass"; readonly asks: readonly Ask[] };

/** Do something to the ticket that is meant, as a press on its card would, and tell what came of it. */
export type Working = {
  readonly type: "work";
  readonly asked: Omit<Asked, "others">;
  /** What to say when it is done; null for the usual words. */
  readonly told: Text | null;
  /** `own`: to the ticket that the conversation is about. */
  readonly on?: "own";
  /** What goes on afterwards, done or not. */
  readonly after?: readonly ConversationEvent[];
};

export type Ask =
  | {
      readonly verb: "comment";
      readonly text: string | null;
      readonly attachments?: readonly Attachment[];
    }
  | { readonly verb: "urge" | "confirm" | "reject" | "reopen" | "escalate" };

export function just(event: ConversationEvent): Response {
  return { events: [event], ticket: null };
}

/** Say one sentence and change nothing. */
export function tell(text: Text): Response {
  return just({ type: "told", text });
}

export function pass(...asks: readonly Ask[]): Response {
  return { events: [], ticket: { type: "pass", asks } };
}

/** Comments of these words, as far as there are any. */
export function comments(...texts: readonly (string | null)[]): readonly Ask[] {
  return texts.flatMap((text) => (text === null ? [] : [{ verb: "comment", text } as const]));
}

/** A person takes over: with the question, what was given of a form, and the words that were said just now. */
export function toPerson(
  conversation: Conversation,
  words: string | null,
  { urgent = false, about = questionOf(conversation) } = {},
): Response {
  const also = words === about ? null : words;
  return {
    events: [],
    ticket: { type: "open", form: conversation.form, complete: false, about, also, urgent },
  };
}

/** What a message says beyond a command. */
export function wordsOf(heard: Heard): string | null {
  return isBare(heard.understood) ? null : heard.text;
}
