import type { Catalog } from "../catalog.ts";

/** What is said of a message that a tool does not deliver, and of words that it refuses to show. */
export const undelivered: Catalog = {
  "words.hidden": "(the tool does not let us show this here)",
  "card.undelivered": "Never reached the customer: {text}\nWhy: {why}",
  "card.undelivered_notice": "A notice never reached the customer. Why: {why}",
  "tell.undelivered":
    "Ticket #{number}: a message never reached the customer: {why}. The ticket's card shows it.",
  "undelivered.sensitive": "the tool refuses these words as sensitive; say it differently",
  "undelivered.content": "the tool refuses the message, or the customer takes none from this app",
  "undelivered.window-closed": "the time to write to the customer is over; they must write first",
  "undelivered.config": "the app lacks a setting or a right; ask an administrator",
  "undelivered.nobody": "the customer is not in the tool any more",
  "undelivered.gave-up": "the tool did not take it for a long time, and it is not tried again",
};
