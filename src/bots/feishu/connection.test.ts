import { afterEach, describe, expect, it } from "vitest";
import { json } from "../../../test/contracts/channel-fakes.ts";
import { NOW } from "../../../test/contracts/channel-subject.ts";
import {
  createConnectorDeps,
  createHub,
  opened,
} from "../../../test/contracts/connection-bench.ts";
import { actionSample, messageSamples } from "../../../test/contracts/feishu-samples.ts";
import { type FeishuVendor, startFeishuVendor } from "../../../test/contracts/feishu-vendor.ts";
import { eventually } from "../../../test/support/eventually.ts";
import { createGate } from "../../../test/support/gate.ts";

const [message] = messageSamples;
if (message === undefined) throw new Error("there is a message among the samples");
const said = { ...message, feed: "event" };
const click = { ...actionSample, feed: "event" };

const vendors: FeishuVendor[] = [];

afterEach(async () => {
  for (const vendor of vendors.splice(0)) await vendor.stop();
});

async function begun() {
  const vendor = await startFeishuVendor();
  vendors.push(vendor);
  const bench = createConnectorDeps();
  const connector = vendor.connector("ours", bench.deps);
  return { ...bench, vendor, connector, hub: createHub() };
}

async function connected(prepare: (vendor: FeishuVendor) => void = () => {}) {
  const bench = await begun();
  prepare(bench.vendor);
  return { ...bench, connection: await opened(bench.connector, bench.hub.intake) };
}

describe("asking for an address", () => {
  const data = { URL: "https://not-a-socket.example", ClientConfig: {} };
  it.each([
    ["busy", () => json({ code: 1, msg: "system busy" }), "transient", "feishu 1"],
    ["an internal error", () => json({ code: 1000040343 }), "transient", "1000040343"],
    ["forbidden", () => json({ code: 403 }), "config", "feishu 403"],
    ["refused credentials", () => json({ code: 514, msg: "s3cret" }), "config", "feishu 514"],
    ["too many connections", () => json({ code: 1000040350 }), "config", "1000040350"],
    ["an unknown code", () => json({ code: 77 }), "config", "feishu 77"],
    ["an unknown code of a broken server", () => json({ code: 2200 }, 500), "transient", "2200"],
    ["no JSON", () => new Response("<html>", { status: 502 }), "transient", "HTTP 502"],
    ["no address", () => json({ code: 0, data: {} }), "transient", "no usable address"],
    ["no data at all", () => json({ code: 0 }), "transient", "no usable address"],
    ["an address of no socket", () => json({ code: 0, data }), "transient", "no usable address"],
  ])("fails when the answer is %s", async (_what, answer, kind, words) => {
    const { vendor, connector, hub } = await begun();
    vendor.answerEndpoint(answer);
    const opening = await connector.open(hub.intake, new AbortController().signal);
    expect(opening).toMatchObject({ type: "failed", class: kind, afterMs: null });
    expect(opening).toMatchObject({ reason: expect.stringContaining(words) });
    expect(JSON.stringify(opening)).not.toContain("s3cret");
  });

  it("waits as long as Feishu says when it was too often", async () => {
    const { vendor, connector, hub } = await begun();
    const limited = () => json({ code: 99991400 }, 429, { "x-ogw-ratelimit-reset": "7" });
    vendor.answerEndpoint(limited);
    const opening = await connector.open(hub.intake, new AbortController().signal);
    expect(opening).toMatchObject({ type: "failed", class: "rate", afterMs: 7000 });
  });
});

describe("pings", () => {
  it("name the service of the address, at once and then each minute at the latest", async () => {
    const { vendor, clock } = await connected();
    await eventually(vendor.pings).toEqual([7]);
    await clock.advance(59_999);
    expect(vendor.pings()).toEqual([7]);
    await clock.advance(1);
    await eventually(vendor.pings).toEqual([7, 7]);
  });

  it.each([
    ["as often as a pong says", { PingInterval: 20 }, 20_000],
    ["not more often than each five seconds", { PingInterval: 0.001 }, 5_000],
    ["as before when a pong says nothing", null, 60_000],
    ["as before when a pong says nonsense", { PingInterval: "soon" }, 60_000],
  ])("come %s", async (_what, clientConfig, everyMs) => {
    const { vendor, clock, connection } = await connected((each) => each.pongWith(clientConfig));
    await eventually(connection.heardAt).toBe(NOW);
    await clock.advance(60_000);
    await eventually(() => vendor.pings().length).toBe(2);
    await eventually(connection.heardAt).toBe(NOW + 60_000);
    await clock.advance(everyMs - 1);
    expect(vendor.pings()).toHaveLength(2);
    await clock.advance(1);
    await eventually(() => vendor.pings().length).toBe(3);
  });
});

