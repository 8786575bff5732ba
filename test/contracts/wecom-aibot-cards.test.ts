import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardOf, clickedCard, wordsCard } from "../../src/bots/wecom/aibot/card.ts";
import { checkBotCard } from "../../src/simulator/wecom/aibot/card-rules.ts";
import { anyCard, anyWords } from "../support/arbitrary-card.ts";
import { socketConfig } from "./wecom-aibot-account.ts";

const id = "m0000000000000000001";
const asWritten = (card: unknown) => JSON.parse(JSON.stringify(card));

describe("an AI bot's card", () => {
  it("is one that WeCom takes, whatever is to stand on it", () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const sent = asWritten(cardOf(socketConfig, id, card));
        expect(() => checkBotCard(sent, "send")).not.toThrow();
        expect(sent.task_id).toBe(id);
      }),
    );
  });

  it("is one that WeCom takes after a click, however that ended", () => {
    fc.assert(
      fc.property(anyCard, anyWords, (card, text) => {
        const tone = "info";
        const changed = clickedCard(socketConfig, id, { tone, text, card });
        expect(() => checkBotCard(asWritten(changed), "update")).not.toThrow();
      }),
    );
    const pending = clickedCard(socketConfig, id, "pending");
    expect(() => checkBotCard(asWritten(pending), "update")).not.toThrow();
    expect(clickedCard(socketConfig, id, { tone: "info", text: "好", card: null })).toBeNull();
  });

  it("may hold words alone, short ones and long ones", () => {
    for (const words of ["已转给维修组", "字".repeat(300)]) {
      const card = asWritten(wordsCard(socketConfig, id, words));
      expect(() => checkBotCard(card, "update")).not.toThrow();
    }
  });
});
