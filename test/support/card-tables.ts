import {
  DINGTALK_ACTION_CARD,
  DINGTALK_CARD,
  DINGTALK_WEBHOOK_CARD,
} from "../../src/bots/dingtalk/card-abilities.ts";
import { FEISHU_CARD, FEISHU_WEBHOOK_CARD } from "../../src/bots/feishu/card-abilities.ts";
import {
  WECOM_AIBOT_CARD,
  WECOM_CARD,
  WECOM_WEBHOOK_CARD,
} from "../../src/bots/wecom/card-abilities.ts";
import { WEB_CARD } from "../../src/channels/web/card-abilities.ts";
import { type CardAbilities, PLAIN_TEXT } from "../../src/core/card-abilities.ts";

/** What every surface can do with a card, by the name that the docs give it. */
export const CARD_TABLES: readonly { readonly name: string; readonly can: CardAbilities }[] = [
  { name: "Feishu", can: FEISHU_CARD },
  { name: "DingTalk", can: DINGTALK_CARD },
  { name: "WeCom app", can: WECOM_CARD },
  { name: "WeCom AI bot", can: WECOM_AIBOT_CARD },
  { name: "Web chat", can: WEB_CARD },
  { name: "Feishu group webhook", can: FEISHU_WEBHOOK_CARD },
  { name: "DingTalk group webhook", can: DINGTALK_WEBHOOK_CARD },
  { name: "DingTalk ActionCard", can: DINGTALK_ACTION_CARD },
  { name: "WeCom group webhook", can: WECOM_WEBHOOK_CARD },
  { name: "Plain text", can: PLAIN_TEXT },
];
