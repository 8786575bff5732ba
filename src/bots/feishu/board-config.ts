import { z } from "zod";

/** The custom bot of one Feishu (or Lark) group, which only posts: `bots.feishu.<account>` with `kind: board`. */
export const feishuBoardConfig = z.strictObject({
  enabled: z.boolean().default(true),
  kind: z.literal("board"),
  /** The last part of the bot's webhook address. Whoever has it can post into the group. */
  token: z.string().regex(/^[\w-]+$/, "expected the last part of the webhook address alone"),
  /** Of "signature verification" in the bot's settings, if it is on. */
  secret: z.string().min(1).optional(),
  /** Lark: https://open.larksuite.com */
  api_base: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, ""))
    .default("https://open.feishu.cn"),
});

export type FeishuBoardConfig = z.infer<typeof feishuBoardConfig>;
