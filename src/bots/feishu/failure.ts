import type { Delivery, FailureClass } from "../../ports/channel.ts";
import { retryAfterMs } from "../../wire/retry-after.ts";
import type { VendorAnswer } from "../../wire/vendor-call.ts";

type Failed = Extract<Delivery, { type: "failed" }>;
type Answered = Extract<VendorAnswer, { type: "answer" }>;

/**
 * Every documented answer of Feishu that is not success.
 *
 * Feishu docs: im-v1/message/create, im-v1/message/reply, im-v1/message-card/patch, generic error codes.
 */
const CODES: Readonly<Record<number, readonly [FailureClass, string]>> = {
  99991400: ["rate", "too many requests to this API"],
  230020: ["rate", "too many messages to this chat or person"],
  11232: ["rate", "too many messages"],
  2200: ["transient", "internal error"],
  5000: ["transient", "internal error"],
  230049: ["transient", "the message is being sent"],
  99991661: ["token", "no access token"],
  99991663: ["token", "the access token is invalid"],
  99991664: ["token", "the access token is invalid"],
  99991665: ["token", "the access token is invalid"],
  99991668: ["token", "the access token is invalid"],
  99991671: ["token", "the access token is invalid"],
  99991677: ["token", "the access token has expired"],
  230011: ["window-closed", "the message was recalled"],
  230110: ["window-closed", "the message was deleted"],
  231003: ["window-closed", "the message was recalled or deleted"],
  230031: ["window-closed", "the card is older than 14 days"],
  230002: ["config", "the bot is not in this chat"],
  230006: ["config", "the app's bot ability is off"],
  230013: ["config", "the person is outside the app's availability"],
  230018: ["config", "the chat forbids this operation"],
  230027: ["config", "the app lacks a permission"],
  230035: ["config", "the bot may not speak in this chat"],
  99991401: ["config", "this address is not on the app's IP allow-list"],
  99991403: ["config", "the monthly quota of API calls is used up"],
  99991672: ["config", "the app lacks a permission scope"],
  230001: ["content", "bad parameters"],
  230022: ["content", "sensitive content"],
  230025: ["content", "the message is too long"],
  230028: ["content", "refused by data loss prevention"],
  230029: ["content", "the person has left the company"],
  230034: ["content", "the receiver's id is not valid"],
  230038: ["content", "the receiver belongs to another tenant"],
  230053: ["content", "the person has blocked the bot"],
  230099: ["content", "the card is refused"],
  232009: ["content", "the chat was dissolved"],
};

/** Answers that mean that there is nobody by the receiver's id. */
const NOBODY: ReadonlySet<number> = new Set([230029, 230034]);

/** Answers that refuse the very words. */
const SENSITIVE: ReadonlySet<number> = new Set([230022, 230028]);

/** Answers to a reply whose target is gone: the words can still be said beside it. */
const TARGET_GONE: ReadonlySet<number> = new Set([230011, 230110, 231003]);

/** Feishu's own code: 0 is success; null when the answer is not Feishu's JSON. */
export function codeOf(answer: VendorAnswer): number | null {
  if (answer.type !== "answer") return null;
  const { code } = answer.body;
  return typeof code === "number" ? code : null;
}

export function isTokenRefused(answer: VendorAnswer): boolean {
  return classOf(codeOf(answer)) === "token";
}

export function isTargetGone(answer: VendorAnswer): boolean {
  return TARGET_GONE.has(codeOf(answer) ?? 0);
}

/**
 * What an answer that is not success means.
 *
 * All our calls may be repeated (a send carries its `uuid`, which holds for an hour; an update states the whole card), so
 * a missing answer is transient and not unknown.
 */
export function failure(answer: VendorAnswer): Failed {
  if (answer.type !== "answer")
    return failed("transient", `feishu ${answer.type}: ${answer.reason}`);
  const code = codeOf(answer);
  const known = code === null ? undefined : CODES[code];
  if (isLocked(answer)) return failed("transient", "feishu: a click on the card is unanswered");
  if (known?.[0] === "rate" || answer.status === 429) {
    return { ...failed("rate", reasonOf(answer, known?.[1])), afterMs: resetMs(answer.headers) };
  }
  const kind = known?.[0] ?? classByStatus(answer.status, code);
  const refused = failed(kind, reasonOf(answer, known?.[1]));
  return { ...refused, ...whatOf(code ?? 0, answer) };
}

function whatOf(code: number, { status, headers }: Answered): Partial<Failed> {
  if (NOBODY.has(code)) return { nobody: true };
  if (SENSITIVE.has(code)) return { sensitive: true };
  return status >= 500 ? { afterMs: retryAfterMs(headers) } : {};
}

function classOf(code: number | null): FailureClass | null {
  return code === null ? null : (CODES[code]?.[0] ?? null);
}

/** An undocumented code, or an answer that is not Feishu's at all: a proxy's, a gateway's, another server's. */
function classByStatus(status: number, code: number | null): FailureClass {
  if (status >= 500 || status === 408) return "transient";
  if (code === null) return status >= 400 ? "config" : "transient";
  return code >= 99_990_000 ? "config" : "content"; // 9999xxxx speak of the app, not of the message
}

/** While a click on a card is unanswered its updates are refused, with the code of a bad card and this inside its words. */
function isLocked({ body }: Answered): boolean {
  return body.code === 230099 && /ErrCode: ?11310\b.*\block/i.test(String(body.msg));
}

/** Feishu's `msg` may quote what we sent, so only its numbers are told. */
function reasonOf(answer: Answered, words = "undocumented"): string {
  const code = codeOf(answer);
  if (code === null) return `feishu answered HTTP ${answer.status} without a code`;
  const inner = /ErrCode: ?(\d{1,10})/.exec(String(answer.body.msg))?.[1];
  return `feishu ${code}: ${words}${inner === undefined ? "" : ` (${inner})`}`;
}

function failed(kind: FailureClass, reason: string): Failed {
  return { type: "failed", class: kind, afterMs: null, reason };
}

/** Feishu docs: frequency control, header `x-ogw-ratelimit-reset` in seconds. A gateway before it may say it in another way. */
function resetMs(headers: Headers): number | null {
  const seconds = headers.get("x-ogw-ratelimit-reset");
  const own = seconds !== null && /^\d{1,6}$/.test(seconds) ? Number(seconds) * 1000 : null;
  return own ?? retryAfterMs(headers);
}
