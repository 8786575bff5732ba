import { fromBase64, utf8, utf8Text } from "../../wire/bytes.ts";
import { DATA, type FeishuFrame, feishuControl } from "../../wire/feishu-frame.ts";
import { isObject, parseOrUndefined } from "./shape.ts";

/** The frames of one push, its payload cut into pieces of at most so many bytes. Wire facts: Feishu's SDKs. */
export function pushFrames(push: {
  readonly id: string;
  readonly service: number;
  readonly payload: string;
  readonly pieceBytes: number;
}): readonly FeishuFrame[] {
  const bytes = utf8(push.payload);
  const size = Math.max(1, Math.min(push.pieceBytes, bytes.length));
  const sum = Math.ceil(bytes.length / size);
  return Array.from({ length: sum }, (_, seq) => ({
    ...feishuControl(push.service, "ping"),
    method: DATA,
    seqId: BigInt(seq + 1),
    headers: Object.entries({
      type: "event",
      message_id: push.id,
      sum: String(sum),
      seq: String(seq),
      trace_id: push.id,
    }).map(([key, value]) => ({ key, value })),
    payload: bytes.subarray(seq * size, (seq + 1) * size),
  }));
}

/** What an acknowledgement says. `body` is what HTTP would have answered: empty when it cannot be read. */
export type Acknowledgement = { readonly code: number; readonly body: string };

export function acknowledgementIn(frame: FeishuFrame): Acknowledgement {
  const said = parseOrUndefined(textOrEmpty(frame.payload));
  if (!isObject(said) || typeof said.code !== "number") return { code: 500, body: "" };
  const { code, data } = said;
  if (data === undefined) return { code, body: "{}" };
  return { code, body: typeof data === "string" ? decoded(data) : "" };
}

/** What a pong tells the client, in seconds. */
export type ClientConfig = {
  readonly PingInterval: number;
  readonly ReconnectCount: number;
  readonly ReconnectInterval: number;
  readonly ReconnectNonce: number;
};

export function pongFrame(service: number, config: ClientConfig): FeishuFrame {
  return { ...feishuControl(service, "pong"), payload: utf8(JSON.stringify(config)) };
}

function textOrEmpty(payload: Uint8Array | null): string {
  try {
    return payload === null ? "" : utf8Text(payload);
  } catch {
    return "";
  }
}

function decoded(data: string): string {
  try {
    return utf8Text(fromBase64(data));
  } catch {
    return "";
  }
}
