import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClickAnswer } from "../../src/app/answer-click.ts";
import type { Account } from "../../src/app/hub.ts";
import type { Card } from "../../src/core/card.ts";
import type { Policy } from "../../src/core/config/policy.ts";
import type { InboundAction, InboundMessage } from "../../src/core/message.ts";
import type { Ticket } from "../../src/core/ticket/ticket.ts";
import type { Capabilities, Delivery } from "../../src/ports/channel.ts";
import type { Store } from "../../src/ports/store.ts";
import type { Understander } from "../../src/ports/understander.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import {
  aClick,
  aMessage,
  buttonOf,
  createFakeChannel,
  type FakeChannel,
  type Shown,
} from "./fake-channel.ts";
import { createGate, type Gate } from "./gate.ts";
import { createTestHub, type TestHub } from "./hub.ts";
import { outOfStep } from "./in-step.ts";
import { createTestClock } from "./test-clock.ts";

type Begin = {
  readonly policy?: Policy;
  readonly accounts?: readonly string[];
  readonly understander?: Understander;
  readonly random?: () => number;
  /** Put something between the hub and its store. */
  readonly through?: (store: Store) => Store;
};

export type Stage = ReturnType<typeof createStage>;

/** A desk whose vendors, clock and data outlive its hub: hubs may die, and come again with another configuration. */
export function createStage(can: Partial<Capabilities> = {}, first: Begin = {}) {
  const clock = createTestClock();
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-stage-"));
  const a = createFakeChannel(can);
  const b = createFakeChannel(can);
  const channels = { "fake/a": a, "fake/b": b };
  const accounts = new Map(
    Object.entries(channels).map(([id, channel]): [string, Account] => [
      id,
      { id, enabled: true, feeds: ["event"], channel },
    ]),
  );
  let store = openSqliteStore(folder, () => clock.now());
  let hub = begin(first);

  function begin({ policy, understander, random, through, accounts: there }: Begin): TestHub {
    const present = [...accounts].filter(([id]) => there === undefined || there.includes(id));
    return createTestHub({
      store: through === undefined ? store : through(store),
      clock,
      ...(policy === undefined ? {} : { policy }),
      ...(random === undefined ? {} : { random }),
      setup: {
        accounts: new Map(present),
        ...(understander === undefined ? {} : { understander }),
      },
    });
  }

  function account(id: string): Account {
    const found = accounts.get(id);
    if (found === undefined) throw new Error(`The stage has no account ${id}.`);
    return found;
  }

  function standing(cardId: string): Shown {
    const shown = a.cards.get(cardId) ?? b.cards.get(cardId);
    if (shown === undefined) throw new Error(`No vendor has the card ${cardId}.`);
    return shown;
  }

  /** A click arrives; resolves with what is answered, and nothing has left yet. */
  async function tap(click: InboundAction): Promise<ClickAnswer> {
    const from = account(a.cards.has(click.cardId) ? "fake/a" : "fake/b");
    const { rows } = await hub.receive(from, "event", [click]);
    return hub.answer(from, click, rows[0] ?? null, clock.now());
  }

  /** The answer's card stands at the vendor now. */
  function land(cardId: string, { outcome }: ClickAnswer): void {
    if (outcome !== "pending" && outcome.card !== null) standing(cardId).card = outcome.card;
  }

  return {
    clock,
    a,
    b,
    channels,
    account,
    get hub() {
      return hub;
    },
    get store() {
      return store;
    },
    /** The hub dies as it is, and another one begins on the same open database: its holds are still there. */
    restart(options: Begin = {}): void {
      hub = begin(options);
    },
    /** The process dies, and another one opens the folder. */
    async reopen(options: Begin = {}): Promise<void> {
      await store.close();
      store = openSqliteStore(folder, () => clock.now());
      hub = begin(options);
    },
    async say(text: string, over: Partial<InboundMessage> = {}, from = "fake/a"): Promise<string> {
      const { rows } = await hub.receive(account(from), "event", [aMessage(text, over)]);
      return rows[0] ?? "";
    },
    tap,
    land,
    /** A click on the button with this label, as the card stands now. */
    clickOn(by: string, cardId: string, label: string, over: Partial<InboundAction> = {}) {
      return aClick(by, cardId, buttonOf(standing(cardId).card, label), over);
    },
    /** A click, its answer as the vendor shows it, and all that follows. */
    async press(by: string, cardId: string, label: string, over: Partial<InboundAction> = {}) {
      const answer = await tap(this.clickOn(by, cardId, label, over));
      land(cardId, answer);
      await answer.after(true);
      await hub.settle();
      return answer.outcome;
    },
    card: (cardId: string): Card<string> => standing(cardId).card,
    updates: (cardId: string): number => standing(cardId).updates,
    /** Ids of the cards that were sent to somebody, oldest first. */
    cardsTo(to: string): string[] {
      return [...a.sent, ...b.sent].flatMap((message) =>
        message.to.id === to && message.content.type === "card" ? [message.id] : [],
      );
    },
    wordsTo(to: string): string[] {
      return [...a.sent, ...b.sent].flatMap(({ to: target, content }) =>
        target.id === to && content.type === "text" ? [content.text] : [],
      );
    },
    async tickets(): Promise<Ticket[]> {
      const rows = await store.page("tickets", 0, 100);
      return rows.map(({ values }) => JSON.parse(String(values.state)) as Ticket);
    },
    async rows(table: Parameters<Store["page"]>[0]) {
      return (await store.page(table, 0, 2_000)).map(({ values }) => values);
    },
    /** Let time pass, and do what comes due, every `stepMs`. */
    async pass(ms: number, stepMs = 10_000): Promise<void> {
      await hub.settle();
      for (let gone = 0; gone < ms; gone += stepMs) {
        clock.advance(Math.min(stepMs, ms - gone));
        await hub.settle();
      }
    },
    outOfStep: () => outOfStep(hub.hub, channels),
    async close(): Promise<void> {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A ticket with its cards at the team, a member and the requester. */
export async function withTicket(stage: Stage) {
  await stage.say("冰柜坏了");
  await stage.hub.settle();
  const [team = "", member = "", requester = ""] = ["oc_repair", "b-wang", "clerk"].map(
    (to) => stage.cardsTo(to).at(-1) ?? "",
  );
  return { team, member, requester };
}

/** From now on the vendor answers everything with `fault`. Returns the way back. */
export function outage(channel: FakeChannel, fault: Exclude<Delivery, { type: "sent" }>) {
  const { send, update } = channel;
  channel.send = channel.update = async () => fault;
  return () => {
    channel.send = send;
    channel.update = update;
  };
}

export const BAD_GATEWAY = {
  type: "failed",
  class: "transient",
  afterMs: null,
  reason: "502",
} as const;

/** The vendor's answer to the next sending does not come before the gate opens; the deed is done before or after that. */
export function delaySend(channel: FakeChannel, deed: "before" | "after"): Gate {
  const gate = createGate();
  const { send } = channel;
  channel.send = (message) => {
    channel.send = send;
    return held(gate, deed, () => send(message));
  };
  return gate;
}

/** The same with the next update of one card. */
export function delayUpdate(channel: FakeChannel, cardId: string, deed: "before" | "after"): Gate {
  const gate = createGate();
  const { update } = channel;
  channel.update = (surface, card) => {
    if (surface.remoteId !== cardId) return update(surface, card);
    channel.update = update;
    return held(gate, deed, () => update(surface, card));
  };
  return gate;
}

async function held(
  gate: Gate,
  deed: "before" | "after",
  act: () => Promise<Delivery>,
): Promise<Delivery> {
  if (deed === "after") {
    await gate.pass();
    return act();
  }
  const delivery = await act();
  await gate.pass();
  return delivery;
}

/** Let everything that needs no time go on. */
export async function turns(count = 200): Promise<void> {
  for (let turn = 0; turn < count; turn += 1)
    await new Promise<void>((resolve) => setImmediate(resolve));
}
