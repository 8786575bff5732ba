import type { Receipt } from "../../ports/channel.ts";
import { sameText } from "../../wire/bytes.ts";

export type Refused = Extract<Receipt, { readonly type: "refused" }>;

export type Proof = { readonly type: "proven"; readonly at: number } | Refused;

export function refused(reason: Refused["reason"], detail: string): Refused {
  return { type: "refused", reason, detail };
}

/**
 * Prove a push whose signature covers its timestamp (ms) and nothing else.
 *
 * Such a pair authenticates any body while it is fresh, so all it proves is that the sender saw a genuine push within
 * the window. DingTalk docs: receive-message, event-callback-card.
 */
export async function proveTimestamp(claim: {
  readonly timestamp: string | undefined;
  readonly sign: string | undefined;
  readonly signOf: (timestamp: string) => Promise<string>;
  readonly now: number;
  readonly staleMs: number;
}): Promise<Proof> {
  const { timestamp, sign } = claim;
  if (!timestamp || !sign) return refused("signature", "the timestamp or its signature is missing");
  if (!sameText(sign, await claim.signOf(timestamp))) {
    return refused("signature", "the signature is not that of this timestamp");
  }
  return checkTime(timestamp, claim.now, claim.staleMs);
}

/** Compare a proven timestamp with our clock. DingTalk writes ms; seconds are understood too. */
export function checkTime(timestamp: string, now: number, staleMs: number): Proof {
  if (!/^\d{10}(\d{3})?$/.test(timestamp)) {
    return refused("malformed", "expected a timestamp of 13 digits");
  }
  const at = Number(timestamp) * (timestamp.length === 10 ? 1000 : 1);
  const skew = Math.abs(now - at);
  if (skew <= staleMs) return { type: "proven", at };
  return refused("stale", `the timestamp is ${Math.round(skew / 1000)} s from our clock`);
}
