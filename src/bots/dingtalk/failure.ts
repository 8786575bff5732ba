import type { Delivery, FailureClass } from "../../ports/channel.ts";
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
  [/^system\.?busy$|^ServiceUnavailable$/i, "transient"],
  [/^param\.cardNotExist$/, "window-closed"],
  [/^invalidClient|^Forbidden\.|^invalidParameter\.robotCode|^robotCode\./, "config"],
  [/^param\.(template|cardTemplateId|callbackRouteKey)|^bot\.(stopped|forbidden)/, "config"],
];

/** The same for the number codes of the old API, which a sessionWebhook answers with. */
const OLD_CLASSES: Readonly<Record<string, FailureClass>> = {
  "-1": "transient",
  "88": "transient",
  "90002": "rate",
  "130101": "rate",
  "410100": "rate",
};

/** A source address is shut out for 5 minutes. DingTalk docs: call-frequency-limit. */
const BLOCKED_MS = 300_000;

/** What a refusal of the v1.0 API means. The vendor's words are left out: they may repeat ours. */
export function failureOf(status: number, body: Fields): Failed {
  if (body.status === 1111 || body.punish === "deny") {
    return failed("rate", "the source address is blocked", BLOCKED_MS);
  }
  const code = codeOf(body);
  const known = CLASSES.find(([pattern]) => pattern.test(code))?.[1];
  return failed(known ?? byStatus(status), `HTTP ${status} ${code}`.trim());
}

/** What a refusal of the old API means. */
export function oldFailureOf(errcode: string): Failed {
  return failed(OLD_CLASSES[errcode] ?? "content", `errcode ${errcode}`);
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

function byStatus(status: number): FailureClass {
  if (status === 401) return "token";
  if (status === 403) return "config";
  if (status === 408 || status >= 500) return "transient";
  return status === 429 ? "rate" : "content";
}
