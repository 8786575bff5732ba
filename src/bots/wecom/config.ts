import { z } from "zod";

const baseUrl = z.url({ protocol: /^https?$/, error: "expected an http or https URL" });

/** One self-built app of a WeCom corp, as `bots.wecom.<account>` configures it. */
export const wecomConfig = z.strictObject({
  enabled: z.boolean().default(true),
  kind: z.literal("app").optional().default("app"),
  corp_id: z.string().min(1),
  /** The app's AgentId: a number, or its digits as an environment variable holds them. */
  agent_id: z.union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ]),
  /** The app's Secret. */
  secret: z.string().min(1),
  /** Of "receive messages" in the app's settings. */
  token: z.string().min(1),
  /** Of "receive messages" in the app's settings, 43 letters and digits. */
  encoding_aes_key: z.string().regex(/^[A-Za-z0-9]{43}$/, "expected 43 letters and digits"),
  api_base: baseUrl
    .transform((url) => url.replace(/\/+$/, ""))
    .default("https://qyapi.weixin.qq.com"),
  /** Where a tap on a card without links and buttons leads: WeCom demands some address. */
  card_url: baseUrl.default("https://work.weixin.qq.com"),
  /** How far a push's timestamp may be from our clock. WeCom names no window. */
  stale_after_s: z.int().positive().default(3600),
});

export type WecomConfig = z.infer<typeof wecomConfig>;
