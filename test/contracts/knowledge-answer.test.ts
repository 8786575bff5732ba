import { expect, it } from "vitest";
import { renderActionCard } from "../../src/bots/dingtalk/action-card.ts";
import { DINGTALK_ACTION_CARD, DINGTALK_CARD } from "../../src/bots/dingtalk/card-abilities.ts";
import { renderCard as drawDingtalk } from "../../src/bots/dingtalk/render.ts";
import { FEISHU_CARD } from "../../src/bots/feishu/card-abilities.ts";
import { cardContent as drawFeishu } from "../../src/bots/feishu/render.ts";
import { WECOM_AIBOT_CARD, WECOM_CARD } from "../../src/bots/wecom/card-abilities.ts";
import { renderCard as drawWecom } from "../../src/bots/wecom/render.ts";
import type { Card } from "../../src/core/card.ts";
import { type CardAbilities, PLAIN_TEXT } from "../../src/core/card-abilities.ts";
import { cardText } from "../../src/core/card-text.ts";
import { answerCard } from "../../src/core/conversation/cards.ts";
import { fitCard } from "../../src/core/fit-card.ts";
import { catalogs } from "../../src/locales/catalogs.ts";
import { foldConversation, opened } from "../support/given.ts";
import { aPolicy } from "../support/policy.ts";

const ANSWER = "请**先断电**，再看[手册](https://kb.example/1)";
const PLAIN = "请先断电，再看手册 (https://kb.example/1)";

/** The card of an answer of the knowledge base, in words. */
function answered(): Card<string> {
  const policy = aPolicy();
  const hours = policy.articles.get("hours");
  if (hours === undefined) throw new Error("the policy has no such article");
  const articles = new Map([["hours", { ...hours, answer: ANSWER }]]);
  const { title, blocks } = answerCard(foldConversation([opened()]), "hours", {
    ...policy,
    articles,
  });
  const say = catalogs("zh-CN", new Map());
  return {
    tone: "info",
    title: say(title),
    subtitle: null,
    blocks: blocks.flatMap((block) =>
      block.type === "markdown" ? [{ ...block, text: say(block.text) }] : [],
    ),
    controls: [],
  };
}

const wecom = (card: Card<string>) =>
  drawWecom(card, { cardUrl: "https://desk.example", remark: null });

it.each<[string, CardAbilities, (card: Card<string>) => unknown, string]>([
  ["Feishu", FEISHU_CARD, drawFeishu, "请**先断电**，再看[手册](https://kb.example/1)"],
  [
    "DingTalk",
    DINGTALK_CARD,
    (card) => drawDingtalk(card, null),
    "请**先断电**，再看[手册](https://kb.example/1)",
  ],
  [
    "a DingTalk ActionCard",
    DINGTALK_ACTION_CARD,
    renderActionCard,
    "请**先断电**，再看[手册](https://kb.example/1)",
  ],
  ["a WeCom app", WECOM_CARD, wecom, PLAIN],
  ["a WeCom AI bot", WECOM_AIBOT_CARD, wecom, PLAIN],
  ["a surface of plain text", PLAIN_TEXT, (card) => cardText(card), PLAIN],
])("an answer shows the marks that %s has, and reads well without", (_name, can, draw, words) => {
  expect(JSON.stringify(draw(fitCard(answered(), can)))).toContain(words);
});
