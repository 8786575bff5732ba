import { z } from "zod";

/** An origin as browsers send it. A slash at the end is forgiven; a path is refused, because no origin has one. */
const origin = z
  .url({ protocol: /^https?$/ })
  .overwrite((url) => url.replace(/\/$/, ""))
  .refine((url) => isOrigin(url), {
    error:
      'expected an origin in small letters such as "https://shop.example.com", without path and standard port',
  });

/** True also of what is no URL at all: that has been complained of already. */
function isOrigin(url: string): boolean {
  try {
    return new URL(url).origin === url;
  } catch {
    return true;
  }
}

/** One web chat: which pages may use it, and the key that signs its visitors' sessions. */
export const webConfig = z.strictObject({
  /** Origins whose pages may talk to this account, such as "https://shop.example.com". */
  allowed_origins: z.array(origin).default([]),
  /** At least 32 characters, known to the hub alone. */
  secret: z.string().min(32),
  /** How long a visitor stays the same visitor after the last renewal of the session, days. */
  session_days: z.int().min(1).max(365).default(30),
  enabled: z.boolean().default(true),
});

export type WebConfig = z.infer<typeof webConfig>;
