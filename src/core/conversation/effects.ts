import type { Policy } from "../config/policy.ts";
import { type Effect, laneOf } from "../effect.ts";
import type { Content } from "../message.ts";
import { literal, type Text, t } from "../text.ts";
import { answerCard, clarifyCard, lostCard, topics } from "./cards.ts";
import type { Conversation, ConversationEvent } from "./conversation.ts";

/** Plan what is said to the party because of these events. `conversation` is the state after them. */
export function conversationEffects(
  events: readonly ConversationEvent[],
  conversation: Conversation,
  policy: Policy,
): readonly Effect[] {
  const effects: Effect[] = events.flatMap((event) => {
    const content = contentOf(event, conversation, policy);
    return content === null ? [] : [say(content, conversation)];
  });
  effects.push({
    type: "timer",
    stream: `conversation:${conversation.id}`,
    dueAt: conversationDue(conversation, policy),
  });
  return effects;
}

/** Say something to the party of a conversation, as an answer to its last message. */
export function say(content: Content<Text>, conversation: Conversation): Effect {
  const { account, to, language, last } = conversation;
  return {
    type: "message",
    lane: laneOf(account, to),
    account,
    to,
    language,
    inReplyTo:
      last === null ? null : { inbox: last.inbox, messageId: last.messageId, thread: last.thread },
    content,
  };
}

/** When a conversation closes, or gives up an answer, if nothing more is said; null once it is closed. */
export function conversationDue(conversation: Conversation, policy: Policy): number | null {
  if (conversation.status === "closed") return null;
  const idleAt = conversation.lastAt + policy.conversation.idleMs;
  return Math.min(idleAt, conversation.prompt?.until ?? Number.POSITIVE_INFINITY);
}

function contentOf(
  event: ConversationEvent,
  conversation: Conversation,
  policy: Policy,
): Content<Text> | null {
  switch (event.type) {
    case "greeted":
    case "helped":
      return words(t(`say.${event.type}`, { name: policy.hub.name, topics: topics(policy) }));
    case "told":
      return words(event.text);
    case "answered":
      return { type: "card", card: answerCard(conversation, event.article, policy) };
    case "deflected":
      return words(t("say.deflected"));
    case "clarified":
      return { type: "card", card: clarifyCard(conversation, event.choices, policy) };
    case "not_understood":
      return { type: "card", card: lostCard(conversation, policy) };
    case "field_asked":
      return words(question(conversation, event.field, event.tries, policy));
    case "form_cancelled":
      return words(t("say.form_cancelled"));
    case "prompt_ended":
      return event.reason === "cancelled" || event.reason === "expired"
        ? words(t(`ask.${event.reason}`))
        : null;
    default:
      return null;
  }
}

function question(conversation: Conversation, name: string, tries: number, policy: Policy): Text {
  const intent = policy.intents.get(conversation.form?.intent ?? "");
  const field = intent?.fields.find((candidate) => candidate.name === name);
  const ask = literal(field?.ask ?? name);
  return tries > 1 ? t(`say.ask_again.${field?.type ?? "text"}`, { ask }) : t("say.ask", { ask });
}

function words(text: Text): Content<Text> {
  return { type: "text", text };
}
