import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "../../src/app/hub.ts";
import type { Control } from "../../src/core/card.ts";
import type { Inbound, InboundAction, InboundMessage } from "../../src/core/message.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { createTestHub, type TestHub } from "./hub.ts";
import { createMoodyChannel, pick, seeded, ticks } from "./moody-channel.ts";
import { createLife, mortalAccount, mortalStore } from "./mortal.ts";
import { createTestClock } from "./test-clock.ts";

const MINUTE = 60_000;
const JUMPS = [500, 3_000, 20_000, 5 * MINUTE, 60 * MINUTE, 26 * 60 * MINUTE];
const TEXTS = ["冰柜坏了", "加盟要多少钱", "人工", "完全听不懂", "快一点", "又坏了", "谢谢"];
const PARTIES: readonly (readonly [account: string, place: InboundMessage["place"], id: string])[] =
  [
    ["fake/a", { chat: "c1", kind: "direct", thread: null }, "clerk1"],
    ["fake/a", { chat: "c2", kind: "direct", thread: null }, "clerk2"],
    ["fake/a", { chat: "g1", kind: "group", thread: "root" }, "clerk3"],
    ["fake/a", { chat: "g1", kind: "group", thread: "root" }, "clerk4"],
    ["fake/b", { chat: "c5", kind: "direct", thread: null }, "clerk5"],
  ];
const OPERATORS = { "fake/a": ["a-li", "a-wang", "a-zhao", "stranger"], "fake/b": ["b-wang"] };

/** `honest` is false for a click that names a card other than the one that it was on. */
type Arrival = { readonly account: string; readonly item: Inbound; readonly honest: boolean };

export type Simulation = Awaited<ReturnType<typeof simulate>>;

/**
 * Let a hub live through `steps` random things: messages, clicks, redeliveries, faults of its vendors, jumps of time,
 * its own death at any moment. Then let all trouble end and everything come to rest.
 */
export async function simulate(seed: number, steps: number) {
  const random = seeded(seed);
  const clock = createTestClock();
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-simulation-"));
  const channels = {
    "fake/a": createMoodyChannel(random),
    "fake/b": createMoodyChannel(random),
  };
  const accounts = Object.entries(channels).map(
    ([id, channel]): Account => ({ id, enabled: true, feeds: ["event"], channel }),
  );
  /** What the vendors have not heard an acknowledgement of: they deliver it again. */
  const unheard = new Set<Arrival>();
  const all: Arrival[] = [];
  let store = openSqliteStore(folder, () => clock.now());
  let deaths = 0;
  let count = 0;
  let life = createLife(lifetime());
  let hub = begin();

  function lifetime(): number {
    return random() < 0.3 ? 1e9 : 1 + Math.floor(random() * 400);
  }

  function begin(): TestHub {
    const mortals = accounts.map((account) => mortalAccount(account, life));
    const present = new Map(mortals.map((account) => [account.id, account]));
    return createTestHub({
      store: mortalStore(store, life),
      clock,
      random,
      setup: { accounts: present },
    });
  }

  async function reborn(): Promise<void> {
    deaths += 1;
    if (random() < 0.5) {
      await store.close();
      store = openSqliteStore(folder, () => clock.now());
    }
    life = createLife(lifetime());
    hub = begin();
  }

  function accountOf(id: string): Account {
    const found = accounts.find((account) => account.id === id);
    if (found === undefined) throw new Error(`no account ${id}`);
    return found;
  }

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

  /** A press on any button of any card that stands anywhere. */
  function aPress(): Arrival | null {
    const account = random() < 0.7 ? "fake/a" : "fake/b";
    const channel = channels[account];
    const standing = [...channel.cards].filter(([, { card }]) => card.controls.length > 0);
    if (standing.length === 0) return null;
    const [cardId, { card }] = pick(standing, random);
    const owner = channel.sent.find(({ id }) => id === cardId)?.to;
    const mine = owner?.kind === "person" && random() < 0.8;
    const named = random() < 0.95 ? cardId : pick(standing, random)[0];
    count += 1;
    const item: InboundAction = {
      type: "action",
      dedupeKey: `k${count}`,
      at: clock.now(),
      operator: { id: mine ? owner.id : pick(OPERATORS[account], random), name: null },
      action: actionOf(pick(card.controls, random)),
      values: { text: "写点什么", to: "li" },
      cardId: named,
      place: null,
      updateToken: null,
    };
    return { account, item, honest: named === cardId };
  }

  async function deliver(arrival: Arrival): Promise<void> {
    unheard.add(arrival);
    const { account, item, honest } = arrival;
    const arrivedAt = clock.now();
    const here = hub;
    const { rows } = await here.receive(accountOf(account), "event", [item]);
    if (item.type === "message") return void unheard.delete(arrival);
    const answer = await here.answer(accountOf(account), item, rows[0] ?? null, arrivedAt);
    unheard.delete(arrival);
    const left = honest && random() < 0.7;
    await ticks(Math.floor(random() * 6));
    const card = answer.outcome === "pending" ? null : answer.outcome.card;
    const stands = channels[account === "fake/a" ? "fake/a" : "fake/b"].cards.get(item.cardId);
    if (left && card !== null && stands !== undefined) stands.card = card;
    await answer.after(left);
  }

  /** All that is due now, or the end of this process, whatever comes first; whoever waits for the time gets some. */
  async function rest(): Promise<void> {
    for (;;) {
      let over = false;
      void hub.settle().then(() => {
        over = true;
      });
      for (let tick = 1; !over && life.alive(); tick += 1) {
        await ticks(1);
        if (tick % 100 === 0) clock.advance(50);
      }
      if (life.alive()) return;
      await reborn();
    }
  }

  function moods(): void {
    for (const channel of Object.values(channels)) channel.trouble = pick([0, 0, 0.3, 0.9], random);
  }

  function next(): Arrival | null {
    const fresh = random() < 0.5 ? aMessage() : aPress();
    return random() < 0.15 && all.length > 0 ? pick(all, random) : fresh;
  }

  async function step(): Promise<void> {
    if (random() < 0.15) moods();
    const arrivals = Array.from({ length: 1 + Math.floor(random() * 3) }, next);
    const fresh = arrivals.flatMap((arrival) => arrival ?? []);
    all.push(...fresh);
    const again = [...unheard].filter(() => random() < 0.3);
    for (const arrival of [...fresh, ...again]) void deliver(arrival);
    if (random() < 0.4) await ticks(Math.floor(random() * 10));
    else await rest();
    if (!life.alive()) await reborn();
    clock.advance(pick(JUMPS, random));
  }

  for (let done = 0; done < steps; done += 1) await step();
  for (const channel of Object.values(channels)) channel.trouble = 0;
  life.end();
  life = createLife(1e9);
  hub = begin();
  for (const arrival of [...unheard]) void deliver(arrival);
  for (let round = 0; round < 15; round += 1) {
    await ticks(5);
    await rest();
    clock.advance(MINUTE);
  }

  return {
    hub,
    store,
    channels,
    deaths,
    messages: new Set(all.flatMap(({ item }) => (item.type === "message" ? [item.dedupeKey] : []))),
    async close(): Promise<void> {
      life.end();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function actionOf(control: Control<string>): string {
  if (control.type === "button") return control.action;
  return control.type === "form" ? control.submit.action : "";
}
