import type { ReplyHandle } from "../../../core/message.ts";

/** WeCom docs: 101463 (a req_id takes a reply for 24 h), 101138 (a response_url for 1 h). */
const REQ_ID_MS = 24 * 3_600_000;
const URL_MS = 3_600_000;
/** Nobody should be told to hurry: a handle is not used in its last seconds. */
const SPARE_MS = 10_000;

/** The req_id of a message as what it can be answered with, over the long connection. */
export function reqIdHandle(reqId: string, at: number): ReplyHandle {
  return { value: reqId, expiresAt: at + REQ_ID_MS - SPARE_MS };
}

/** The response_url of a push, in webhook mode; null when there is none. */
export function urlHandle(url: string | null, at: number): ReplyHandle | null {
  const handle = url === null ? null : { value: url, expiresAt: at + URL_MS - SPARE_MS };
  return handle !== null && isUrl(handle) ? handle : null;
}

/** Is it one of webhook mode? A message may be answered after its bot has changed its mode. */
export function isUrl({ value }: ReplyHandle): boolean {
  return /^https?:\/\//.test(value);
}
