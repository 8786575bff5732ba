import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type HubChild, startHubChild } from "../../support/hub-child.ts";
import { APP_SECRET, ENCRYPT_KEY, VERIFICATION_TOKEN } from "../../support/kill-desk.ts";
import { audit, unfinished } from "../../support/kill-ledger.ts";
import type { KillPoint } from "../../support/kill-switch.ts";
import { type RecordingVendor, startRecordingVendor } from "../../support/recording-vendor.ts";
import { deliver, makeStream, type StreamMessage } from "../../support/signed-stream.ts";

const IN_FLIGHT = 32;
const MESSAGES = 2_000;
/** The vendor takes its time, so that at any moment something is on its way. */
const VENDOR_MS = 40;
const IDLE_MS = 40_000;

type Death = { readonly name: string; readonly at: KillPoint | { readonly acknowledged: number } };

const DEATHS: readonly Death[] = [
  { name: "after 1 acknowledgement", at: { acknowledged: 1 } },
  { name: "after 60 acknowledgements", at: { acknowledged: 60 } },
  { name: "after 120 acknowledgements", at: { acknowledged: 120 } },
  { name: "before a message is stored", at: { when: "before", kind: "receive", count: 60 } },
  { name: "between storing and acknowledging", at: { when: "after", kind: "receive", count: 60 } },
  { name: "between hearing and deciding", at: { when: "after", kind: "hear", count: 50 } },
  { name: "before a decision is stored", at: { when: "before", kind: "respond", count: 50 } },
  { name: "after a decision", at: { when: "after", kind: "respond", count: 90 } },
  {
    name: "between taking answers and sending them",
    at: { when: "after", kind: "outbox-hold", count: 2 },
  },
  {
    name: "between sending an answer and noting it",
    at: { when: "before", kind: "outbox-sent", count: 40 },
  },
  {
    name: "between taking a card and showing it",
    at: { when: "after", kind: "surface-hold", count: 2 },
  },
  {
    name: "between showing a card and noting it",
    at: { when: "before", kind: "surface-shown", count: 5 },
  },
];

/** Every fifth, beginning somewhere else each time. */
function sample<T>(items: readonly T[], round: number): T[] {
  return items.filter((_item, index) => (index * 7 + round) % 5 === 0);
}

describe("a hub that is killed in the middle of a stream of 2,000 signed messages", () => {
  const folder = mkdtempSync(join(tmpdir(), "loopdesk-kill-"));
  const stream = makeStream(MESSAGES);
  const perDeath = Math.floor(MESSAGES / 5 / DEATHS.length) * 5;
  const delivered: StreamMessage[] = [];
  const acknowledged = new Set<StreamMessage>();
  const logged: string[] = [];
  let vendor: RecordingVendor;
  let child: HubChild | null = null;

  beforeAll(async () => {
    vendor = await startRecordingVendor(VENDOR_MS);
  });

  /** A test that failed must not leave its hub running, or the next one finds the folder taken. */
  afterEach(async () => {
    if (child?.dead() !== false) return;
    child.kill();
    await child.killed();
  });

  afterAll(async () => {
    await vendor.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(killAt: KillPoint | null): Promise<HubChild> {
    child = await startHubChild({ folder, vendor: vendor.url, killAt });
    return child;
  }

  /** Deliver to a hub that will be killed on the way, and wait until it was. */
  async function deliverUntilDeath(part: readonly StreamMessage[], at: Death["at"]): Promise<void> {
    const limit = "acknowledged" in at ? at.acknowledged : null;
    const hub = await start("acknowledged" in at ? null : at);
    let count = 0;
    await deliver(hub.url, part, {
      inFlight: IN_FLIGHT,
      over: hub.dead,
      acknowledged(message) {
        acknowledged.add(message);
        count += 1;
        if (count === limit) hub.kill();
      },
    });
    await hub.killed();
    logged.push(...hub.lines);
  }

  /** Start again, deliver what the vendors would deliver again, and stop once nothing is left to do. */
  async function recover(part: readonly StreamMessage[], round: number): Promise<void> {
    const hub = await start(null);
    const missing = part.filter((message) => !acknowledged.has(message));
    const again = [...missing, ...sample([...acknowledged], round)];
    await deliver(hub.url, again, {
      inFlight: IN_FLIGHT,
      over: hub.dead,
      acknowledged: (message) => acknowledged.add(message),
    });
    expect(part.filter((message) => !acknowledged.has(message))).toEqual([]);
    await expect.poll(() => backlog(hub), { timeout: IDLE_MS, interval: 100 }).toBe(0);
    await expect.poll(() => unfinished(folder), { timeout: IDLE_MS, interval: 100 }).toEqual([]);
    await hub.stop();
    logged.push(...hub.lines);
  }

  for (const [index, { name, at }] of DEATHS.entries()) {
    it(`loses nothing and doubles nothing when it dies ${name}`, async () => {
      const last = index === DEATHS.length - 1;
      const part = stream.slice(index * perDeath, last ? undefined : (index + 1) * perDeath);
      delivered.push(...part);
      const before = acknowledged.size;
      await deliverUntilDeath(part, at);
      if ("acknowledged" in at) expect(acknowledged.size - before).toBeLessThan(part.length);
      await recover(part, index);
      expect(await audit(folder, delivered, vendor.messages())).toEqual([]);
    }, 60_000);
  }

  it("has been through all of it in the end, and has sent some things twice under their one key", () => {
    expect(delivered).toHaveLength(MESSAGES);
    expect(acknowledged.size).toBe(MESSAGES);
    expect(vendor.messages().filter(({ tries }) => tries.length > 1).length).toBeGreaterThan(0);
  });

  it("has logged no failure, no secret and nobody's words", () => {
    const lines = logged.join("\n");
    expect(logged.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    for (const secret of [APP_SECRET, ENCRYPT_KEY, VERIFICATION_TOKEN, "冰柜坏了", "加盟费"]) {
      expect(lines).not.toContain(secret);
    }
  });
});

async function backlog(hub: HubChild): Promise<unknown> {
  const response = await fetch(`${hub.url}/readyz`);
  return ((await response.json()) as { readonly backlog: unknown }).backlog;
}
