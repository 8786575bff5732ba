import type { Catalog } from "./catalog.ts";
import { act } from "./zh-cn/act.ts";
import { attachment } from "./zh-cn/attachment.ts";
import { card } from "./zh-cn/card.ts";
import { conversation } from "./zh-cn/conversation.ts";
import { message } from "./zh-cn/message.ts";
import { refusal } from "./zh-cn/refusal.ts";
import { remind } from "./zh-cn/remind.ts";
import { ticket } from "./zh-cn/ticket.ts";
import { typed } from "./zh-cn/typed.ts";
import { undelivered } from "./zh-cn/undelivered.ts";

export const zhCN: Catalog = {
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
