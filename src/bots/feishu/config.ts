import { z } from "zod";

/** One Feishu (or Lark) app as an operator configures it under `bots.feishu`. */
export const feishuConfig = z.strictObject({
  enabled: z.boolean().default(true),
  app_id: z.string().min(1),
  app_secret: z.string().min(1),
  /** Events & callbacks > Encryption strategy. Once set here, every push must be encrypted and signed. */
  encrypt_key: z.string().min(1).optional(),
  verification_token: z.string().min(1),
  /**
   * The bot's own open_id, as `GET /open-apis/bot/v3/info` says it.
   *
   * Needed where other bots share the group, or where the app may not read user ids and Feishu leaves out
   * `mentioned_type`: without it a mention of any bot, or of anybody without a user id, counts as a mention of us.
   */
  bot_open_id: z.string().min(1).optional(),
  /** Lark: https://open.larksuite.com */
  api_base: z.url({ protocol: /^https?$/ }).default("https://open.feishu.cn"),
  transport: z.literal("webhook").default("webhook"),
  /** How old a push may be. Feishu's last retry comes about 7 h 6 min after the first try. */
  stale_after_s: z
    .int()
    .min(60)
    .default(8 * 3600),
});

export type FeishuConfig = z.infer<typeof feishuConfig>;
