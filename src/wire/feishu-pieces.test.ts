import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8, utf8Text } from "./bytes.ts";
import { type FeishuFrame, feishuControl } from "./feishu-frame.ts";
import { createFeishuPieces } from "./feishu-pieces.ts";
import { WireError } from "./wire-error.ts";

const TEXT = '{"text":"冰柜坏了 🧊"}';

function pieceOf(place: Record<string, string>, payload: Uint8Array | null): FeishuFrame {
  const headers = Object.entries(place).map(([key, value]) => ({ key, value }));
  return { ...feishuControl(7, "ping"), method: 1, headers, payload };
}

function split(bytes: Uint8Array, size: number, message_id = "m1"): readonly FeishuFrame[] {
  const sum = Math.ceil(bytes.length / size);
  return Array.from({ length: sum }, (_, seq) =>
    pieceOf(
      { message_id, sum: String(sum), seq: String(seq) },
      bytes.subarray(seq * size, (seq + 1) * size),
    ),
  );
}

describe("pieces of a payload", () => {
  it("are joined byte by byte, in any order, though characters were cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.infiniteStream(fc.nat()), (size, chance) => {
        const whole = utf8(TEXT);
        const shuffled = split(whole, size)
          .map((frame) => [chance.next().value, frame] as const)
          .sort(([a], [b]) => a - b);
        const pieces = createFeishuPieces();
        const given = shuffled.map(([, frame]) => pieces.add(frame, 0));
        expect(given.slice(0, -1).every((each) => each === null)).toBe(true);
        expect(utf8Text(given.at(-1) ?? new Uint8Array())).toBe(TEXT);
      }),
    );
  });

  it("are kept apart by message_id, and one that comes twice counts once", () => {
    const pieces = createFeishuPieces();
    const [a1, a2] = split(utf8("abcd"), 2, "a");
    const [b1, b2] = split(utf8("wxyz"), 2, "b");
    if (!a1 || !a2 || !b1 || !b2) throw new Error("two pieces each");
    expect([a1, b1, a1].map((piece) => pieces.add(piece, 0))).toEqual([null, null, null]);
    expect(utf8Text(pieces.add(b2, 0) ?? new Uint8Array())).toBe("wxyz");
    expect(utf8Text(pieces.add(a2, 0) ?? new Uint8Array())).toBe("abcd");
  });

  it("are whole at once without sum and seq, even when empty", () => {
    expect(createFeishuPieces().add(pieceOf({}, null), 0)).toEqual(new Uint8Array());
  });

  it("are forgotten ten seconds after the first", () => {
    const [first, second] = split(utf8("abcd"), 2);
    if (!first || !second) throw new Error("two pieces");
    const early = createFeishuPieces();
    early.add(first, 1000);
    expect(early.add(second, 10_999)).not.toBeNull();
    const late = createFeishuPieces();
    late.add(first, 1000);
    expect(late.add(second, 11_000)).toBeNull();
  });

  it.each([
    ["a sum of none", { message_id: "m", sum: "0", seq: "0" }],
    ["a sum without end", { message_id: "m", sum: "257", seq: "0" }],
    ["a sum that is no number", { message_id: "m", sum: "NaN", seq: "0" }],
    ["a negative seq", { message_id: "m", sum: "2", seq: "-1" }],
    ["a seq beyond the sum", { message_id: "m", sum: "2", seq: "2" }],
    ["no message_id", { sum: "2", seq: "0" }],
  ])("are refused with %s", (_what, place) => {
    expect(() => createFeishuPieces().add(pieceOf(place, utf8("x")), 0)).toThrow(WireError);
  });

  it("are refused when their sum changes", () => {
    const pieces = createFeishuPieces();
    pieces.add(pieceOf({ message_id: "m", sum: "2", seq: "0" }, utf8("x")), 0);
    const other = pieceOf({ message_id: "m", sum: "3", seq: "1" }, utf8("y"));
    expect(() => pieces.add(other, 0)).toThrow(WireError);
  });

  it("are refused beyond what may be held, and there is room again when old ones are forgotten", () => {
    const pieces = createFeishuPieces({ pieces: 4, payloads: 2, bytes: 5, ageMs: 10 });
    const first = (message_id: string, payload: string) =>
      pieceOf({ message_id, sum: "2", seq: "0" }, utf8(payload));
    pieces.add(first("a", "123"), 0);
    expect(() => pieces.add(first("b", "456"), 0)).toThrow(WireError);
    expect(() => pieces.add(first("c", ""), 0)).toThrow(WireError);
    expect(pieces.add(first("d", "78"), 10)).toBeNull();
  });
});
