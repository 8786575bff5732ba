import type { LineAnswer } from "../../../ports/connection.ts";
import { randomNonce } from "../../../wire/random.ts";
import { asFields, type Fields, parseFields, textOf } from "./fields.ts";

/** A frame from WeCom: a callback, which has a command, or the answer to a request of ours, which has none. */
export type AibotFrame = {
  readonly cmd: string | null;
  readonly reqId: string;
  readonly body: Fields;
  /** The frame as it came: answers carry their errcode beside the body. */
  readonly whole: Fields;
};

/** Read a frame; null when it is none of this protocol. WeCom docs: 101463. */
export function readFrame(frame: string | Uint8Array): AibotFrame | null {
  const whole = parseFields(frame);
  const reqId = textOf(asFields(whole?.headers)?.req_id);
  if (whole === null || reqId === null) return null;
  return { cmd: textOf(whole.cmd), reqId, body: asFields(whole.body) ?? {}, whole };
}

export function writeFrame(cmd: string, reqId: string, body: unknown): string {
  return JSON.stringify({
    cmd,
    headers: { req_id: reqId },
    ...(body === undefined ? {} : { body }),
  });
}

export function newReqId(cmd: string): string {
  return `${cmd}_${randomNonce(20)}`;
}

/** The errcode of an answer; empty when there is none. */
export function errcodeOf({ body }: Extract<LineAnswer, { readonly type: "answered" }>): string {
  return textOf(body.errcode) ?? "";
}

/** Did WeCom answer that it has done what was asked? */
export function isDone(answer: LineAnswer): boolean {
  return answer.type === "answered" && errcodeOf(answer) === "0";
}
