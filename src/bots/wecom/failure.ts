import type { Delivery, FailureClass } from "../../ports/channel.ts";

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
  "60020": ["config", "this address is not on the app's list of trusted IPs"],
  "60031": ["config", "the app may not call the API"],
  "301002": ["config", "the app may not act for this agent id"],
};

/** Minute limits shut out for a minute, limits on parallel calls for a moment. WeCom docs: 90454. */
const AFTER_MS: Readonly<Record<string, number>> = { "45009": 60_000, "45033": 1000 };

/** What a refusal means. The vendor's words are left out: they may repeat ours. */
export function failureOf(errcode: string): Failed {
  const [failureClass, words] = CODES[errcode] ?? ["content", "refused"];
  return failed(failureClass, `wecom ${errcode}: ${words}`, AFTER_MS[errcode] ?? null);
}

export function failed(
  failureClass: FailureClass,
  reason: string,
  afterMs: number | null = null,
): Failed {
  return { type: "failed", class: failureClass, afterMs, reason };
}
