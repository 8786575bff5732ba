import type { Catalog } from "../catalog.ts";

/** What the page of a card's link says. */
export const act: Catalog = {
  "act.who": "Who are you?",
  "act.who.hint":
    "Please choose truly: the ticket will name this person, and say that it came by a link.",
  "act.choose": "Please choose",
  "act.optional": " (optional)",
  "act.as": "This will be done as {name}.",
  "act.missing": "Please fill in: {names}",
  "act.done": "Done",
  "act.not_done": "Not done",
  "act.pending": "Under way",
  "act.pending.hint": "It was received. This page follows by itself.",
  "act.used": "This link was used already",
  "act.used.by": "{name} used this link.",
  "act.result": "What came of it: {text}",
  "act.refused": "This cannot be done now",
  "act.expired": "This link has expired",
  "act.expired.hint": "A link is good for three days. Use a newer card of the group.",
  "act.unknown": "There is no such link",
  "act.unknown.hint": "Please check that the link is complete.",
  "act.busy": "The desk is too busy just now. Please try again in a moment.",
  "act.once": "This link works once.",
  "act.and": ", ",
  "act.close": "You can close this page.",
};
