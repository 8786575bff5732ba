import { afterEach, beforeEach, expect, it } from "vitest";
import { createStage, type Stage, withTicket } from "../../test/support/stage.ts";
import type { Delivery } from "../ports/channel.ts";

const PHONE = "13800000000";
const HIDDEN = "平台不允许";
const REFUSED: Delivery = {
  type: "failed",
  class: "content",
  afterMs: null,
  reason: "230028",
  sensitive: true,
};

let stage: Stage;
beforeEach(() => {
  stage = createStage();
  // A tool with data loss prevention: no telephone number passes.
  const { send, update } = stage.a;
  stage.a.send = async (message) =>
    JSON.stringify(message.content).includes(PHONE) ? REFUSED : send(message);
  stage.a.update = async (surface, card) =>
    JSON.stringify(card).includes(PHONE) ? REFUSED : update(surface, card);
});
afterEach(() => stage.close());

const blocksOf = (card: string): string => JSON.stringify(stage.a.cards.get(card)?.card.blocks);
const adds = () => stage.say(`我的电话 ${PHONE}`);

it("a ticket whose words a tool refuses has its card there, without them and with all its buttons", async () => {
  await stage.say(`冰柜坏了，电话 ${PHONE}`);
  await stage.hub.settle();
  const [card = ""] = stage.cardsTo("oc_repair");
  expect(blocksOf(card)).toContain(HIDDEN);
  expect(stage.a.cards.get(card)?.card.controls.length).toBeGreaterThan(0);
  expect(await stage.store.deadLetters(10)).toEqual([]);
});

it("a card follows its ticket although somebody has written there what the tool refuses", async () => {
  const { team } = await withTicket(stage);
  await adds();
  await stage.hub.settle();
  expect(blocksOf(team)).toContain(HIDDEN);
  await stage.press("a-li", team, "接单");
  expect(stage.a.cards.get(team)?.card.subtitle).toContain("处理中");
  expect(await stage.store.deadLetters(10)).toEqual([]);
});

it("staff hear that there is something that they may not read here", async () => {
  const { team } = await withTicket(stage);
  await stage.press("a-li", team, "接单");
  await adds();
  await stage.hub.settle();
  const told = [...stage.wordsTo("oc_repair"), ...stage.wordsTo("a-li")].join("\n");
  expect(told).toContain(HIDDEN);
  expect(told).not.toContain(PHONE);
});
