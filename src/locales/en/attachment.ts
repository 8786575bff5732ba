import type { Catalog } from "../catalog.ts";

export const attachment: Catalog = {
  "attachment.image": "[image]",
  "attachment.file": "[file]",
  "attachment.audio": "[voice message]",
  "attachment.video": "[video]",
  "attachment.sticker": "[sticker]",
  "attachment.instead": "Attachment {name}: {url}",
  "attachment.missing": "The attachment {name} could not be fetched.",
  "attachment.refused":
    "The attachment {name} is too large or of a type that is not taken, so it was not kept.",
  "file.unknown": "There is no such file. Please check that the link is complete.",
  "file.expired": "This link has expired. Open a new one from the ticket's card.",
  "file.gone": "This file was not kept, or was recalled.",
  "file.pending": "This file is still being fetched. Please try again in a moment.",
};
