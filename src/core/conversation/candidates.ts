import type { Policy } from "../config/policy.ts";
import type { Candidate, Heard, Topic } from "./conversation.ts";
import { begin } from "./form.ts";
import { just, type Response } from "./response.ts";

/** Go where a candidate leads: an article is answered, an intent becomes a form or a ticket. */
export function pursue(candidate: Candidate, topic: Topic | null, policy: Policy): Response {
  if (candidate.kind === "article") return just({ type: "answered", article: candidate.id });
  const intent = policy.intents.get(candidate.id);
  return intent === undefined ? just({ type: "not_understood", count: 1 }) : begin(intent, topic);
}

/** What the message is about, if that is certain enough to act on. */
export function certainOf(heard: Heard, policy: Policy): Candidate | null {
  const [best] = known(heard, policy);
  return best !== undefined && best.score >= policy.understanding.answer ? best : null;
}

/** What the message may be about: at most three that are likely enough to ask back. */
export function likelyOf(heard: Heard, policy: Policy): readonly Candidate[] {
  return known(heard, policy)
    .filter(({ score }) => score >= policy.understanding.clarify)
    .slice(0, 3);
}

/** Candidates that the configuration still has. */
function known(heard: Heard, policy: Policy): readonly Candidate[] {
  return heard.understood.candidates.filter(({ kind, id }) =>
    kind === "intent" ? policy.intents.has(id) : policy.articles.has(id),
  );
}
