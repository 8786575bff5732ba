import type { ReplyHandle } from "../../core/message.ts";
import type { DingtalkConfig } from "./config.ts";
import { type Fields, textOf, timeOf } from "./fields.ts";

/** Nobody should be told to hurry: a handle is not used in its last seconds. */
const SPARE_MS = 10_000;

/**
 * The sessionWebhook of a robot message; null when there is none that we would call.
 *
 * The signature of a robot message does not cover its body, so this address is only a claim. It is believed when its
 * origin is the one that we are configured for: anything else would let a forger choose where our answers go.
 */
export function readHandle(config: DingtalkConfig, body: Fields): ReplyHandle | null {
  const value = textOf(body.sessionWebhook);
  const expiresAt = timeOf(body.sessionWebhookExpiredTime);
  if (value === null || expiresAt === null || !isVendorUrl(config, value)) return null;
  return { value, expiresAt };
}

/** Can this handle still answer? Looks at the address again, because the handle was stored meanwhile. */
export function isUsable(config: DingtalkConfig, handle: ReplyHandle, now: number): boolean {
  return handle.expiresAt - SPARE_MS > now && isVendorUrl(config, handle.value);
}

function isVendorUrl(config: DingtalkConfig, text: string): boolean {
  try {
    const { origin, username, password } = new URL(text);
    return origin === new URL(config.oapi_base).origin && username === "" && password === "";
  } catch {
    return false; // not a URL at all
  }
}
