import { afterEach, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { createConnectorDeps, createHub, opened } from "./connection-bench.ts";
import type { ConnectionSubject, ScriptedVendor } from "./connection-subject.ts";

/** One attempt, classed when it fails; one end, told once. */
export function connectionOpeningContract(subject: ConnectionSubject): void {
  const vendors: ScriptedVendor[] = [];

  afterEach(async () => {
    for (const vendor of vendors.splice(0)) await vendor.stop();
  });

  async function connected() {
    const { vendor, ...bench } = await begun();
    const hub = createHub();
    const connector = vendor.connector("ours", bench.deps);
    return { ...bench, vendor, hub, connector, connection: await opened(connector, hub.intake) };
  }

  async function begun() {
    const vendor = await subject.start();
    vendors.push(vendor);
    return { ...createConnectorDeps(), vendor };
  }

  it.each([
    ["a secret that the vendor does not know", "stranger", "config"],
    ["an address where nobody listens", "nowhere", "transient"],
  ] as const)("fails with %s", async (_what, which, expected) => {
    const { vendor, deps, lines, clock } = await begun();
    const opening = await vendor
      .connector(which, deps)
      .open(createHub().intake, new AbortController().signal);
    expect(opening).toMatchObject({ type: "failed", class: expected });
    expectNoSecret(subject, [...lines, JSON.stringify(opening)]);
    await eventually(vendor.connections).toBe(0);
    expect(clock.sleepers()).toBe(0);
  });

  it("fails when it is given up before it began", async () => {
    const { vendor, deps, clock } = await begun();
    const opening = await vendor
      .connector("ours", deps)
      .open(createHub().intake, AbortSignal.abort());
    expect(opening.type).toBe("failed");
    await eventually(vendor.connections).toBe(0);
    expect(clock.sleepers()).toBe(0);
  });

  it("fails when it is given up on the way", async () => {
    const { vendor, deps, clock } = await begun();
    const giveUp = new AbortController();
    const opening = vendor.connector("ours", deps).open(createHub().intake, giveUp.signal);
    giveUp.abort();
    expect((await opening).type).toBe("failed");
    await eventually(vendor.connections).toBe(0);
    expect(clock.sleepers()).toBe(0);
  });

  it("ends as lost when the network cuts it", async () => {
    const { vendor, connection, lines, clock } = await connected();
    vendor.cut();
    const end = await connection.ended;
    expect(end.type).toBe("lost");
    expectNoSecret(subject, [...lines, JSON.stringify(end)]);
    await connection.close();
    expect(clock.sleepers()).toBe(0);
  });

  it("closes cleanly, and twice is once", async () => {
    const { vendor, connection, lines, clock } = await connected();
    await Promise.all([connection.close(), connection.close()]);
    await connection.ended;
    await eventually(vendor.connections).toBe(0);
    expect(clock.sleepers()).toBe(0);
    expectNoSecret(subject, lines);
  });

  it("hears a living vendor well before silence means death", async () => {
    const { connector, connection, clock } = await connected();
    for (let step = 0; step < 3; step += 1) {
      const before = connection.heardAt();
      await clock.advance(connector.silenceMs - 1);
      await eventually(connection.heardAt).toBeGreaterThan(before);
    }
  });

  it("shows by heardAt that a vendor is silent", async () => {
    const { connector, connection, vendor, clock } = await connected();
    const before = connection.heardAt();
    vendor.mute();
    await clock.advance(connector.silenceMs);
    expect(connection.heardAt()).toBe(before);
    expect(clock.now() - before).toBeGreaterThanOrEqual(connector.silenceMs);
  });

  it("opens again after it was lost", async () => {
    const { vendor, connector, connection, hub } = await connected();
    vendor.cut();
    await connection.ended;
    const second = await opened(connector, hub.intake);
    await vendor.push(subject.click).heard;
    expect(hub.items()).toEqual(subject.click.items);
    await second.close();
  });
}

/** Neither the account's secrets nor the vendor's tickets stand in any of these texts. */
export function expectNoSecret(subject: ConnectionSubject, texts: readonly string[]): void {
  for (const text of texts) {
    for (const secret of subject.secrets) expect(text).not.toContain(secret);
  }
}
