import { utf8, utf8Text } from "./bytes.ts";
import { WireError } from "./wire-error.ts";

/** One field of a protobuf message as it lies in the bytes. */
export type WireField =
  | { readonly number: number; readonly type: "varint"; readonly value: bigint }
  | { readonly number: number; readonly type: "bytes"; readonly value: Uint8Array };

const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;
const LONGEST_VARINT = 10; // 64 bits, seven a byte
const LARGEST_NUMBER = 0x1fff_ffff; // protobuf's own limit

/**
 * The varint and length-delimited fields of a protobuf message, in order. Fixed-size fields are passed over; groups, which
 * nobody writes any more, and bytes that are no message are a `malformed` WireError.
 */
export function* readFields(bytes: Uint8Array): Generator<WireField, void> {
  let at = 0;
  while (at < bytes.length) {
    const tag = readVarint(bytes, at);
    const number = Number(tag.value >> 3n);
    if (number < 1 || number > LARGEST_NUMBER) throw malformed("a field number out of range");
    const type = Number(tag.value & 7n);
    at = tag.end;
    if (type === VARINT) {
      const { value, end } = readVarint(bytes, at);
      yield { number, type: "varint", value };
      at = end;
    } else {
      const { start, end } = extentOf(bytes, type, at);
      if (type === BYTES) yield { number, type: "bytes", value: bytes.subarray(start, end) };
      at = end;
    }
  }
}

function extentOf(bytes: Uint8Array, type: number, at: number): { start: number; end: number } {
  const { start, length } = lengthOf(bytes, type, at);
  if (length > bytes.length - start) throw malformed("a field that is cut off");
  return { start, end: start + length };
}

function lengthOf(bytes: Uint8Array, type: number, at: number): { start: number; length: number } {
  if (type === FIXED_64) return { start: at, length: 8 };
  if (type === FIXED_32) return { start: at, length: 4 };
  if (type !== BYTES) throw malformed(`the wire type ${type}`);
  const { value, end } = readVarint(bytes, at);
  return { start: end, length: Number(value) };
}

function readVarint(bytes: Uint8Array, start: number): { value: bigint; end: number } {
  let value = 0n;
  for (let read = 0; read < LONGEST_VARINT; read++) {
    const byte = bytes[start + read];
    if (byte === undefined) throw malformed("a number that is cut off");
    value |= BigInt(byte & 127) << BigInt(7 * read);
    if (byte < 128) {
      if (value >> 64n !== 0n) break;
      return { value, end: start + read + 1 };
    }
  }
  throw malformed("a number of more than 64 bits");
}

function malformed(found: string): WireError {
  return new WireError("malformed", `expected a protobuf message, found ${found}`);
}

/** The value of a `uint64` field. */
export function uint64Of(field: WireField): bigint {
  if (field.type !== "varint") throw malformed(`bytes in the number field ${field.number}`);
  return field.value;
}

/** The value of an `int32` field; what is written in more bits loses the upper ones, as protobuf demands. */
export function int32Of(field: WireField): number {
  return Number(BigInt.asIntN(32, uint64Of(field)));
}

export function bytesOf(field: WireField): Uint8Array {
  if (field.type !== "bytes") throw malformed(`a number in the bytes field ${field.number}`);
  return field.value;
}

export function stringOf(field: WireField): string {
  return utf8Text(bytesOf(field));
}

/** A field of a number, as `uint64` and `int32` are both written: a negative one as its 64-bit complement. */
export function varintField(number: number, value: bigint): Uint8Array {
  return Uint8Array.from([...varint(BigInt(number << 3)), ...varint(BigInt.asUintN(64, value))]);
}

export function bytesField(number: number, value: Uint8Array): Uint8Array {
  const head = [...varint(BigInt((number << 3) | BYTES)), ...varint(BigInt(value.length))];
  const field = new Uint8Array(head.length + value.length);
  field.set(head);
  field.set(value, head.length);
  return field;
}

export function stringField(number: number, value: string): Uint8Array {
  return bytesField(number, utf8(value));
}

function varint(value: bigint): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return [...bytes, Number(rest)];
}
