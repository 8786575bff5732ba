import type { Catalog } from "../catalog.ts";

/** What stands in the place of what words alone cannot show, and what is said of a message that cannot be read. */
export const message: Catalog = {
  "message.location": "[location] {place}",
  "message.quoted": "{words}\n(quoting: {quoted})",
  "message.edited": "{words} (edited)",
  "say.unreadable":
    "I cannot read this kind of message. Please say it in words, or send a picture or a file.",
};
