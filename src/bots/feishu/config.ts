import { z } from "zod";

const account = z.strictObject({
  enabled: z.boolean().default(true),
  kind: z.literal("app").optional().default("app"),
  app_id: z.string().min(1),
  app_secret: z.string().min(1),
  /** Events & callbacks > Encryption strategy. Once set here, every push must be encrypted and signed. */
  encrypt_key: z.string().min(1).optional(),
  /** Needed for webhooks, where it proves who sent a push. */
  verification_token: z.string().min(1).optional(),
  /**
   * The bot's own open_id, as `GET /open-apis/bot/v3/info` says it.
   *
   * Needed where other bots share the group, or where the app may not read user ids and Feishu leaves out
   * `mentioned_type`: without it a mention of any bot, or of anybody without a user id, counts as a mention of us.
   */
  bot_open_id: z.string().min(1).optional(),
  /** Lark: https://open.larksuite.com */
  api_base: z.url({ protocol: /^https?$/ }).default("https://open.feishu.cn"),
  /** How pushes come: to our address, or over a connection that the hub opens and keeps. */
  transport: z.enum(["webhook", "websocket"]).default("webhook"),
  /** How old a push may be. Feishu's last retry comes about 7 h 6 min after the first try. */
  stale_after_s: z
    .int()
    .min(60)
    .default(8 * 3600),
});

/** One Feishu (or Lark) app as an operator configures it under `bots.feishu`. */
export const feishuConfig = account.superRefine(({ transport, verification_token }, context) => {
  if (transport === "websocket" || verification_token !== undefined) return;
  const path = ["verification_token"];
  context.addIssue({ code: "invalid_type", expected: "string", input: undefined, path });
});

export type FeishuConfig = z.infer<typeof feishuConfig>;
