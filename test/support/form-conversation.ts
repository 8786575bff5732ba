import { expect } from "vitest";
import type { ConversationEvent, StoreFact } from "../../src/core/conversation/conversation.ts";
import { aHeard, givenConversation, opened } from "./given.ts";

/* A conversation in which a form is being filled in for a ticket of equipment repair. */

export const repair = (store: StoreFact | null = null): ConversationEvent => ({
  type: "intent_set",
  intent: "equipment_repair",
  about: "first",
  store,
});
export const asked = (field: string, tries = 1): ConversationEvent => ({
  type: "field_asked",
  field,
  tries,
});
export const opens = expect.objectContaining({
  type: "ticket_opened",
  number: 8,
}) as ConversationEvent;
export const said = (...events: ConversationEvent[]) =>
  givenConversation([opened(), { type: "heard", heard: aHeard({ text: "first" }) }, ...events]);
