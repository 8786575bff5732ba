import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Account } from "../../src/app/hub.ts";
import { WEB_CARD } from "../../src/channels/web/card-abilities.ts";
import { openSqliteStore } from "../../src/store/open-sqlite.ts";
import { createFakeChannel } from "./fake-channel.ts";
import { createTestHub, type TestHub } from "./hub.ts";
import {
  createMoodyChannel,
  type MoodyChannel,
  pick,
  type Random,
  seeded,
  ticks,
} from "./moody-channel.ts";
import { createLife, mortalAccount, mortalStore } from "./mortal.ts";
import { type AccountId, type Arrival, createPeople, type PressedAt } from "./simulation-people.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";
import { twoTeams } from "./two-teams.ts";

const MINUTE = 60_000;
const JUMPS = [500, 3_000, 20_000, 5 * MINUTE, 60 * MINUTE, 26 * 60 * MINUTE];
/** Room for every form, so that all that a team can do is done. */
export const ROOMY = { ...WEB_CARD, forms: { ...WEB_CARD.forms, most: 20 } };

type Vendor = MoodyChannel & { readonly refused?: ReadonlySet<string> } & PressedAt & {
    readonly complaints?: readonly string[];
    newLife?(): void;
  };

/** What kind of life it is. */
export type Course = {
  readonly steps: number;
  /** How likely vendors' calls go wrong; one is picked now and then. */
  readonly troubles: readonly number[];
  /** How likely a vendor's push comes late, hours or days after it happened. */
  readonly late: number;
  vendors(random: Random, clock: TestClock): Readonly<Record<AccountId, Vendor>>;
  /** How much a process does to the outside before it dies. */
  lifetime(random: Random): number;
  /** How much happens at once. */
  arrivals(random: Random): number;
  /** How time goes on after a step: in these hops, ms, with all that comes due after each. */
  hops(random: Random, now: number): readonly number[];
};

export const SHORT: Course = {
  steps: 12,
  troubles: [0, 0, 0.3, 0.9],
  late: 0,
  vendors: (random) => ({
    "fake/a": createMoodyChannel(random, createFakeChannel({ card: ROOMY })),
    "fake/b": createMoodyChannel(random, createFakeChannel({ card: ROOMY })),
  }),
  lifetime: (random) => (random() < 0.3 ? 1e9 : 1 + Math.floor(random() * 400)),
  arrivals: (random) => 1 + Math.floor(random() * 3),
  hops: (random) => [pick(JUMPS, random)],
};

export type Simulation = Awaited<ReturnType<typeof simulate>>;

/**
 * Let a hub live through random things: messages, clicks, redeliveries, faults of its vendors, jumps of time,
 * its own death at any moment. Then let all trouble end and everything come to rest.
 */
export async function simulate(seed: number, course: Course) {
  const random = seeded(seed);
  const clock = createTestClock();
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-simulation-"));
  const channels = course.vendors(random, clock);
  const { aMessage, aPress } = createPeople(random, clock, channels);
  const accounts = Object.entries(channels).map(
    ([id, channel]): Account => ({ id, enabled: true, feeds: ["event"], channel }),
  );
  /** What the vendors have not heard an acknowledgement of: they deliver it again. */
  const unheard = new Set<Arrival>();
  const all: Arrival[] = [];
  let store = openSqliteStore(folder, () => clock.now());
  let deaths = 0;
  let life = createLife(course.lifetime(random));
  let hub = begin();

  function begin(): TestHub {
    const mortals = accounts.map((account) => mortalAccount(account, life));
    const present = new Map(mortals.map((account) => [account.id, account]));
    return createTestHub({
      store: mortalStore(store, life),
      clock,
      random,
      policy: twoTeams,
      setup: { accounts: present },
    });
  }

  async function reborn(): Promise<void> {
    deaths += 1;
    if (random() < 0.5) {
      await store.close();
      store = openSqliteStore(folder, () => clock.now());
    }
    live(course.lifetime(random));
  }

  /** A process begins, and does so much before it ends. */
  function live(most: number): void {
    life = createLife(most);
    hub = begin();
    for (const channel of Object.values(channels)) channel.newLife?.();
  }

  function accountOf(id: string): Account {
    const found = accounts.find((account) => account.id === id);
    if (found === undefined) throw new Error(`no account ${id}`);
    return found;
  }

  async function deliver(arrival: Arrival): Promise<void> {
    unheard.add(arrival);
    const { account, item, honest } = arrival;
    const arrivedAt = clock.now();
    const here = hub;
    const { rows } = await here.receive(accountOf(account), "event", [item]);
    if (item.type !== "action") return void unheard.delete(arrival);
    const answer = await here.answer(accountOf(account), item, rows[0] ?? null, arrivedAt);
    unheard.delete(arrival);
    const left = honest && random() < 0.7;
    await ticks(Math.floor(random() * 6));
    const card = answer.outcome === "pending" ? null : answer.outcome.card;
    const stands = channels[account].cards.get(item.cardId);
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
    for (const channel of Object.values(channels)) channel.trouble = pick(course.troubles, random);
  }

  function next(): Arrival | null {
    const fresh = random() < 0.5 ? aMessage() : aPress();
    return random() < 0.15 && all.length > 0 ? pick(all, random) : fresh;
  }

  async function step(): Promise<void> {
    if (random() < 0.15) moods();
    const arrivals = Array.from({ length: course.arrivals(random) }, next);
    const happened = arrivals.flatMap((arrival) => arrival ?? []);
    all.push(...happened);
    const fresh = happened.filter((arrival) => !isLate(arrival));
    const again = [...unheard].filter(() => random() < 0.3);
    for (const arrival of [...fresh, ...again]) void deliver(arrival);
    if (random() < 0.4) await ticks(Math.floor(random() * 10));
    else await rest();
    if (!life.alive()) await reborn();
    const [first = 0, ...more] = course.hops(random, clock.now());
    clock.advance(first);
    for (const hop of more) {
      await rest();
      clock.advance(hop);
    }
  }

  function isLate(arrival: Arrival): boolean {
    const late = course.late > 0 && random() < course.late;
    if (late) unheard.add(arrival);
    return late;
  }

  for (let done = 0; done < course.steps; done += 1) await step();
  for (const channel of Object.values(channels)) channel.trouble = 0;
  life.end();
  live(1e9);
  for (const arrival of [...unheard]) void deliver(arrival);
  for (let round = 0; round < 20; round += 1) {
    await ticks(5);
    await rest();
    clock.advance(MINUTE);
  }

  return {
    hub,
    store,
    channels,
    deaths,
    /** Ids of messages whose words a vendor refused. */
    refused: new Set(Object.values(channels).flatMap(({ refused = [] }) => [...refused])),
    complaints: Object.values(channels).flatMap(({ complaints = [] }) => complaints),
    messages: new Set(all.flatMap(({ item }) => (item.type === "message" ? [item.dedupeKey] : []))),
    async close(): Promise<void> {
      life.end();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
