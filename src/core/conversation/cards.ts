import { type Card, type Control, encodeAction } from "../card.ts";
import type { Policy } from "../config/policy.ts";
import { literal, type Text, t } from "../text.ts";
import type { Candidate, Conversation } from "./conversation.ts";

/** An answer from the knowledge, with the three ways on: solved, not solved, a person. */
export function answerCard(
  conversation: Conversation,
  article: string,
  policy: Policy,
): Card<Text> {
  return {
    tone: "info",
    title: literal(policy.articles.get(article)?.question ?? article),
    subtitle: null,
    blocks: [
      { type: "markdown", text: literal(policy.articles.get(article)?.answer ?? "") },
      { type: "note", text: t("card.answer.hint") },
    ],
    controls: [
      button(conversation, "solved", "primary"),
      button(conversation, "unsolved", "default"),
      button(conversation, "human", "default"),
    ],
  };
}

/** 你是不是想问: a choice of at most three, and the way to a person. */
export function clarifyCard(
  conversation: Conversation,
  choices: readonly Candidate[],
  policy: Policy,
): Card<Text> {
  return {
    tone: "neutral",
    title: t("card.clarify.title"),
    subtitle: null,
    blocks: [{ type: "paragraph", text: t("card.clarify.text") }],
    controls: [
      ...choices.map((choice, index) =>
        button(conversation, `choose_${index}`, "default", literal(titleOf(choice, policy))),
      ),
      button(conversation, "human", "default"),
    ],
  };
}

/** Nothing was understood: say what can be done, and offer a person. */
export function lostCard(conversation: Conversation, policy: Policy): Card<Text> {
  return {
    tone: "neutral",
    title: t("card.lost.title"),
    subtitle: null,
    blocks: [{ type: "paragraph", text: t("card.lost.text", { topics: topics(policy) }) }],
    controls: [button(conversation, "human", "primary")],
  };
}

/** A card of the conversation after one of its buttons was pressed: what it said, and what was chosen. */
export function settledCard(card: Card<Text>, verdict: Text): Card<Text> {
  return {
    ...card,
    tone: "neutral",
    blocks: [
      ...card.blocks.filter((block) => block.type !== "note"),
      { type: "note", text: verdict },
    ],
    controls: [],
  };
}

/** The first few things that this desk can help with, in the words of its policy. */
export function topics(policy: Policy): string {
  const titles = [...policy.intents.values()].map((intent) => intent.title);
  return titles.slice(0, 6).join(policy.hub.locale === "zh-CN" ? "、" : ", ");
}

export function titleOf(candidate: Candidate, policy: Policy): string {
  return candidate.kind === "intent"
    ? (policy.intents.get(candidate.id)?.title ?? candidate.id)
    : (policy.articles.get(candidate.id)?.question ?? candidate.id);
}

function button(
  conversation: Conversation,
  verb: string,
  style: "default" | "primary",
  label: Text = t(`button.${verb}`),
): Control<Text> {
  const action = encodeAction({
    verb,
    subject: `conversation:${conversation.id}`,
    version: conversation.version,
  });
  return { type: "button", label, style, action, confirm: null };
}
