import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, hex, utf8, utf8Text } from "./bytes.ts";
import {
  decodeFeishuFrame,
  encodeFeishuFrame,
  type FeishuFrame,
  feishuControl,
  feishuHeader,
} from "./feishu-frame.ts";
import { bytesField, stringField, varintField } from "./protobuf.ts";
import { isWireError } from "./wire-error.ts";

type Fields = Readonly<Record<string, string>>;
type Vector = {
  readonly id: string;
  readonly input: {
    readonly hex?: string;
    readonly headers?: Fields;
    readonly payloadUtf8?: string;
  };
  readonly expected: {
    readonly hex?: string;
    readonly headers?: Fields;
    readonly payload?: string;
  };
};

const file = new URL("../../test/fixtures/feishu-frames.json", import.meta.url);
const vectors: readonly Vector[] = JSON.parse(readFileSync(file, "utf8"));

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const text = fc.string({ unit: "grapheme" });
const frames: fc.Arbitrary<FeishuFrame> = fc.record({
  seqId: uint64,
  logId: uint64,
  service: int32,
  method: int32,
  headers: fc.array(fc.record({ key: text, value: text }), { maxLength: 8 }),
  payloadEncoding: fc.option(text),
  payloadType: fc.option(text),
  payload: fc.option(fc.uint8Array({ maxLength: 300 })),
  logIdNew: fc.option(text),
});

const PING = encodeFeishuFrame(feishuControl(7, "ping"));

/** What decoding throws; fails on anything but a WireError. */
function refusal(bytes: Uint8Array): string | null {
  try {
    decodeFeishuFrame(bytes);
    return null;
  } catch (error) {
    if (isWireError(error)) return error.message;
    throw error;
  }
}

describe("a Feishu frame", () => {
  it.each(vectors)("is read and written as in $id", ({ input, expected }) => {
    const written = input.hex ?? expected.hex ?? "";
    const frame = decodeFeishuFrame(new Uint8Array(Buffer.from(written, "hex")));
    const headers = Object.fromEntries(frame.headers.map(({ key, value }) => [key, value]));
    expect(headers).toEqual(input.headers ?? expected.headers);
    const payload = frame.payload === null ? undefined : utf8Text(frame.payload);
    expect(payload).toBe(input.payloadUtf8 ?? expected.payload);
    expect(hex(encodeFeishuFrame(frame))).toBe(written);
  });

  it("is a ping as Feishu's SDK writes it", () => {
    expect(hex(PING)).toBe(vectors[0]?.expected.hex);
  });

  it("comes back from its bytes as it was, ids of 64 bits included", () => {
    fc.assert(
      fc.property(frames, (frame) => {
        expect(decodeFeishuFrame(encodeFeishuFrame(frame))).toEqual(frame);
      }),
    );
  });

  it("never throws anything but a WireError, whatever the bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void refusal(bytes)));
  });

  it("never throws anything but a WireError when one byte of it changes or its end is missing", () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.nat({ max: 255 }), (frame, place, byte) => {
        const bytes = encodeFeishuFrame(frame);
        const at = place % bytes.length;
        refusal(bytes.slice(0, at));
        bytes[at] = byte;
        refusal(bytes);
      }),
    );
  });

  it("passes over fields that it does not know", () => {
    const known = decodeFeishuFrame(PING);
    const fixed64 = Uint8Array.of((12 << 3) | 1, ...Array(8).fill(9));
    const fixed32 = Uint8Array.of((13 << 3) | 5, ...Array(4).fill(9));
    const more = concat(varintField(10, 5n), bytesField(11, utf8("x")), fixed64, fixed32);
    expect(decodeFeishuFrame(concat(more, PING, more))).toEqual(known);
  });

  it("counts the last of a field that comes twice", () => {
    const twice = concat(PING, varintField(3, 9n), stringField(9, "a"), stringField(9, "b"));
    expect(decodeFeishuFrame(twice)).toMatchObject({ service: 9, logIdNew: "b" });
  });

  it.each([
    ["nothing", new Uint8Array(), "no field 1"],
    ["no method", PING.slice(0, 6), "no field 4"],
    ["a number that is cut off", Uint8Array.of(8, 128), "cut off"],
    ["a number of more than 64 bits", Uint8Array.of(8, ...Array(9).fill(255), 2), "64 bits"],
    ["a number that never ends", Uint8Array.of(8, ...Array(20).fill(255)), "64 bits"],
    ["a length beyond the end", concat(PING, Uint8Array.of(66, 5, 1)), "cut off"],
    ["a huge length", concat(PING, Uint8Array.of(66, ...Array(9).fill(255), 1)), "cut off"],
    ["a group", concat(PING, Uint8Array.of(0x5b, 0x5c)), "wire type 3"],
    ["field number 0", concat(PING, Uint8Array.of(0, 0)), "out of range"],
    ["a text where a number belongs", concat(PING, stringField(1, "x")), "field 1"],
    ["a number where bytes belong", concat(PING, varintField(8, 1n)), "field 8"],
    ["a header without a value", concat(PING, bytesField(5, stringField(1, "k"))), "no field 2"],
    ["a text that is not UTF-8", concat(PING, bytesField(6, Uint8Array.of(0xff))), "UTF-8"],
    ["too many headers", concat(...Array(65).fill(headerField()), PING), "more than 64 headers"],
  ])("is not %s", (_what, bytes, words) => {
    expect(refusal(bytes)).toContain(words);
  });

  it("finds a header by its key", () => {
    const frame = decodeFeishuFrame(PING);
    expect(feishuHeader(frame, "type")).toBe("ping");
    expect(feishuHeader(frame, "sum")).toBeNull();
  });
});

function headerField(): Uint8Array {
  return bytesField(5, concat(stringField(1, "k"), stringField(2, "v")));
}
