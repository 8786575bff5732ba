import type { Catalog } from "./catalog.ts";
import { act } from "./en/act.ts";
import { attachment } from "./en/attachment.ts";
import { card } from "./en/card.ts";
import { conversation } from "./en/conversation.ts";
import { message } from "./en/message.ts";
import { refusal } from "./en/refusal.ts";
import { remind } from "./en/remind.ts";
import { ticket } from "./en/ticket.ts";
import { typed } from "./en/typed.ts";
import { undelivered } from "./en/undelivered.ts";

export const en: Catalog = {
  ...act,
  ...attachment,
  ...card,
  ...conversation,
  ...message,
  ...refusal,
  ...remind,
  ...ticket,
  ...typed,
  ...undelivered,
};
