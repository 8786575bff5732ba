import { concat } from "./bytes.ts";
import {
  bytesField,
  bytesOf,
  int32Of,
  readFields,
  stringField,
  stringOf,
  uint64Of,
  varintField,
  type WireField,
} from "./protobuf.ts";
import { WireError } from "./wire-error.ts";

/**
 * One frame of Feishu's long connection.
 *
 * Wire facts: the protobuf message `pbbp2.Frame` in Feishu's own SDKs; its first four fields are required.
 */
export type FeishuFrame = {
  readonly seqId: bigint;
  readonly logId: bigint;
  readonly service: number;
  /** 0: control (ping, pong); 1: data (event, card). */
  readonly method: number;
  readonly headers: readonly FeishuHeader[];
  readonly payloadEncoding: string | null;
  readonly payloadType: string | null;
  readonly payload: Uint8Array | null;
  readonly logIdNew: string | null;
};

export type FeishuHeader = { readonly key: string; readonly value: string };

export const CONTROL = 0;
export const DATA = 1;

const LAST_FIELD = 9; // what is not known is not kept, however much of it there is
const MOST_HEADERS = 64; // a frame has about six; each one costs more memory than bytes

/** A control frame of the service, without a payload. */
export function feishuControl(service: number, type: "ping" | "pong"): FeishuFrame {
  return {
    seqId: 0n,
    logId: 0n,
    service,
    method: CONTROL,
    headers: [{ key: "type", value: type }],
    payloadEncoding: null,
    payloadType: null,
    payload: null,
    logIdNew: null,
  };
}

/** The value of a frame's header; null when there is none. */
export function feishuHeader(frame: FeishuFrame, key: string): string | null {
  return frame.headers.find((header) => header.key === key)?.value ?? null;
}

/** The bytes of a frame, in the order of Feishu's own SDKs. `seqId` and `logId` wrap at 64 bits, the others at 32. */
export function encodeFeishuFrame(frame: FeishuFrame): Uint8Array {
  const optional = (field: Uint8Array | null): readonly Uint8Array[] =>
    field === null ? [] : [field];
  return concat(
    varintField(1, frame.seqId),
    varintField(2, frame.logId),
    varintField(3, BigInt(frame.service | 0)),
    varintField(4, BigInt(frame.method | 0)),
    ...frame.headers.map(({ key, value }) =>
      bytesField(5, concat(stringField(1, key), stringField(2, value))),
    ),
    ...optional(frame.payloadEncoding === null ? null : stringField(6, frame.payloadEncoding)),
    ...optional(frame.payloadType === null ? null : stringField(7, frame.payloadType)),
    ...optional(frame.payload === null ? null : bytesField(8, frame.payload)),
    ...optional(frame.logIdNew === null ? null : stringField(9, frame.logIdNew)),
  );
}

/**
 * The frame of these bytes. Fields that are not known are passed over; of one that comes twice the last counts. Bytes that
 * are no frame are a `malformed` WireError. `payload` is a view of the bytes.
 */
export function decodeFeishuFrame(bytes: Uint8Array): FeishuFrame {
  const headers: FeishuHeader[] = [];
  const fields = new Map<number, WireField>();
  for (const field of readFields(bytes)) {
    if (field.number === 5) headers.push(readHeader(bytesOf(field)));
    else if (field.number <= LAST_FIELD) fields.set(field.number, field);
    if (headers.length > MOST_HEADERS) throw malformed(`more than ${MOST_HEADERS} headers`);
  }
  return {
    seqId: uint64Of(required(fields, 1)),
    logId: uint64Of(required(fields, 2)),
    service: int32Of(required(fields, 3)),
    method: int32Of(required(fields, 4)),
    headers,
    payloadEncoding: optional(fields.get(6), stringOf),
    payloadType: optional(fields.get(7), stringOf),
    payload: optional(fields.get(8), bytesOf),
    logIdNew: optional(fields.get(9), stringOf),
  };
}

function readHeader(bytes: Uint8Array): FeishuHeader {
  const fields = new Map<number, WireField>();
  for (const field of readFields(bytes)) if (field.number <= 2) fields.set(field.number, field);
  return { key: stringOf(required(fields, 1)), value: stringOf(required(fields, 2)) };
}

function required(fields: ReadonlyMap<number, WireField>, number: number): WireField {
  const field = fields.get(number);
  if (field === undefined) throw malformed(`no field ${number}`);
  return field;
}

function optional<T>(field: WireField | undefined, read: (field: WireField) => T): T | null {
  return field === undefined ? null : read(field);
}

function malformed(found: string): WireError {
  return new WireError("malformed", `expected a frame of Feishu's, found ${found}`);
}
