import { expect } from "vitest";
import { utf8 } from "../../src/wire/bytes.ts";
import { encodeFeishuFrame, feishuControl } from "../../src/wire/feishu-frame.ts";
import { connectionContract } from "./connection-contract.ts";
import { actionSample, messageSamples } from "./feishu-samples.ts";
import { APP_SECRET, startFeishuVendor, TICKET } from "./feishu-vendor.ts";

const data = { ...feishuControl(7, "ping"), method: 1 };

function piece(place: Readonly<Record<string, string>>, payload: Uint8Array | null): Uint8Array {
  const headers = Object.entries(place).map(([key, value]) => ({ key, value }));
  return encodeFeishuFrame({ ...data, headers, payload });
}

connectionContract("feishu", {
  start: startFeishuVendor,
  samples: messageSamples.map((sample) => ({ ...sample, feed: "event", acknowledged: true })),
  click: {
    ...actionSample,
    feed: "card",
    acknowledged: true,
    check(said, outcome) {
      const type = outcome === "pending" ? "info" : outcome.tone;
      const content = outcome === "pending" ? expect.any(String) : outcome.text;
      expect(said).toMatchObject({ toast: { type, content } });
    },
  },
  malformed: [
    { name: "a push that is no JSON", feed: "event", payload: "{" },
    { name: "a push of nothing", feed: "event", payload: "" },
    { name: "a push that is no event", feed: "event", payload: '{"hello":"world"}' },
    {
      name: "a click without a person",
      feed: "card",
      payload: actionSample.payload.replace('"open_id":"ou_a",', ""),
    },
  ],
  hostile: [
    { name: "an empty frame", frame: new Uint8Array() },
    { name: "a text frame", frame: "{}" },
    { name: "bytes that are no frame", frame: Uint8Array.from({ length: 64 }, (_, n) => 255 - n) },
    { name: "a frame of a thousand headers", frame: encodeFeishuFrame(crowded()) },
    { name: "a control frame of no type", frame: encodeFeishuFrame({ ...data, method: 0 }) },
    {
      name: "a pong that is no JSON",
      frame: encodeFeishuFrame({ ...feishuControl(7, "pong"), payload: utf8("{") }),
    },
    { name: "a method that is none", frame: encodeFeishuFrame({ ...data, method: -9 }) },
    { name: "an event without a payload", frame: piece({ type: "event" }, null) },
    { name: "an event that is no text", frame: piece({ type: "event" }, Uint8Array.of(255, 254)) },
    { name: "an event of a type of its own", frame: piece({ type: "flood" }, utf8("{}")) },
    {
      name: "a piece of a payload that is never whole",
      frame: piece({ type: "event", message_id: "m", sum: "3", seq: "1" }, utf8("x")),
    },
    {
      name: "a piece of too many",
      frame: piece({ type: "event", message_id: "m", sum: "999999", seq: "1" }, utf8("x")),
    },
    {
      name: "a piece outside its payload",
      frame: piece({ type: "event", message_id: "m", sum: "2", seq: "-1" }, utf8("x")),
    },
  ],
  secrets: [APP_SECRET, "another-secret", TICKET],
});

function crowded() {
  return { ...data, headers: Array.from({ length: 1000 }, () => ({ key: "k", value: "v" })) };
}
