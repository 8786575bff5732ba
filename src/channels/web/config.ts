import { z } from "zod";

/** One web chat: which pages may use it, and the key that signs its visitors' sessions. */
export const webConfig = z.strictObject({
  /** Origins whose pages may talk to this account, such as "https://shop.example.com". */
  allowed_origins: z.array(z.url({ protocol: /^https?$/ })).default([]),
  /** At least 32 characters, known to the hub alone. */
  secret: z.string().min(32),
  /** How long a visitor stays the same visitor, days. */
  session_days: z.int().min(1).max(365).default(30),
  enabled: z.boolean().default(true),
});

export type WebConfig = z.infer<typeof webConfig>;
