import { WEB_CARD } from "../../src/channels/web/card-abilities.ts";
import type { Card } from "../../src/core/card.ts";
import type { InboundAction, InboundMessage, Outbound } from "../../src/core/message.ts";
import type { Capabilities, Channel, Delivery } from "../../src/ports/channel.ts";

export type Shown = { readonly id: string; card: Card<string>; updates: number };

/** A channel that keeps what it is told: no wire, no proof. Faults are given as a list of deliveries to answer with. */
export type FakeChannel = { -readonly [key in keyof Channel]: Channel[key] } & {
  readonly sent: Outbound<string>[];
  /** Cards as they stand now, by remote id. */
  readonly cards: Map<string, Shown>;
  /** What the next sends and updates come to, instead of success. `lost` does the deed and says "unknown". */
  readonly faults: (Exclude<Delivery, { type: "sent" }> | "lost")[];
};

export function createFakeChannel(can: Partial<Capabilities> = {}): FakeChannel {
  const sent: Outbound<string>[] = [];
  const cards = new Map<string, Shown>();
  const faults: FakeChannel["faults"] = [];
  return {
    sent,
    cards,
    faults,
    can: {
      card: WEB_CARD,
      idempotentSend: true,
      answerWithinMs: 2_000,
      pacing: [],
      ...can,
    },
    async receive() {
      return { type: "refused", reason: "malformed", detail: "the fake channel is fed directly" };
    },
    async send(message) {
      const fault = faults.shift();
      if (fault !== undefined && fault !== "lost") return fault;
      const again = sent.some(({ id }) => id === message.id);
      if (!again) {
        sent.push(message);
        if (message.content.type === "card")
          cards.set(message.id, { id: message.id, card: message.content.card, updates: 0 });
      }
      return fault === "lost"
        ? { type: "unknown", reason: "timeout" }
        : { type: "sent", remoteId: message.id, updateTokens: [] };
    },
    async update(surface, card) {
      const fault = faults.shift();
      if (fault !== undefined && fault !== "lost") return fault;
      const shown = cards.get(surface.remoteId);
      if (shown === undefined)
        return { type: "failed", class: "content", afterMs: null, reason: "no such card" };
      shown.card = card;
      shown.updates += 1;
      return fault === "lost"
        ? { type: "unknown", reason: "timeout" }
        : { type: "sent", remoteId: surface.remoteId, updateTokens: [] };
    },
  };
}

let counter = 0;

export function aMessage(text: string, over: Partial<InboundMessage> = {}): InboundMessage {
  counter += 1;
  return {
    type: "message",
    dedupeKey: `message-${counter}`,
    at: 1_700_000_000_000,
    messageId: `om_${counter}`,
    sender: { id: "clerk", name: "店员" },
    place: { chat: "chat-clerk", kind: "direct", thread: null },
    addressed: true,
    quotes: null,
    parts: [{ type: "text", text }],
    handle: null,
    ...over,
  };
}

export function aClick(
  operator: string,
  cardId: string,
  action: string,
  over: Partial<InboundAction> = {},
): InboundAction {
  counter += 1;
  return {
    type: "action",
    dedupeKey: `click-${counter}`,
    at: 1_700_000_000_000,
    operator: { id: operator, name: null },
    action,
    values: {},
    cardId,
    place: null,
    updateToken: null,
    ...over,
  };
}

/** The encoded action behind the button with this label. */
export function buttonOf(card: Card<string>, label: string): string {
  for (const control of card.controls) {
    if (control.type === "button" && control.label === label) return control.action;
    if (control.type === "form" && control.submit.label === label) return control.submit.action;
  }
  const labels = card.controls.map((control) =>
    control.type === "form" ? control.submit.label : control.label,
  );
  throw new Error(`The card has no button "${label}", only ${labels.join(", ")}.`);
}
