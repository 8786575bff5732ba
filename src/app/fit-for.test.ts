import { expect, it } from "vitest";
import { createFakeChannel } from "../../test/support/fake-channel.ts";
import { WECOM_CARD } from "../bots/wecom/card-abilities.ts";
import type { Card, Control } from "../core/card.ts";
import type { Text } from "../core/text.ts";
import { fitFor } from "./fit-for.ts";

const say = (text: Text): string =>
  "key" in text ? `${text.key} ${Object.values(text.params ?? {}).join(" ")}`.trim() : "";

function cardWith(verbs: readonly string[]): Card<string> {
  const controls = verbs.map((verb): Control<string> => {
    const action = `${verb}|1|ticket:t1`;
    return { type: "button", label: verb, style: "default", action, confirm: null };
  });
  return { tone: "info", title: "#12", subtitle: null, blocks: [], controls };
}

const VERBS = [
  "claim",
  "resolve",
  "return",
  "escalate",
  "cancel",
  "urge",
  "watch",
  "close",
  "comment",
];

it("names the commands for what a tool has no room for, with the ticket's number", () => {
  const channel = createFakeChannel({ card: WECOM_CARD });
  const account = { id: "wecom/desk", enabled: true, feeds: [], channel };
  const card = cardWith([...VERBS, "ask_note", "set_priority"]);
  const fitted = fitFor(account, card, { say, language: "zh-CN", ticket: 12 });
  expect(fitted.controls).toHaveLength(9);
  expect(fitted.blocks).toEqual([{ type: "note", text: "card.fit.dropped /备注 12 · /设置 12" }]);
});

it("makes numbers of the buttons where there is no account any more", () => {
  const fitted = fitFor(undefined, cardWith(["claim"]), { say, language: "en", ticket: 12 });
  expect(fitted.controls).toEqual([
    { type: "reply", number: 1, label: "card.fit.reply 1 claim", action: "claim|1|ticket:t1" },
  ]);
});