describe("a push", () => {
  it.each([4, 7, 100])("is put together from pieces of %i bytes", async (size) => {
    const { vendor, hub } = await connected();
    const heard = await vendor.pushIn(said, { size, type: "event" }).heard;
    expect(heard.taken).toBe(true);
    expect(hub.items()).toEqual(said.items);
  });

  it("may be a click in a frame of either type", async () => {
    const { vendor, hub } = await connected();
    const whole = { size: Number.POSITIVE_INFINITY };
    hub.set(async () => hub.taken("pending"));
    for (const type of ["event", "card"]) {
      const heard = await vendor.pushIn(click, { ...whole, type }).heard;
      expect(heard).toMatchObject({ taken: true, said: { toast: { type: "info" } } });
    }
    expect(hub.handed.map(({ feed }) => feed)).toEqual(["card", "card"]);
  });

  it("says nothing beyond having it when it is no click", async () => {
    const { vendor } = await connected();
    expect(await vendor.push(said).heard).toEqual({ taken: true, said: null });
  });

  it("asks to be sent again when the hub cannot take it, and logs no word of it", async () => {
    const { vendor, hub, lines } = await connected();
    hub.set(() => Promise.reject(new Error("打印机坏了")));
    expect(await vendor.push(said).heard).toEqual({ taken: false, said: null });
    expect(lines.filter((line) => line.includes("not taken in"))).toHaveLength(1);
    expect(lines.join("")).not.toContain("打印机");
  });

  it("that is malformed is acknowledged and logged once, for it would come back the same", async () => {
    const { vendor, hub, lines } = await connected();
    const bad = { ...said, payload: said.payload.replace('"chat_id":"oc_1",', "") };
    expect(await vendor.push(bad).heard).toEqual({ taken: true, said: null });
    expect(hub.handed).toEqual([]);
    expect(lines.filter((line) => line.includes("malformed"))).toHaveLength(1);
    expect(lines.join("")).not.toContain("打印机");
  });

  it("goes in however old it is, because Feishu delivers late what it could not deliver", async () => {
    const { vendor, hub } = await connected();
    const payload = said.payload.replace(`"create_time":"${NOW}"`, '"create_time":"1600000000000"');
    expect(payload).not.toBe(said.payload);
    await vendor.push({ ...said, payload }).heard;
    expect(hub.items()).toEqual(said.items);
  });

  it("needs no token inside", async () => {
    const { vendor, hub } = await connected();
    const payload = said.payload.replace(/"token":"[^"]*",/, "");
    expect(payload).not.toBe(said.payload);
    await vendor.push({ ...said, payload }).heard;
    expect(hub.items()).toEqual(said.items);
  });

  it("does not break the connection when what follows a click goes wrong", async () => {
    const { vendor, hub } = await connected();
    const after = () => Promise.reject(new Error("x"));
    hub.set(async () => ({ outcome: null, after }));
    await vendor.push(click).heard;
    expect((await vendor.push(click).heard).taken).toBe(true);
  });

  it("is worked beside a bounded number of others, and one too many is asked for again", async () => {
    const { vendor, hub } = await connected();
    const gate = createGate();
    hub.set(async () => {
      await gate.pass();
      return hub.taken();
    });
    const pushes = Array.from({ length: 128 + 2048 }, () => vendor.push(said));
    expect((await vendor.push(said).heard).taken).toBe(false);
    expect(hub.handed).toHaveLength(128);
    gate.open();
    for (const { heard } of pushes) expect((await heard).taken).toBe(true);
    expect(hub.handed).toHaveLength(128 + 2048);
  });
});

describe("a click", () => {
  it("does not stand in line behind any number of messages", async () => {
    const { vendor, hub } = await connected();
    const gate = createGate();
    hub.set(async () => {
      await gate.pass();
      return hub.taken();
    });
    const messages = Array.from({ length: 128 + 100 }, () => vendor.push(said));
    await eventually(() => hub.handed.length).toBe(128);
    hub.set(async () => hub.taken());
    expect((await vendor.push(click).heard).taken).toBe(true);
    gate.open();
    for (const { heard } of messages) await heard;
  });
});

describe("closing", () => {
  it("waits for what is under way, which is still acknowledged; what comes then is not taken", async () => {
    const { vendor, hub, connection, clock } = await connected();
    const gate = createGate();
    hub.set(async () => {
      await gate.pass();
      return hub.taken();
    });
    const under = vendor.push(said);
    await gate.reached;
    const closed = connection.close();
    const late = vendor.push(said);
    vendor.raw("a frame that is logged shows that the late one was looked at");
    await eventually(connection.heardAt).toBe(clock.now());
    gate.open();
    expect((await under.heard).taken).toBe(true);
    await closed;
    expect(hub.left).toEqual([true]);
    expect(late.now()).toBeNull();
    expect(hub.handed).toHaveLength(1);
  });

  it("waits no longer than Feishu does", async () => {
    const { vendor, hub, connection, clock } = await connected();
    const gate = createGate();
    hub.set(async () => {
      await gate.pass();
      return hub.taken();
    });
    vendor.push(said);
    await gate.reached;
    const closed = connection.close();
    await clock.advance(3_000);
    await closed;
    gate.open();
    await eventually(() => hub.left).toEqual([false]);
  });
});
