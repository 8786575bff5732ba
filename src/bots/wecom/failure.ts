import type { Delivery, FailureClass } from "../../ports/channel.ts";
import { retryAfterMs } from "../../wire/retry-after.ts";

export type Failed = Extract<Delivery, { readonly type: "failed" }>;

/** The `errcode`s that matter to a delivery; any other one speaks of the message. WeCom docs: 90313, 90454. */
const CODES: Readonly<Record<string, readonly [FailureClass, string]>> = {
  "-1": ["transient", "busy"],
  "6000": ["transient", "several writers at once"],
  "45035": ["transient", "several writers at once"],
  "40014": ["token", "the access token is invalid"],
  "41001": ["token", "no access token"],
  "42001": ["token", "the access token has expired"],
  "45009": ["rate", "too many calls"],
  "45033": ["rate", "too many calls at once"],
  "42015": ["window-closed", "the card was sent by another app"],
  "42016": ["window-closed", "there is no such card"],
  "40003": ["content", "the userid is not valid"],
  "60111": ["content", "there is no such member"],
  "81013": ["content", "no receiver is valid"],
  "44004": ["content", "the text is empty"],
  "45002": ["content", "the text is too long"],
  "86001": ["content", "there is no such chat"],
  "40001": ["config", "the secret is wrong"],
  "40013": ["config", "the corp id is wrong"],
  "40056": ["config", "the agent id is wrong"],
  "40091": ["config", "the secret is wrong"],
  "41002": ["config", "no corp id"],
  "41004": ["config", "no secret"],
  "41011": ["config", "no agent id"],
  "45031": ["config", "the secret must be reset"],
  "48001": ["config", "the app may not use this API"],
  "48002": ["config", "the app may not use this API"],
  "48004": ["config", "the app is not authorised"],
  "48006": ["config", "the app was switched off for lack of use"],
  "50003": ["config", "the app is switched off"],
  "60011": ["config", "the member is outside what the app may reach"],
  "60020": ["config", "this address is not on the app's list of trusted IPs"],
  "60031": ["config", "the app may not call the API"],
  "301002": ["config", "the app may not act for this agent id"],
};

/** There is nobody by the receiver's userid, or not within the app's range. WeCom docs: 90313. */
const NOBODY: ReadonlySet<string> = new Set(["40003", "60111", "81013"]);

/** Minute limits shut out for a minute, limits on parallel calls for a moment. WeCom docs: 90454. */
const AFTER_MS: Readonly<Record<string, number>> = { "45009": 60_000, "45033": 1000 };

/** What an answer means that has no errcode and so is not WeCom's: a gateway's, a proxy's. */
export function gatewayFailure(status: number, headers: Headers): Failed {
  const reason = `HTTP ${status}`;
  if (status === 429) return failed("rate", reason, retryAfterMs(headers));
  const passes = status >= 500 || status === 408;
  return passes ? failed("transient", reason, retryAfterMs(headers)) : failed("config", reason);
}

/** What a refusal means. The vendor's words are left out: they may repeat ours. */
export function failureOf(errcode: string): Failed {
  const [failureClass, words] = own(CODES, errcode) ?? ["content", "refused"];
  const afterMs = own(AFTER_MS, errcode) ?? null;
  const refused = failed(failureClass, `wecom ${errcode}: ${words}`, afterMs);
  return NOBODY.has(errcode) ? { ...refused, nobody: true } : refused;
}

/** What a table says of a key that somebody else wrote: it may be the name of what every object has. */
export function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

export function failed(
  failureClass: FailureClass,
  reason: string,
  afterMs: number | null = null,
): Failed {
  return { type: "failed", class: failureClass, afterMs, reason };
}
