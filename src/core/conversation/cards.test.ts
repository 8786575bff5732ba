import { describe, expect, it } from "vitest";
import { expectPressable } from "../../../test/support/card-rules.ts";
import { article, foldConversation, intent, opened } from "../../../test/support/given.ts";
import { aPolicy } from "../../../test/support/policy.ts";
import type { Card } from "../card.ts";
import { t } from "../text.ts";
import { answerCard, clarifyCard, lostCard, settledCard, titleOf, topics } from "./cards.ts";

const conversation = foldConversation([opened()]);
const policy = aPolicy();

function actions(card: Card<unknown>): string[] {
  return card.controls.flatMap((control) => (control.type === "button" ? [control.action] : []));
}

describe("the card of an answer", () => {
  it("shows question and answer, and the three ways on", () => {
    const card = answerCard(conversation, "hours", policy);
    expect(card.title).toEqual({ literal: "几点开门" });
    expect(card.blocks).toEqual([
      { type: "markdown", text: { literal: "早上九点。" } },
      { type: "note", text: { key: "card.answer.hint" } },
    ]);
    expect(actions(card)).toEqual([
      "solved|1|conversation:k1.1",
      "unsolved|1|conversation:k1.1",
      "human|1|conversation:k1.1",
    ]);
  });

  it("of an article that was removed shows its id rather than nothing", () => {
    expect(answerCard(conversation, "gone", policy).title).toEqual({ literal: "gone" });
  });
});

describe("the menu", () => {
  const choices = [intent("equipment_repair"), article("hours"), intent("gone")];

  it("names each choice, and offers a person last", () => {
    const card = clarifyCard(conversation, choices, policy);
    const labels = card.controls.map((control) =>
      control.type === "button" ? control.label : null,
    );
    expect(labels).toEqual([
      { literal: "设备报修" },
      { literal: "几点开门" },
      { literal: "gone" },
      { key: "button.human" },
    ]);
    expect(actions(card).map((action) => action.split("|")[0])).toEqual([
      "choose_0",
      "choose_1",
      "choose_2",
      "human",
    ]);
  });

  it("takes titles from intents and questions from articles", () => {
    expect(choices.map((choice) => titleOf(choice, policy))).toEqual([
      "设备报修",
      "几点开门",
      "gone",
    ]);
  });
});

it("says what the desk can do when nothing was understood", () => {
  const card = lostCard(conversation, policy);
  expect(card.blocks).toEqual([
    { type: "paragraph", text: { key: "card.lost.text", params: { topics: "设备报修、订货" } } },
  ]);
  expect(actions(card)).toEqual(["human|1|conversation:k1.1"]);
});

it("names six topics at most, with the commas of the desk's language", () => {
  const many = new Map(
    Array.from(
      { length: 8 },
      (_, i) =>
        [`i${i}`, { ...policy.intents.get("stock_order"), id: `i${i}`, title: `T${i}` }] as const,
    ),
  );
  const hub = { ...policy.hub, locale: "en" as const };
  expect(topics(aPolicy({ hub, intents: many as unknown as typeof policy.intents }))).toBe(
    "T0, T1, T2, T3, T4, T5",
  );
});

it("settled, keeps what it said but for the hint, and nothing is left to press", () => {
  const settled = settledCard(answerCard(conversation, "hours", policy), t("settled.solved"));
  expect(settled).toEqual({
    tone: "neutral",
    title: { literal: "几点开门" },
    subtitle: null,
    blocks: [
      { type: "markdown", text: { literal: "早上九点。" } },
      { type: "note", text: { key: "settled.solved" } },
    ],
    controls: [],
  });
});

it("has no two buttons alike on any card", () => {
  const choices = [intent("equipment_repair"), article("hours"), article("refund")];
  for (const card of [
    answerCard(conversation, "hours", policy),
    clarifyCard(conversation, choices, policy),
    lostCard(conversation, policy),
  ])
    expectPressable(card);
});
