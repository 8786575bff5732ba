import { afterEach, describe, expect, it } from "vitest";
import { createGate } from "../support/gate.ts";
import { createConnectorDeps, createHub, opened } from "./connection-bench.ts";
import type { ScriptedVendor } from "./connection-subject.ts";
import { stream } from "./dingtalk-stream.ts";
import { startDingtalk } from "./dingtalk-stream-vendor.ts";

const vendors: ScriptedVendor[] = [];
afterEach(async () => {
  for (const vendor of vendors.splice(0)) await vendor.stop();
});

async function connected() {
  const vendor = await startDingtalk();
  vendors.push(vendor);
  const bench = createConnectorDeps();
  const hub = createHub();
  const connection = await opened(vendor.connector("ours", bench.deps), hub.intake);
  return { ...bench, vendor, hub, connection };
}

const event = { name: "an event", feed: "event", payload: '{"userId":["0123"]}' };

describe("a push that means nothing to us", () => {
  it("is done when it is an event and the hub is well, and put off when it is not", async () => {
    const { vendor, hub } = await connected();
    expect(await vendor.push(event).heard).toEqual({ taken: true, said: { status: "SUCCESS" } });
    hub.set(() => Promise.reject(new Error("no room")));
    expect(await vendor.push(event).heard).toEqual({ taken: false, said: { status: "LATER" } });
  });

  it("is nobody's when its topic is not ours", async () => {
    const { vendor, hub } = await connected();
    const other = { name: "another topic", feed: "/v1.0/graph/api/invoke", payload: "{}" };
    expect((await vendor.push(other).heard).taken).toBe(false);
    expect(hub.handed).toEqual([]);
  });
});

it("answers a click though more messages wait than are worked at once", async () => {
  const { vendor, hub } = await connected();
  const isClick = () => hub.handed.at(-1)?.feed === "card";
  hub.set(() => (isClick() ? Promise.resolve(hub.taken()) : new Promise(() => {})));
  const message = stream.samples.find(({ feed }) => feed === "robot");
  if (message === undefined) throw new Error("there is no sample of a message");
  for (let count = 0; count < 200; count += 1) vendor.push(message);
  expect((await vendor.push(stream.click).heard).taken).toBe(true);
  expect(hub.handed.filter(({ feed }) => feed === "robot")).toHaveLength(128);
});

it("answers a click though hundreds of others are still worked", async () => {
  const { vendor, hub } = await connected();
  hub.set(() => (hub.handed.length > 300 ? Promise.resolve(hub.taken()) : new Promise(() => {})));
  for (let count = 0; count < 300; count += 1) vendor.push(stream.click);
  expect((await vendor.push(stream.click).heard).taken).toBe(true);
});

describe("closing", () => {
  it("answers first what is under way", async () => {
    const { vendor, hub, connection } = await connected();
    const gate = createGate();
    hub.set(async () => {
      await gate.pass();
      return hub.taken("pending");
    });
    const { heard } = vendor.push(stream.click);
    await gate.reached;
    const closing = connection.close();
    gate.open();
    expect((await heard).taken).toBe(true);
    await closing;
    expect(hub.left).toEqual([true]);
  });

  it("takes what still comes, which might not be sent again", async () => {
    const { vendor, hub, connection, clock } = await connected();
    hub.set(() => new Promise(() => {}));
    vendor.push(stream.click);
    await expect.poll(() => hub.handed.length).toBe(1);
    const closing = connection.close();
    vendor.push(stream.click);
    await clock.advance(2_000);
    await closing;
    await expect.poll(() => hub.handed.length).toBe(2);
  });

  it("waits two seconds for it and no longer, and leaves no timer", async () => {
    const { vendor, hub, connection, clock } = await connected();
    hub.set(() => new Promise(() => {}));
    const pushed = vendor.push(stream.click);
    await expect.poll(() => hub.handed.length).toBe(1);
    const closing = connection.close();
    await clock.advance(2_000);
    await closing;
    await expect.poll(vendor.connections).toBe(0);
    expect(pushed.now()).toBeNull();
    expect(clock.sleepers()).toBe(0);
  });
});

it("is told to move only once, and ends as retiring though it is cut later", async () => {
  const { vendor, connection } = await connected();
  const headers = { topic: "disconnect", messageId: "m1" };
  for (let time = 0; time < 2; time += 1) {
    vendor.raw(JSON.stringify({ type: "SYSTEM", headers, data: "{}" }));
  }
  expect((await connection.ended).type).toBe("retiring");
  vendor.cut();
  await connection.close();
  expect((await connection.ended).type).toBe("retiring");
});
