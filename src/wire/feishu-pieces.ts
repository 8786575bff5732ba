import { concat } from "./bytes.ts";
import { type FeishuFrame, feishuHeader } from "./feishu-frame.ts";
import { WireError } from "./wire-error.ts";

/** Puts payloads together again that came in pieces. */
export type FeishuPieces = {
  /**
   * Take one data frame in. Gives the whole payload with its last piece (at once where it came whole), null before. A piece
   * that fits nothing is a `malformed` WireError, and so is the one that would hold too much.
   */
  add(frame: FeishuFrame, now: number): Uint8Array | null;
};

export type FeishuPieceLimits = {
  /** Of one payload. */
  readonly pieces: number;
  /** How many may be unfinished. */
  readonly payloads: number;
  /** Of all unfinished payloads together. */
  readonly bytes: number;
  /** The rest must come within so many ms of the first piece. */
  readonly ageMs: number;
};

/** Feishu's SDK waits ten seconds; the rest is far above what Feishu's message sizes (150 KB of text) can need. */
const LIMITS: FeishuPieceLimits = { pieces: 256, payloads: 256, bytes: 8_388_608, ageMs: 10_000 };

type Unfinished = {
  readonly since: number;
  readonly pieces: (Uint8Array | undefined)[];
  missing: number;
  bytes: number;
};

/**
 * A frame's headers `sum` and `seq` say how many pieces its payload has, and which this one is, from 0; `message_id` is
 * the payload's. They are bytes, cut anywhere, so a character may be split. Wire facts: Feishu's SDKs.
 */
export function createFeishuPieces(limits: FeishuPieceLimits = LIMITS): FeishuPieces {
  const unfinished = new Map<string, Unfinished>();

  function forgetOld(now: number): void {
    for (const [id, { since }] of unfinished) {
      if (now - since < limits.ageMs) return; // in the order in which they began
      unfinished.delete(id);
    }
  }

  function held(): number {
    let bytes = 0;
    for (const payload of unfinished.values()) bytes += payload.bytes;
    return bytes;
  }

  function begun(id: string, sum: number, now: number): Unfinished {
    const known = unfinished.get(id);
    if (known === undefined) {
      if (unfinished.size >= limits.payloads) throw malformed("more than can be held");
      const pieces = new Array<Uint8Array | undefined>(sum);
      const begun = { since: now, pieces, missing: sum, bytes: 0 };
      unfinished.set(id, begun);
      return begun;
    }
    if (known.pieces.length === sum) return known;
    throw malformed("another number of pieces than before");
  }

  function keep(payload: Unfinished, seq: number, piece: Uint8Array): void {
    if (payload.pieces[seq] !== undefined) return; // sent twice
    if (held() + piece.length > limits.bytes) throw malformed("more than can be held");
    payload.pieces[seq] = piece.slice();
    payload.missing -= 1;
    payload.bytes += piece.length;
  }

  return {
    add(frame, now) {
      forgetOld(now);
      const { sum, seq } = placeOf(frame, limits.pieces);
      const piece = frame.payload ?? new Uint8Array();
      if (sum === 1) return piece;
      const id = feishuHeader(frame, "message_id") ?? "";
      if (id === "") throw malformed("no message_id");
      const payload = begun(id, sum, now);
      keep(payload, seq, piece);
      if (payload.missing > 0) return null;
      unfinished.delete(id);
      return concat(...payload.pieces.filter((each) => each !== undefined));
    },
  };
}

/** A frame without these headers is whole. */
function placeOf(frame: FeishuFrame, most: number): { sum: number; seq: number } {
  const sum = countOf(feishuHeader(frame, "sum") ?? "1");
  const seq = countOf(feishuHeader(frame, "seq") ?? "0");
  if (sum < 1 || sum > most) throw malformed("a sum out of range");
  if (seq >= sum) throw malformed("a seq out of range");
  return { sum, seq };
}

function countOf(written: string): number {
  if (!/^\d{1,6}$/.test(written)) throw malformed("a sum or seq that is no count");
  return Number(written);
}

function malformed(found: string): WireError {
  return new WireError("malformed", `expected a piece of a payload of Feishu's, found ${found}`);
}
