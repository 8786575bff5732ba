import { describe, expect, it } from "vitest";
import { eventually } from "../../../test/support/eventually.ts";
import { utf8 } from "../../wire/bytes.ts";
import { encodeFeishuFrame } from "../../wire/feishu-frame.ts";
import { cardOf, dataOf } from "./bench.ts";
import { createConnectionBench, WRITTEN } from "./connection-bench.ts";

const base64Of = (body: unknown) => Buffer.from(JSON.stringify(body)).toString("base64");

describe("what could not be delivered", () => {
  it("is sent when a client connects, once, though its schedule goes on", async () => {
    const { connected, simulator, clock } = createConnectionBench();
    expect(await simulator.say(WRITTEN)).toMatchObject({ delivered: false, attempts: 1 });
    await simulator.say({ ...WRITTEN, text: "还在吗" });
    const client = await connected();
    client.ping();
    await eventually(() => client.frames.length).toBe(2);
    client.ping();
    for (const frame of [...client.frames]) {
      client.send(encodeFeishuFrame({ ...frame, payload: utf8('{"code":200}') }));
    }
    await clock.advance(24 * 3_600_000);
    expect(client.frames).toHaveLength(2);
  });

  it("is what a gap loses until the next client connects", async () => {
    const { connected, simulator } = createConnectionBench({ connection: { random: () => 0.99 } });
    const first = await connected();
    simulator.connections.gap();
    expect(await simulator.say(WRITTEN)).toMatchObject({ delivered: false });
    expect(first.frames).toEqual([]);
    const second = await connected();
    second.ping();
    await eventually(() => second.frames.length).toBe(1);
    second.acknowledge({ code: 200 });
    const saying = simulator.say(WRITTEN);
    await eventually(() => second.frames.length).toBe(2);
    second.acknowledge({ code: 200 });
    expect((await saying).delivered).toBe(true);
    expect(first.frames).toEqual([]);
  });
});

describe("a click over a long connection", () => {
  async function withCard() {
    const bench = createConnectionBench();
    const sent = dataOf(
      await bench.call("POST", "/im/v1/messages?receive_id_type=chat_id", {
        receive_id: "oc_repair",
        msg_type: "interactive",
        content: JSON.stringify(cardOf("工单")),
      }),
    );
    const message = String(sent.message_id);
    const press = () => bench.simulator.press({ person: "ou_li", message, button: "claim" });
    const shown = () => bench.simulator.view().messages.find(({ id }) => id === message)?.body;
    return { ...bench, press, shown };
  }

  it("shows the toast and the card of the acknowledgement", async () => {
    const { press, connected, shown } = await withCard();
    const client = await connected();
    const pressing = press();
    await eventually(() => client.frames.length).toBe(1);
    expect(client.events()[0]).toMatchObject({ header: { event_type: "card.action.trigger" } });
    const next = cardOf("工单：已接单", []);
    const body = {
      toast: { type: "success", content: "已接单" },
      card: { type: "raw", data: next },
    };
    client.acknowledge({ code: 200, data: base64Of(body) });
    expect(await pressing).toEqual({ toast: { tone: "success", text: "已接单" }, error: null });
    expect(shown()).toEqual({ type: "card", native: next, edition: 2 });
  });

  it.each([
    ["nothing to say", { code: 200 }, undefined],
    ["a code 500", { code: 500 }, "200671"],
    ["no code", {}, "200671"],
    ["data that is no base64", { code: 200, data: "%" }, "200672"],
    ["data that is no text", { code: 200, data: 5 }, "200672"],
    ["data that is no answer", { code: 200, data: base64Of([]) }, "200672"],
  ])("understands %s, and is not sent again", async (_what, said, code) => {
    const { press, connected, shown, clock } = await withCard();
    const client = await connected();
    const pressing = press();
    await eventually(() => client.frames.length).toBe(1);
    client.acknowledge(said);
    expect((await pressing).error?.code).toBe(code);
    expect(shown()).toMatchObject({ edition: 1 });
    await clock.advance(24 * 3_600_000);
    await connected();
    expect(client.frames).toHaveLength(1);
  });

  it("fails after 3 s without an answer, and at once without a connection", async () => {
    const { press, connected, clock } = await withCard();
    expect((await press()).error?.code).toBe("200342");
    await connected();
    const pressing = press();
    await clock.advance(3_000);
    expect((await pressing).error?.code).toBe("200341");
  });
});
