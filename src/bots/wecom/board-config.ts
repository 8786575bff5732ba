import { z } from "zod";

const webUrl = z.url({ protocol: /^https?$/, error: "expected an http or https URL" });

/** The message push of one WeCom group (once called group robot): `bots.wecom.<account>` with `kind: board`. */
export const wecomBoardConfig = z.strictObject({
  enabled: z.boolean().default(true),
  kind: z.literal("board"),
  /** What the webhook address has behind `key=`. Whoever has it can post into the group. */
  key: z.string().regex(/^[\w-]+$/, "expected what stands behind key= in the webhook address"),
  api_base: webUrl
    .transform((url) => url.replace(/\/+$/, ""))
    .default("https://qyapi.weixin.qq.com"),
  /** Where a tap on a card without links leads: WeCom demands some address. */
  card_url: webUrl.default("https://work.weixin.qq.com"),
});

export type WecomBoardConfig = z.infer<typeof wecomBoardConfig>;
