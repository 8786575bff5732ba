import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { dingtalkConfig } from "../../../src/bots/dingtalk/config.ts";
import { feishuConfig } from "../../../src/bots/feishu/config.ts";
import { aibotConfig } from "../../../src/bots/wecom/aibot/config.ts";
import type { MakeConnector } from "../../../src/node-connections.ts";
import type { Connector } from "../../../src/ports/connection.ts";
import { type ConnectedCompany, startConnectedCompany } from "../../support/connected-company.ts";
import { createFastClock } from "../../support/fast-clock.ts";
import { seeded } from "../../support/moody-channel.ts";
import { dingtalkSdkConnector } from "../../support/sdk-dingtalk.ts";
import { feishuSdkConnector } from "../../support/sdk-feishu.ts";
import { wecomSdkConnector } from "../../support/sdk-wecom.ts";
import { CLERKS, greet, walk } from "../../support/walks.ts";

const CUTS = 20;
const TIMES_FASTER = 30;
const LONGEST_BACKOFF_MS = 3_000;
const LONGEST_STAND_MS = 250;

let connected: ConnectedCompany;
beforeEach(() => {
  // DingTalk's client writes to the console, and has no way to stop that.
  for (const method of ["info", "warn", "error"] as const)
    vi.spyOn(console, method).mockImplementation(() => {});
});
afterEach(async () => {
  await connected.close();
  vi.restoreAllMocks();
});

/** Cut all connections at random moments, each time after all of them stood. */
async function cutAtRandom(random: () => number): Promise<void> {
  let last: readonly number[] = [];
  for (let cuts = 0; cuts < CUTS; cuts += 1) {
    last = await connected.connected(last);
    await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_STAND_MS));
    connected.cutAll();
  }
}

const SDKS: Readonly<Record<string, MakeConnector>> = {
  feishu: ({ config }, deps) => feishuSdkConnector(feishuConfig.parse(config), deps),
  dingtalk: ({ config }, deps) => dingtalkSdkConnector(dingtalkConfig.parse(config), deps),
  wecom({ config }, deps) {
    const bot = aibotConfig.parse(config);
    if (bot.transport === "webhook") throw new Error("This AI bot is pushed to.");
    return wecomSdkConnector(bot, deps);
  },
};

function bySdk(...[account, deps]: Parameters<MakeConnector>): Connector {
  const make = SDKS[account.channel];
  if (make === undefined) throw new Error(`${account.channel} has no SDK.`);
  return make(account, deps);
}

it.each([
  ["our own clients", 1, {}],
  ["the vendors' own clients", 2, { makeConnector: bySdk }],
])(
  "over %s no message is lost and none worked twice, though connections are cut 20 times (seed %i)",
  async (_whose, seed, ways) => {
    const random = seeded(seed);
    const clock = createFastClock(TIMES_FASTER);
    connected = await startConnectedCompany({
      clock,
      aibot: true,
      longestBackoffMs: LONGEST_BACKOFF_MS,
      ...ways,
    });
    await connected.connected();
    await greet(connected);
    let over = false;
    const cutting = cutAtRandom(random).then(() => {
      over = true;
    });
    let walks = 0;
    const walkers = CLERKS.map(async (clerk) => {
      while (!over) {
        walks += 1;
        const worker = walks % 2 === 0 ? "wecom" : "dingtalk";
        await walk(connected, clerk, `冰柜不制冷了 ${clerk}${walks}号`, worker);
      }
    });
    await Promise.all([cutting, ...walkers]);
    await connected.quiet();

    const { store } = connected.hub.running.hub;
    const inbox = await store.page("inbox", 0, 10_000);
    expect(inbox.filter(({ values }) => values.kind === "message").length).toBe(
      walks + 1, // the greeting
    );
    expect(inbox.filter(({ values }) => values.status !== "done")).toEqual([]);
    const clicked = inbox.filter(({ values }) => values.kind === "action");
    expect(new Set(clicked.map(({ values }) => values.account)).size).toBe(3);
    const tickets = await store.page("tickets", 0, 10_000);
    expect(tickets.length).toBe(walks);
    const events = await store.page("events", 0, 10_000);
    for (const { values } of tickets) {
      const types = events
        .filter((event) => event.values.stream === `ticket:${String(values.id)}`)
        .map((event) => String(event.values.type));
      for (const once of ["created", "claimed", "resolved", "confirmed", "closed"])
        expect(types.filter((type) => type === once).length).toBe(1);
    }
    expect(connected.logged.filter((line) => line.includes("dead letter"))).toEqual([]);
    expect(await store.deadLetters(10)).toEqual([]);
    const metrics = await (await fetch(`${connected.hub.url}/metrics`)).text();
    for (const account of ["feishu/hq", "dingtalk/suppliers", "wecom/vendors"])
      expect(metrics).toMatch(
        new RegExp(`loopdesk_connection_losses_total\\{account="${account}"\\} 2\\d`),
      );
  },
  240_000,
);
