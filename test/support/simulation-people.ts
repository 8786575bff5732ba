import type { Control } from "../../src/core/card.ts";
import type {
  Inbound,
  InboundAction,
  InboundMessage,
  UpdateToken,
} from "../../src/core/message.ts";
import type { FakeChannel } from "./fake-channel.ts";
import { pick, type Random } from "./moody-channel.ts";
import type { TestClock } from "./test-clock.ts";

const TEXTS = ["冰柜坏了", "加盟要多少钱", "人工", "完全听不懂", "快一点", "又坏了", "谢谢"];
const PARTIES: readonly (readonly [
  account: AccountId,
  place: InboundMessage["place"],
  id: string,
])[] = [
  ["fake/a", { chat: "c1", kind: "direct", thread: null }, "clerk1"],
  ["fake/a", { chat: "c2", kind: "direct", thread: null }, "clerk2"],
  ["fake/a", { chat: "g1", kind: "group", thread: "root" }, "clerk3"],
  ["fake/a", { chat: "g1", kind: "group", thread: "root" }, "clerk4"],
  ["fake/b", { chat: "c5", kind: "direct", thread: null }, "clerk5"],
];
const OPERATORS = {
  "fake/a": ["a-li", "a-wang", "a-zhao", "stranger"],
  "fake/b": ["b-wang", "b-bo"],
};
const RECEIVERS = ["li", "bo", "team:parts", "team:repair"];

export type AccountId = "fake/a" | "fake/b";

/** `honest` is false for a click that names a card other than the one that it was on. */
export type Arrival = {
  readonly account: AccountId;
  readonly item: Extract<Inbound, { type: "message" | "action" }>;
  readonly honest: boolean;
};

export type PressedAt = FakeChannel & {
  /** What a click there brings to change its card with, where the tool asks for that. */
  code?(): UpdateToken;
};

/** Those who write and press anything, anywhere. */
export function createPeople(
  random: Random,
  clock: TestClock,
  channels: Readonly<Record<AccountId, PressedAt>>,
) {
  let count = 0;

  function aMessage(): Arrival {
    const [account, place, id] = pick(PARTIES, random);
    count += 1;
    const item: InboundMessage = {
      type: "message",
      dedupeKey: `m${count}`,
      at: clock.now(),
      messageId: `om_${count}`,
      sender: { id, name: random() < 0.5 ? id : null },
      place,
      addressed: true,
      quotes: null,
      parts: [{ type: "text", text: pick(TEXTS, random) }],
      handle: null,
    };
    return { account, item, honest: true };
  }

  /** All that any form asks for. */
  function filledIn(): Record<string, string> {
    return {
      text: "写点什么",
      to: pick(RECEIVERS, random),
      number: String(1 + Math.floor(random() * 4)),
      kind: pick(["blocks", "follows"], random),
      waiting: pick(["customer", "external"], random),
      priority: pick(["low", "urgent"], random),
      field: "title",
    };
  }

  /** A press on any button of any card that stands anywhere; null while there is none. */
  function aPress(): Arrival | null {
    const account = random() < 0.7 ? "fake/a" : "fake/b";
    const channel = channels[account];
    const standing = [...channel.cards].filter(([, { card }]) => card.controls.length > 0);
    if (standing.length === 0) return null;
    const [cardId, { card, id }] = pick(standing, random);
    const owner = channel.sent.find((message) => message.id === id)?.to;
    const mine = owner?.kind === "person" && random() < 0.8;
    const named = random() < 0.95 ? cardId : pick(standing, random)[0];
    count += 1;
    const item: InboundAction = {
      type: "action",
      dedupeKey: `k${count}`,
      at: clock.now(),
      operator: { id: mine ? owner.id : pick(OPERATORS[account], random), name: null },
      action: actionOf(pick(card.controls, random)),
      values: filledIn(),
      cardId: named,
      place: null,
      updateToken: channel.code?.() ?? null,
    };
    return { account, item, honest: named === cardId };
  }

  return { aMessage, aPress };
}

function actionOf(control: Control<string>): string {
  if (control.type === "button") return control.action;
  return control.type === "form" ? control.submit.action : "";
}
