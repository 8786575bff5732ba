import type { Ticket } from "../ticket/ticket.ts";
import type { Conversation, Heard } from "./conversation.ts";
import { comments, pass, type Response, toPerson, wordsOf } from "./response.ts";

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
