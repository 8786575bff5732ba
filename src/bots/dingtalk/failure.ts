import type { Delivery, FailureClass } from "../../ports/channel.ts";
import { retryAfterMs } from "../../wire/retry-after.ts";
import { type Fields, textOf } from "./fields.ts";

export type Failed = Extract<Delivery, { readonly type: "failed" }>;

/**
 * What the codes of the v1.0 API mean for a delivery; the first match counts.
 *
 * DingTalk docs: server-api-error-codes-1, call-frequency-limit, create-and-deliver-cards,
 * the-robot-sends-a-group-message, chatbots-send-one-on-one-chat-messages-in-batches.
 */
const CLASSES: readonly (readonly [RegExp, FailureClass])[] = [
  [/^InvalidAuthentication$/, "token"],
  [/^Forbidden\.AccessDenied\.Qp[sm]Limit/, "rate"],
  [/too\.?fast$|^too\.many\.|^toomuch\./i, "rate"],
  [/^system\.?busy$|^ServiceUnavailable$|^InternalError$/i, "transient"],
  [/^param\.cardNotExist$/, "window-closed"],
  [/^invalidClient|^Forbidden\.|^invalidParameter\.robotCode|^robotCode\./, "config"],
  [/^param\.(template|cardTemplateId|callbackRouteKey)|^bot\.(stopped|forbidden)/, "config"],
  [/^ding\.serverquota\./, "config"],
];

/** What refuses the very words. */
const SENSITIVE = /^contain\.|^param\.contentUnsafe$/;

/** The same for the number codes of the old API, which a sessionWebhook answers with. */
const OLD_CLASSES: Readonly<Record<string, FailureClass>> = {
  "-1": "transient",
  "15": "transient",
  "88": "transient",
  "40014": "token",
  "42001": "token",
  "90001": "rate",
  "90002": "rate",
  "90003": "rate",
  "90004": "rate",
  "90005": "rate",
  "90006": "rate",
  "90018": "rate",
  "130101": "rate",
  "410100": "rate",
  "40001": "config",
  "310000": "config",
  "400101": "config",
  "400102": "config",
  "400106": "config",
};
/** A robot that sent too much is mute for so long. DingTalk docs: custom-robots-send-group-messages. */
const OLD_AFTER_MS: Readonly<Record<string, number>> = { "410100": 600_000, "130101": 600_000 };
const OLD_SENSITIVE = /^43010[1-4]$/;

/** A source address is shut out for 5 minutes. DingTalk docs: call-frequency-limit. */
const BLOCKED_MS = 300_000;

/** What a refusal of the v1.0 API means. The vendor's words are left out: they may repeat ours. */
export function failureOf(status: number, body: Fields, headers?: Headers): Failed {
  if (body.status === 1111 || body.punish === "deny") {
    return failed("rate", "the source address is blocked", BLOCKED_MS);
  }
  const code = codeOf(body);
  const known = CLASSES.find(([pattern]) => pattern.test(code))?.[1];
  const kind = known ?? byStatus(status, body.code !== undefined);
  const afterMs = kind === "content" || headers === undefined ? null : retryAfterMs(headers);
  const refused = failed(kind, `HTTP ${status} ${code}`.trim(), afterMs);
  return SENSITIVE.test(code) ? { ...refused, sensitive: true } : refused;
}

/**
 * What a refusal of the old API means. Behind errcode 88 stands the code of its gateway: `isp.*` is trouble on DingTalk's
 * side, numbers mean what they mean alone.
 */
export function oldFailureOf(errcode: string, subCode: string | null = null): Failed {
  if (errcode === "88" && subCode !== null && /^\d{1,9}$/.test(subCode))
    return oldFailureOf(subCode);
  const reason = `errcode ${errcode}`;
  const refused = failed(OLD_CLASSES[errcode] ?? "content", reason, OLD_AFTER_MS[errcode] ?? null);
  return OLD_SENSITIVE.test(errcode) ? { ...refused, sensitive: true } : refused;
}

export function failed(
  failureClass: FailureClass,
  reason: string,
  afterMs: number | null = null,
): Failed {
  return { type: "failed", class: failureClass, afterMs, reason };
}

/** The vendor's code, when it looks like one; it goes into logs. */
export function codeOf(body: Fields): string {
  const code = textOf(body.code) ?? "";
  return /^[\w.-]{1,80}$/.test(code) ? code : "";
}

function byStatus(status: number, hasCode: boolean): FailureClass {
  if (status === 401) return "token";
  if (status === 403) return "config";
  if (status === 408 || status >= 500) return "transient";
  if (status === 429) return "rate";
  return hasCode ? "content" : "config"; // what names no code is no answer of DingTalk's
}
