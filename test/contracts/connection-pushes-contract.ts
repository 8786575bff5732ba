import { afterEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { createGate } from "../support/gate.ts";
import { expectWellFormed, parsed, pathsOf, positions, replaced } from "./channel-receipts.ts";
import { createConnectorDeps, createHub, opened } from "./connection-bench.ts";
import { expectNoSecret } from "./connection-opening-contract.ts";
import type { ConnectionPush, ConnectionSubject, ScriptedVendor } from "./connection-subject.ts";

const OUTCOMES = [
  ["what came of it", { tone: "success", text: "已接单", card: null }],
  ["that it is being worked on", "pending"],
] as const;

/** Pushes are translated, handed over, and acknowledged only once the hub has them. */
export function connectionPushesContract(subject: ConnectionSubject): void {
  const { click, samples } = subject;
  const all = [...samples, click];
  const vendors: ScriptedVendor[] = [];

  afterEach(async () => {
    for (const vendor of vendors.splice(0)) await vendor.stop();
  });

  async function connected() {
    const vendor = await subject.start();
    vendors.push(vendor);
    const bench = createConnectorDeps();
    const hub = createHub();
    const connection = await opened(vendor.connector("ours", bench.deps), hub.intake);
    /** A push of its own reached the hub and was acknowledged, so all that came before has been looked at. */
    const stillWorks = async () => {
      const before = hub.handed.length;
      expect((await vendor.push(click).heard).taken).toBe(true);
      expect(hub.handed.slice(before).map(({ items }) => items)).toContainEqual(click.items);
    };
    return { ...bench, vendor, hub, connection, stillWorks };
  }

  it.each(all)("hands on $name with its meaning", async (sample) => {
    const { vendor, hub } = await connected();
    const pushed = vendor.push(sample);
    if (sample.acknowledged) expect((await pushed.heard).taken).toBe(true);
    if (sample.items.length > 0) {
      await eventually(() => hub.handed).toEqual([{ feed: sample.feed, items: sample.items }]);
      for (const item of hub.items()) expectWellFormed(item);
    }
    expect(hub.items()).toEqual(sample.items);
  });

  it.each(all.filter(({ items }) => items.length > 0))(
    "hands on $name again with the same dedupe keys when it comes again",
    async (sample) => {
      const { vendor, hub } = await connected();
      vendor.push(sample);
      vendor.push(sample);
      await eventually(() => hub.handed.length).toBe(2);
      expect(hub.handed[1]).toEqual(hub.handed[0]);
    },
  );

  describe.each(all.filter(({ acknowledged, items }) => acknowledged && items.length > 0))(
    "$name",
    (sample) => {
      it("is acknowledged only after the hub has it", async () => {
        const { vendor, hub } = await connected();
        const gate = createGate();
        hub.set(async () => {
          await gate.pass();
          return hub.taken();
        });
        const held = vendor.push(sample);
        await gate.reached;
        hub.set(async () => hub.taken());
        await vendor.push(click).heard;
        expect(held.now()).toBeNull();
        gate.open();
        expect((await held.heard).taken).toBe(true);
        await eventually(() => hub.left).toEqual([true, true]);
      });

      it("is not acknowledged as taken when the hub cannot take it", async () => {
        const { vendor, hub, connection, lines } = await connected();
        hub.set(() => Promise.reject(new Error("no room")));
        const refused = vendor.push(sample);
        await eventually(() => hub.handed.length).toBe(1);
        hub.set(async () => hub.taken());
        await vendor.push(click).heard;
        expect(refused.now()?.taken ?? false).toBe(false);
        await connection.close();
        expectNoSecret(subject, lines);
      });

      it("is told to the hub as unanswered when the connection is lost before", async () => {
        const { vendor, hub, connection } = await connected();
        const gate = createGate();
        hub.set(async () => {
          await gate.pass();
          return hub.taken();
        });
        vendor.push(sample);
        await gate.reached;
        vendor.cut();
        await connection.ended;
        gate.open();
        await eventually(() => hub.left).toEqual([false]);
      });
    },
  );

  it.each(OUTCOMES)("answers a click with %s", async (_what, outcome) => {
    const { vendor, hub } = await connected();
    hub.set(async () => hub.taken(outcome));
    const { taken, said } = await vendor.push(click).heard;
    expect(taken).toBe(true);
    click.check(said, outcome);
    await eventually(() => hub.left).toEqual([true]);
  });

  it("takes many pushes at once, each answered", async () => {
    const { vendor, hub } = await connected();
    const pushed = Array.from({ length: 200 }, () => vendor.push(click));
    for (const each of pushed) expect((await each.heard).taken).toBe(true);
    expect(hub.handed).toHaveLength(200);
  });

  it.each(subject.malformed)("keeps $name from the hub", async (push) => {
    const { vendor, hub, stillWorks, lines } = await connected();
    vendor.push(push);
    await stillWorks();
    expect(hub.items()).toEqual(click.items);
    expectNoSecret(subject, lines);
  });

  it.each(subject.hostile)("survives $name", async ({ frame }) => {
    const { vendor, hub, stillWorks } = await connected();
    vendor.raw(frame);
    await stillWorks();
    expect(hub.items()).toEqual(click.items);
  });

  it.each(all)("survives $name cut off anywhere, or wrong in any one value", async (sample) => {
    const { vendor, hub, stillWorks, lines } = await connected();
    for (const push of garbled(sample)) vendor.push(push);
    await stillWorks();
    for (const item of hub.items()) expectWellFormed(item);
    expectNoSecret(subject, lines);
  });
}

const ODD: readonly unknown[] = [null, "", 0, -1, 1e308, [], {}, "[[[[", '{"text":5}', "\u0000"];

/** The same push cut short, and with each of its values put wrong. */
function garbled(sample: ConnectionPush): readonly ConnectionPush[] {
  const { payload } = sample;
  const value = parsed(payload);
  const wrong = pathsOf(value).flatMap((path) =>
    ODD.map((odd) => JSON.stringify(replaced(value, path, odd))),
  );
  const cut = positions(payload.length).map((at) => payload.slice(0, at));
  return [...cut, ...wrong].map((written) => ({ ...sample, payload: written }));
}
