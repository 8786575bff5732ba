import { describe, expect, it } from "vitest";
import { eventually } from "../../../test/support/eventually.ts";
import { encodeFeishuFrame, feishuControl, feishuHeader } from "../../wire/feishu-frame.ts";
import {
  createClient,
  createConnectionBench,
  payloadIn,
  SECRET,
  WRITTEN,
} from "./connection-bench.ts";

describe("the endpoint of long connections", () => {
  it("names an address with a ticket, and what clients must keep to", async () => {
    const { endpoint, address } = createConnectionBench({ connection: { pingIntervalS: 30 } });
    const { status, body } = await endpoint();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      code: 0,
      data: { ClientConfig: { PingInterval: 30, ReconnectCount: -1, ReconnectInterval: 120 } },
    });
    const url = await address();
    expect(`${url.origin}${url.pathname}`).toBe("ws://feishu.test/sockets/ws/v2");
    expect([...url.searchParams.keys()]).toEqual([
      "device_id",
      "access_key",
      "service_id",
      "ticket",
    ]);
  });

  it.each([
    ["another secret", { ...SECRET, AppSecret: "x" }, 514],
    ["another app", { ...SECRET, AppID: "x" }, 514],
    ["nothing", {}, 514],
  ])("refuses %s with code %s", async (_what, body, code) => {
    const answer = await createConnectionBench().endpoint(body);
    expect(answer).toMatchObject({ status: 200, body: { code } });
    expect(answer.body).not.toHaveProperty("data");
  });

  it("refuses the connection after the fiftieth", async () => {
    const { endpoint, connected, simulator } = createConnectionBench();
    for (let count = 0; count < 50; count += 1) await connected();
    expect((await endpoint()).body.code).toBe(1000040350);
    simulator.connections.kick();
    expect((await endpoint()).body.code).toBe(0);
  });

  it("takes a ticket once, and within a minute", async () => {
    const { address, simulator, clock } = createConnectionBench();
    const open = (url: URL) => {
      const client = createClient();
      simulator.connect?.(client.socket, url);
      return client.closed();
    };
    const url = await address();
    expect(open(url)).toBeNull();
    expect(open(url)).toEqual([1008, "invalid ticket"]);
    const late = await address();
    await clock.advance(60_000);
    expect(open(late)).toEqual([1008, "invalid ticket"]);
    expect(open(new URL("ws://feishu.test/ws/v2"))).toEqual([1008, "invalid ticket"]);
    expect(simulator.connections.count()).toBe(1);
  });
});

describe("a long connection", () => {
  it("answers a ping with a pong that carries the settings", async () => {
    const { connected } = createConnectionBench({ connection: { pingIntervalS: 30 } });
    const client = await connected();
    client.ping();
    expect(client.pongs).toMatchObject([{ method: 0, service: 7 }]);
    expect(client.pongs.map(payloadIn)).toMatchObject([{ PingInterval: 30 }]);
  });

  it("survives frames that are none", async () => {
    const { connected, simulator } = createConnectionBench();
    const client = await connected();
    client.send("text");
    client.send(Uint8Array.of(255, 255));
    client.send(encodeFeishuFrame({ ...feishuControl(7, "pong"), method: 1 }));
    expect(simulator.connections.count()).toBe(1);
  });

  it("carries an event as plain JSON, and takes code 200 for an acknowledgement", async () => {
    const { connected, simulator, received } = createConnectionBench();
    const client = await connected();
    const saying = simulator.say(WRITTEN);
    await eventually(() => client.frames.length).toBe(1);
    const [frame] = client.frames;
    expect(frame).toMatchObject({ method: 1 });
    expect(frame?.headers.map(({ key }) => key)).toEqual([
      "type",
      "message_id",
      "sum",
      "seq",
      "trace_id",
    ]);
    expect(client.events()[0]).toMatchObject({
      schema: "2.0",
      header: { event_type: "im.message.receive_v1" },
      event: { message: { content: '{"text":"冰柜坏了"}' } },
    });
    client.acknowledge({ code: 200 });
    expect(await saying).toEqual({ delivered: true, status: 200, attempts: 1 });
    expect(received).toEqual([]);
  });

  it("carries it again with the same event_id after a code 500, and when nothing was heard for 3 s", async () => {
    const { connected, simulator, clock } = createConnectionBench();
    const client = await connected();
    const saying = simulator.say(WRITTEN);
    await eventually(() => client.frames.length).toBe(1);
    client.acknowledge({ code: 500 });
    expect(await saying).toMatchObject({ delivered: false, status: 500 });
    await clock.advance(15_000);
    expect(client.frames).toHaveLength(2);
    await clock.advance(3_000 + 5 * 60_000);
    expect(client.frames).toHaveLength(3);
    client.acknowledge({ code: 200 });
    await clock.advance(24 * 3_600_000);
    expect(client.frames).toHaveLength(3);
    const ids = client.events().map(({ header }) => header.event_id);
    expect(new Set(ids).size).toBe(1);
  });

  it("cuts payloads into pieces by bytes", async () => {
    const { connected, simulator } = createConnectionBench({ connection: { pieceBytes: 100 } });
    const client = await connected();
    const saying = simulator.say(WRITTEN);
    await eventually(() => client.frames.length).toBeGreaterThan(3);
    const sum = client.frames.length;
    expect(client.frames.map((frame) => feishuHeader(frame, "seq"))).toEqual(
      Array.from({ length: sum }, (_, seq) => String(seq)),
    );
    expect(feishuHeader(client.frames[0] ?? feishuControl(0, "ping"), "sum")).toBe(String(sum));
    client.acknowledge({ code: 200 });
    expect((await saying).delivered).toBe(true);
  });

  it("is one of several, whichever", async () => {
    let chance = 0;
    const { connected, simulator } = createConnectionBench({
      connection: { random: () => chance },
    });
    const clients = [await connected(), await connected(), await connected()];
    for (const [place, each] of [0, 0.99, 0.5].entries()) {
      chance = each;
      const saying = simulator.say(WRITTEN);
      const client = clients[[0, 2, 1][place] ?? 0];
      await eventually(() => client?.frames.length).toBe(1);
      client?.acknowledge({ code: 200 });
      expect((await saying).delivered).toBe(true);
    }
  });

  it("is closed by a kick, the oldest first, and loses what was on its way", async () => {
    const { connected, simulator } = createConnectionBench({ connection: { random: () => 0 } });
    const [first, second] = [await connected(), await connected()];
    const saying = simulator.say(WRITTEN);
    await eventually(() => first.frames.length).toBe(1);
    expect(simulator.connections.kick()).toBe(true);
    expect(first.closed()).toEqual([1001, "going away"]);
    expect(await saying).toMatchObject({ delivered: false, status: null });
    expect(second.closed()).toBeNull();
    expect([simulator.connections.kick(), simulator.connections.kick()]).toEqual([true, false]);
  });
});
